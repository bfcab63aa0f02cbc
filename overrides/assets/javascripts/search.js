/* The search dialog. Index, MiniSearch and engine are fetched when it is first opened, by script elements:
   they work on a page opened from a folder too. */
"use strict";

(() => {
  const here = document.currentScript.src;
  const ROOT = new URL("../../", here);
  const PARTS = ["minisearch.js", "search-engine.js", "../../search/index.js"];
  const SHOWN_PAGES = 30;
  const SHOWN_SECTIONS = 3; // of a page
  const TEASER = 170; // characters
  const BEFORE = 50; // of them ahead of the first word found
  const HINTS = 8; // words handed to the page that is opened

  const dialog = document.getElementById("course-search");
  const button = document.querySelector("[data-course-search]");
  if (!dialog || !button) return;
  const input = dialog.querySelector("input");
  const status = dialog.querySelector("[role=status]");
  const list = dialog.querySelector(".course-search__results");

  /* -- the engine ------------------------------------------------------------------------------------- */

  const load = (name) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(name, here);
      script.addEventListener("load", resolve);
      script.addEventListener("error", () => reject(new Error(name)));
      document.head.append(script);
    });

  let engine = null; // once it is ready
  let isPreparing = false;

  const prepare = async () => {
    if (engine || isPreparing) return;
    isPreparing = true;
    try {
      for (const part of PARTS) await load(part);
      engine = await courseSearch.engine();
      answer();
    } catch {
      status.textContent = "La recherche n’a pas pu être chargée ; rechargez la page pour réessayer.";
    }
    isPreparing = false;
  };

  /* -- results ---------------------------------------------------------------------------------------- */

  const element = (name, className, ...children) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  };

  /** Return the pieces of text[from, to[, the words found in `mark` elements. */
  const marked = (text, terms, from = 0, to = text.length) => {
    const pieces = [];
    let at = from;
    for (const [start, end] of courseSearch.french.places(text.slice(from, to), terms)) {
      pieces.push(text.slice(at, from + start), element("mark", "", text.slice(from + start, from + end)));
      at = from + end;
    }
    pieces.push(text.slice(at, to));
    return pieces;
  };

  /** Return the passage of a text with the most of the words found, cut at words. */
  const teaser = (text, terms) => {
    const found = courseSearch.french.places(text, terms);
    if (!found.length) return [];
    const within = found.map(([start], first) => found.slice(first).findIndex(([, end]) => end > start + TEASER - BEFORE));
    const many = within.map((number, first) => (number < 0 ? found.length - first : number));
    const [best] = found[many.indexOf(Math.max(...many))];
    const earliest = Math.max(0, best - BEFORE);
    const from = earliest ? text.indexOf(" ", earliest) + 1 || earliest : 0;
    const latest = Math.min(text.length, from + TEASER);
    const to = latest < text.length ? Math.max(text.lastIndexOf(" ", latest), best + 1) : latest;
    const start = Math.min(from, best);
    return [start ? "… " : "", ...marked(text, terms, start, to), to < text.length ? " …" : ""];
  };

  const link = (found, className) => {
    const address = new URL(found.url, ROOT);
    if (address.protocol === "file:" && address.pathname.endsWith("/")) address.pathname += "index.html";
    const hints = [...found.terms].slice(0, HINTS);
    if (hints.length) address.searchParams.set("h", hints.join(" "));
    const made = element("a", className, element("span", "course-search__title", ...marked(found.title, found.terms)));
    made.href = address.href;
    const extract = teaser(found.text, found.terms);
    if (extract.length) made.append(element("span", "course-search__teaser", ...extract));
    return made;
  };

  const row = (page) => {
    const made = element("li", "", link(page, "course-search__page"));
    const sections = page.sections.slice(0, SHOWN_SECTIONS);
    if (sections.length) {
      const rows = sections.map((section) => element("li", "", link(section, "course-search__section")));
      made.append(element("ul", "", ...rows));
    }
    return made;
  };

  const pages = (number) => `${number} page${number > 1 ? "s" : ""}`;

  const told = ({ count, isPartial, isNear }, query) => {
    if (!count) return `Rien sur « ${query} ». Vérifiez l’orthographe, ou essayez un mot plus général.`;
    const found = `${pages(count)} trouvée${count > 1 ? "s" : ""}`;
    const more = count > SHOWN_PAGES ? ` ; voici les ${SHOWN_PAGES} premières` : "";
    if (isPartial) return `Aucune page n’a tous ces mots ; ${pages(count)} en ${count > 1 ? "ont" : "a"} une partie.`;
    return isNear ? `${found} avec des mots proches${more}.` : `${found}${more}.`;
  };

  const answer = () => {
    const query = input.value.trim();
    if (!query) {
      list.replaceChildren();
      status.textContent = "Tapez un ou plusieurs mots.";
    } else if (!engine) {
      status.textContent = "Chargement de l’index…";
    } else {
      const result = engine.search(input.value, SHOWN_PAGES);
      list.replaceChildren(...result.pages.map(row));
      status.textContent = told(result, query);
      list.parentElement.scrollTop = 0;
    }
  };

  /* -- the dialog ------------------------------------------------------------------------------------- */

  const open = () => {
    if (dialog.open) return;
    dialog.showModal();
    input.select();
    prepare();
    answer();
  };

  let waiting = 0; // number of the timer, while letters follow each other
  const answerNow = () => {
    if (!waiting) return;
    clearTimeout(waiting);
    waiting = 0;
    answer();
  };
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(answerNow, 80);
  });

  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    answerNow();
    list.querySelector("a")?.click();
  });

  /** Return where a key leads from the field or a link, or undefined. */
  const destination = (key) => {
    const stops = [input, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    if (key === "ArrowDown") return stops[at + 1];
    if (key === "ArrowUp") return stops[at - 1];
    if (at > 0 && key === "Home") return stops[1];
    if (at > 0 && key === "End") return stops.at(-1);
    return undefined;
  };

  dialog.addEventListener("keydown", (event) => {
    if (!dialog.open) return; // closed just now: the focus stays in the field until the page is drawn
    event.stopPropagation(); // letters are the theme's shortcuts elsewhere
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowDown") answerNow(); // results must not change under the focus
    const next = destination(event.key);
    if (next) {
      event.preventDefault();
      next.focus();
      next.scrollIntoView({ block: "nearest" });
    } else if (event.key.length === 1 && event.key !== " " && document.activeElement.matches("a")) {
      input.focus(); // typing goes on
    }
  });

  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-course-search-close]")) dialog.close();
    else if (event.target.closest("a") && !event.ctrlKey && !event.metaKey && !event.shiftKey) dialog.close();
  });

  button.addEventListener("click", open);
  addEventListener("keydown", (event) => {
    const field = event.target.closest?.("input, textarea, select, [contenteditable]:not([contenteditable=false])");
    const isField = field && field !== input;
    const isSlash = event.key === "/" && !isField && !event.ctrlKey && !event.metaKey && !event.altKey;
    const isCommand = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!isSlash && !(isCommand && !isField)) return;
    event.preventDefault();
    open();
  });
})();
