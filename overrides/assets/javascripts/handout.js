/* A page printed as a handout, with the addresses of its links if the reader wants them. Without this script
   the browser's own menu prints it, without addresses. */
"use strict";

(() => {
  const CHOICE = "addresses"; // key of localStorage, there once a reader asked for them
  const WANTED = "with-addresses"; // class of <html>, for the style sheet

  /* Browsers refuse storage as they like: the choice then lasts as long as the page. */
  const isRemembered = () => {
    try {
      return localStorage.getItem(CHOICE) === "printed";
    } catch {
      return false;
    }
  };
  const remember = (wanted) => {
    try {
      if (wanted) localStorage.setItem(CHOICE, "printed");
      else localStorage.removeItem(CHOICE);
    } catch {
      /* see above */
    }
  };

  /** Return where the page is published, or else read; null for a file. */
  const home = () => {
    const address = document.querySelector("link[rel=canonical]")?.href ?? location.href;
    return /^https?:/.test(address) ? address.replace(/#.*/, "") : null;
  };

  /** Return the address of a link as paper wants it; null for what it says itself, and for places of the page. */
  const addressOf = (link) => {
    let address;
    try {
      address = new URL(link.getAttribute("href"), home() ?? "file:///");
    } catch {
      return null;
    }
    if (!/^https?:$/.test(address.protocol) || address.href.replace(/#.*/, "") === home()) return null;
    const shown = link.textContent.trim();
    return !shown || address.href.includes(shown) && shown.includes(address.host) ? null : decoded(address.href);
  };

  const decoded = (address) => {
    try {
      return decodeURI(address);
    } catch {
      return address;
    }
  };

  const start = () => {
    const article = document.querySelector("article.md-content__inner");
    const button = article?.querySelector("[data-handout]");
    if (!button) return;
    const dialog = article.querySelector("dialog.handout");
    const wanted = dialog.querySelector("[name=addresses]");
    for (const link of article.querySelectorAll("a[href]:not(.headerlink)")) {
      const address = addressOf(link);
      if (address) link.dataset.address = address;
    }
    const place = article.querySelector(".colophon__address");
    if (place && !place.textContent.trim()) place.textContent = home() ?? "";

    const choose = () => document.documentElement.classList.toggle(WANTED, wanted.checked);
    wanted.checked = isRemembered();
    choose();
    wanted.addEventListener("change", () => {
      choose();
      remember(wanted.checked);
    });
    button.addEventListener("click", () => {
      dialog.returnValue = ""; // that of the last time
      dialog.showModal();
    });
    dialog.addEventListener("close", () => {
      if (dialog.returnValue === "print") window.print();
    });
  };

  /* The theme tells of each page it shows, with navigation.instant too. */
  if (window.document$) document$.subscribe(start);
  else start();
})();
