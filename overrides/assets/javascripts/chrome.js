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

  /** Give what scrolls sideways a place in the tab order and a name, as long as it scrolls. */
  const nameScrollers = (article) => {
    const names = new Map([
      ["pre > code", "Code"],
      [".md-typeset__table", "Tableau"],
      ["math[display=block]", "Formule"],
      ["figure.diagram", "Diagramme"],
      ["p, ul, ol, dd", "Texte"],
    ]);
    const label = (element) => {
      const name = [...names].find(([selector]) => element.matches(selector))?.[1];
      const scrolls = element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX === "auto";
      if (scrolls) {
        element.tabIndex = 0;
        if (!element.matches("math, ul, ol")) element.setAttribute("role", "group");
        element.setAttribute("aria-label", `${name} à faire défiler`);
      } else if (element.matches("[aria-label$='à faire défiler']")) {
        for (const attribute of ["tabindex", "role", "aria-label"]) element.removeAttribute(attribute);
      }
    };
    const observer = new ResizeObserver((entries) => entries.forEach(({ target }) => label(target)));
    const scrollers = [...names.keys()].slice(0, -1).join() + ", :is(p, ul, ol, dd):has(> math, > li > math)";
    for (const element of article.querySelectorAll(scrollers)) observer.observe(element);
  };

  /** The theme makes each block's buttons a place of the page to go to: too many, and all of one name. */
  const calmButtons = (article) => {
    const calm = () => {
      for (const nav of article.querySelectorAll("nav.md-code__nav:not([role])")) nav.setAttribute("role", "none");
    };
    new MutationObserver(calm).observe(article, { childList: true, subtree: true });
    calm();
  };

  const start = () => {
    const article = document.querySelector("article.md-content__inner");
    if (!article) return;
    nameScrollers(article);
    calmButtons(article);
  };

  const box = document.getElementById("__drawer");
  const button = document.querySelector(".md-header button.menu");
  const drawer = document.getElementById("__navigation");
  if (box && button && drawer) arrangeDrawer(box, button, drawer);

  /* The theme tells of each page it shows, with navigation.instant too. */
  if (window.document$) document$.subscribe(start);
  else start();
})();
