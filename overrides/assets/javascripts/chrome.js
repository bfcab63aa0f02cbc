/* What stands around a page, for readers without a mouse. Without this script a label opens the drawer. */
"use strict";

(() => {
  const FOCUSABLE = "a[href], button, summary";

  /** The drawer is the theme's: a hidden box, ticked while it is open. The button ticks it. */
  const arrangeDrawer = (box, button, drawer) => {
    const isOpen = () => box.checked;
    const show = (open) => {
      box.checked = open;
      box.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const isShown = (element) => element.checkVisibility({ visibilityProperty: true });

    button.addEventListener("click", () => show(!isOpen()));
    box.addEventListener("change", () => {
      button.setAttribute("aria-expanded", String(isOpen()));
      if (isOpen()) {
        const entries = [...drawer.querySelectorAll(FOCUSABLE)];
        const here = entries.find((entry) => entry.matches('[aria-current="page"]'));
        (here ?? entries.find(isShown))?.focus();
      } else if (drawer.contains(document.activeElement)) {
        button.focus();
      }
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && isOpen() && isShown(button)) {
        show(false);
        button.focus();
      }
    });
    /* Whoever tabs out of the drawer has done with it. */
    drawer.addEventListener("focusout", (event) => {
      if (isOpen() && event.relatedTarget && !drawer.contains(event.relatedTarget)) show(false);
    });
  };

  /* What may scroll sideways, and what it is called then. */
  const SCROLLERS = new Map([
    ["pre > code", "Code"],
    [".md-typeset__scrollwrap", "Tableau"],
    ["math[display=block]", "Formule"],
    ["figure.diagram", "Diagramme"],
    [":is(p, ul, ol, dd):has(> math, > li > math)", "Texte"],
  ]);

  /** Give what scrolls a place in the tab order and a name, as long as it scrolls. */
  const nameScroller = (element) => {
    const scrolls = element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX === "auto";
    if (scrolls) {
      const [, name] = [...SCROLLERS].find(([selector]) => element.matches(selector));
      element.tabIndex = 0;
      element.setAttribute("aria-label", `${name} à faire défiler`);
      if (!element.matches("math, ul, ol")) element.setAttribute("role", "group");
    } else if (element.matches("[aria-label$='à faire défiler']")) {
      for (const attribute of ["tabindex", "role", "aria-label"]) element.removeAttribute(attribute);
    }
  };

  /** Look after a page, and after what the theme's script adds to it: tables' frames, blocks' buttons. */
  const tend = (article) => {
    const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => nameScroller(target)));
    const look = () => {
      for (const element of article.querySelectorAll([...SCROLLERS.keys()].join())) sizes.observe(element);
      /* A landmark for each block of code would be too many, and all of one name. */
      for (const nav of article.querySelectorAll("nav.md-code__nav:not([role])")) nav.setAttribute("role", "none");
    };
    new MutationObserver(look).observe(article, { childList: true, subtree: true });
    look();
  };

  /** Whoever went back to the top goes on from there: the button is gone by then. */
  const arrangeTop = (button) => {
    button.addEventListener("click", () => {
      document.getElementById("__content")?.focus({ preventScroll: true });
    });
  };

  const start = () => {
    const article = document.querySelector("article.md-content__inner");
    if (article) tend(article);
  };

  const box = document.getElementById("__drawer");
  const button = document.querySelector(".md-header button.menu");
  const drawer = document.getElementById("__navigation");
  if (box && button && drawer) arrangeDrawer(box, button, drawer);
  const top = document.querySelector("button.md-top");
  if (top) arrangeTop(top);

  /* The theme tells of each page it shows, with navigation.instant too. */
  if (window.document$) document$.subscribe(start);
  else start();
})();
