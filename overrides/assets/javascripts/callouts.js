/* Folded boxes: one opens when what the reader looks for is inside, a button opens a page's corrections.
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

  /** Put a button below the title. Its label tells what it does, a status what it did. */
  const addButton = (article, corrections) => {
    const bar = document.createElement("div");
    const button = Object.assign(document.createElement("button"), { type: "button" });
    const status = document.createElement("span");
    bar.className = "corrections";
    button.className = "corrections__button";
    status.className = "corrections__status";
    status.setAttribute("role", "status");
    bar.append(button, status);

    const areShown = () => corrections.every((box) => box.open);
    const label = () => {
      button.textContent = areShown() ? "Masquer les corrections" : "Afficher les corrections";
    };
    const show = (shown) => {
      for (const box of corrections) box.open = shown;
      label();
    };
    button.addEventListener("click", () => {
      const shown = !areShown();
      show(shown);
      remember(shown);
      status.textContent = shown ? "Corrections affichées." : "Corrections masquées.";
    });
    for (const box of corrections) box.addEventListener("toggle", label);
    if (isRemembered()) show(true);
    else label();

    const title = article.querySelector(":scope > h1");
    if (title) title.after(bar);
    else article.prepend(bar);
  };

  const start = () => {
    const article = document.querySelector("article.md-content__inner");
    if (!article) return;
    const corrections = [...article.querySelectorAll("details.correction")];
    if (corrections.length) addButton(article, corrections);
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
