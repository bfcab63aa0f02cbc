/* Folded boxes: one opens when what the reader looks for is inside, a switch opens a page's corrections.
   Without this script each box still opens by itself. */
"use strict";

(() => {
  const CHOICE = "corrections"; // key of localStorage, there once a reader asked to see them

  /** Return the element a URL's fragment names, or null. */
  const target = () => {
    try {
      return document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch {
      return null; // a stray % in the fragment
    }
  };

  /** Open all boxes around an element, outermost included: neither theme nor every browser does. */
  const reveal = (element) => {
    const closed = [];
    for (let box = element?.closest("details"); box; box = box.parentElement.closest("details")) {
      if (!box.open) closed.push(box);
    }
    for (const box of closed) box.open = true;
    if (closed.length) element.scrollIntoView();
  };

  /* Browsers refuse storage as they like: the choice then lasts as long as the page. */
  const isRemembered = () => {
    try {
      return localStorage.getItem(CHOICE) === "shown";
    } catch {
      return false;
    }
  };
  const remember = (shown) => {
    try {
      if (shown) localStorage.setItem(CHOICE, "shown");
      else localStorage.removeItem(CHOICE);
    } catch {
      /* see above */
    }
  };

  let isPrinting = false; // the theme then opens every box
  addEventListener("beforeprint", () => { isPrinting = true; });
  addEventListener("afterprint", () => setTimeout(() => { isPrinting = false; }));

  /** Have the switch below the title work. The style sheet for print leaves out corrections while it is off. */
  const arrangeSwitch = (button, corrections) => {
    const tell = (shown) => {
      button.setAttribute("aria-checked", String(shown));
      document.documentElement.classList.toggle("without-corrections", !shown);
    };
    const areShown = () => button.getAttribute("aria-checked") === "true";
    const show = (shown) => {
      for (const box of corrections) box.open = shown;
      tell(shown);
    };
    button.addEventListener("click", () => {
      show(!areShown());
      remember(areShown());
    });
    /* A reader opens them one by one too. */
    for (const box of corrections) {
      box.addEventListener("toggle", () => {
        if (!isPrinting && !matchMedia("print").matches) tell(corrections.every((one) => one.open));
      });
    }
    if (isRemembered()) show(true);
    else tell(false);
  };

  const start = () => {
    const article = document.querySelector("article.md-content__inner");
    if (!article) return;
    const corrections = [...article.querySelectorAll("details.correction")];
    document.documentElement.classList.remove("without-corrections");
    const button = article.querySelector("button.corrections");
    if (button) arrangeSwitch(button, corrections);
    reveal(target());
  };

  addEventListener("hashchange", () => reveal(target()));
  /* A second click on the same link changes no fragment. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href*='#']");
    if (link?.hash && link.hash === location.hash && link.pathname === location.pathname) reveal(target());
  });

  /* The theme tells of each page it shows, with navigation.instant too. */
  if (window.document$) document$.subscribe(start);
  else start();
})();
