/* What a search found, on the page that it leads to: its words are in the address, its section in the fragment. */
"use strict";

(() => {
  const { places, terms, words } = courseSearch.french;
  const HEADINGS = "h1[id], h2[id], h3[id], h4[id], h5[id], h6[id]";
  const NAME = "course-search"; // of the highlight, see search.css
  const NOT_TEXT = "script, style, svg, annotation, .headerlink, button";

  const sought = () => {
    const query = new URLSearchParams(location.search).get("h") ?? "";
    return new Set(words(query.slice(0, 1000)).flatMap(terms));
  };

  const target = () => {
    try {
      return document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch {
      return null; // a stray % in the fragment
    }
  };

  /** Open the boxes of the section where the words are. */
  const openBoxes = (article, found) => {
    const sectionOf = (heading) => (heading?.matches("h1") ? "" : (heading?.id ?? ""));
    const wanted = sectionOf(target());
    let section = "";
    for (const element of article.querySelectorAll(`${HEADINGS}, details`)) {
      if (!element.matches("details")) section = sectionOf(element);
      else if (section === wanted && places(element.textContent, found).length) element.open = true;
    }
  };

  /** Mark the words without a change to the page, in browsers that can. */
  const highlight = (article, found) => {
    if (!globalThis.CSS?.highlights) return;
    const marked = new Highlight();
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest(NOT_TEXT)) continue;
      for (const [start, end] of places(node.data, found)) {
        const range = document.createRange();
        range.setStart(node, start);
        range.setEnd(node, end);
        marked.add(range);
      }
    }
    CSS.highlights.set(NAME, marked);
  };

  const start = () => {
    globalThis.CSS?.highlights?.delete(NAME);
    const article = document.querySelector("article.md-content__inner");
    const found = sought();
    if (!article || !found.size) return;
    openBoxes(article, found);
    highlight(article, found);
  };

  addEventListener("keydown", (event) => {
    if (event.key === "Escape") globalThis.CSS?.highlights?.delete(NAME);
  });

  /* The theme tells of each page it shows, with navigation.instant too. */
  if (window.document$) document$.subscribe(start);
  else start();
})();
