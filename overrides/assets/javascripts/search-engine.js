/* The search itself: reads the index that the build wrote, and answers queries. Loaded with the first use.
   Fills `courseSearch.engine`; wants MiniSearch and `courseSearch.french`. */
"use strict";

(() => {
  const { stem, terms, words, fold, STOP_WORDS } = courseSearch.french;

  const BOOST = { title: 5, tags: 3, page: 1.2, text: 1 };
  const INFLECTED = 0.6; // what the same stem is worth, next to the very word
  const BEGUN = 0.5; // … a word that begins so
  const PHRASE = 1.5; // words that follow each other are worth more
  const RERANKED = 60; // sections whose text is read again for that
  const SLICE = 12; // milliseconds of indexing at once: the page must answer meanwhile
  const FAMILY = 24; // words of one stem, or begun alike when nothing is typed any more

  /** Return the pages of the index: a line of JSON each, in zlib's format, in base64. */
  const unpack = async (packed) => {
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    const lines = await new Response(stream).text();
    return lines.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  };

  /** Return one document a section: MiniSearch's fields, and what results show. */
  const documents = (pages) =>
    pages.flatMap(([url, name, tags, description, sections], page) =>
      sections.map(([identifier, title, text], number) => ({
        page: number ? name : "",
        title: number ? title : name,
        tags: number ? "" : `${tags.join(" ")} ${description}`,
        text,
        of: page,
        url: identifier ? `${url}#${encodeURIComponent(identifier)}` : url,
        isPage: number === 0,
      })),
    );

  /** The words of the index, by stem and in order. */
  class Vocabulary {
    #known = new Set();
    #families = new Map();
    #sorted = null;

    add(term) {
      if (this.#known.has(term)) return;
      this.#known.add(term);
      const family = this.#families.get(stem(term));
      if (family) family.push(term);
      else this.#families.set(stem(term), [term]);
    }

    has(term) {
      return this.#known.has(term);
    }

    family(term) {
      return (this.#families.get(stem(term)) ?? []).filter((other) => other !== term).slice(0, FAMILY);
    }

    /** Tell whether a word begins so. */
    begins(start) {
      this.#sorted ??= [...this.#known].sort();
      let [low, high] = [0, this.#sorted.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (this.#sorted[middle] < start) low = middle + 1;
        else high = middle;
      }
      return this.#sorted[low]?.startsWith(start) ?? false;
    }
  }

  /** Return how many letters of a word may be wrong. */
  const tolerance = (word) => (word.length < 4 || /\d/.test(word) ? 0 : word.length < 6 ? 1 : 2);

  class Engine {
    #documents;
    #pages;
    #vocabulary = new Vocabulary();
    #index;

    /** Index all pages, in slices. */
    async fill(pages) {
      this.#pages = pages;
      this.#documents = documents(pages);
      this.#index = new MiniSearch({
        fields: Object.keys(BOOST),
        tokenize: words,
        processTerm: (word) => {
          const found = terms(word);
          for (const term of found) this.#vocabulary.add(term);
          return found;
        },
        searchOptions: { tokenize: (term) => [term], processTerm: (term) => term, boost: BOOST },
      });
      let begun = performance.now();
      for (const [id, document] of this.#documents.entries()) {
        this.#index.add({ ...document, id });
        if (performance.now() - begun < SLICE) continue;
        await new Promise((resolve) => setTimeout(resolve));
        begun = performance.now();
      }
      return this;
    }

    /** Return the best pages, `most` of them, that answer a query, and how many do:
        `{count, pages: [{url, title, text, terms, sections: [{url, title, text, terms}]}], isPartial, isNear}`.
        Partial answers lack some words, near ones have others that are written alike. */
    search(query, most) {
      const asked = this.#asked(query);
      const expanded = asked.map(({ word, isTyped }) => this.#expand(word, isTyped));
      const hits = new Map(); // number of a section -> {score, covers: bits of words, terms, isOwn}
      expanded.forEach((one, bit) => one.query && this.#gather(one.query, 1 << bit, hits));
      this.#favourPhrases(asked, hits);
      const isNear = expanded.some((one) => one.isNear);
      return { ...this.#answer(hits, asked.length, most), isNear };
    }

    /** Return the words of a query, but those that say nothing where others do. */
    #asked(query) {
      const written = words(query).slice(0, 12);
      const isTyping = !/[\s\p{P}]$/u.test(query.replace(/(\+\+|#)$/, "x"));
      const all = written.map((word, at) => ({ word, isTyped: isTyping && at === written.length - 1 }));
      const telling = all.filter(({ word }) => !STOP_WORDS.has(terms(word)[0]));
      return telling.length ? telling : all;
    }

    /** Return `{query, isNear}`: what to ask MiniSearch for a word; no query where nothing is like it. */
    #expand(word, isTyped) {
      const [whole, ...parts] = terms(word);
      const own = this.#like(whole, isTyped);
      if (parts.length < 2) return own.query || !parts.length ? own : this.#like(parts[0], isTyped);
      const expanded = parts.map((part, at) => this.#like(part, isTyped && at === parts.length - 1));
      if (expanded.some((one) => !one.query)) return own;
      const together = { combineWith: "AND", queries: expanded.map((one) => one.query) };
      if (!own.query || own.isNear) return { query: together, isNear: expanded.some((one) => one.isNear) };
      return { query: { combineWith: "OR", queries: [own.query, together] }, isNear: false };
    }

    #like(term, isTyped) {
      const queries = [];
      if (this.#vocabulary.has(term)) queries.push(term);
      const family = this.#vocabulary.family(term);
      if (family.length) queries.push({ queries: family, boostTerm: () => INFLECTED });
      const isBegun = (isTyped || !queries.length) && (term.length > 1 || !queries.length);
      if (isBegun && this.#vocabulary.begins(term)) {
        // Two letters begin a tenth of all words: they are looked for in titles.
        const fields = term.length < 3 && isTyped ? ["title", "tags"] : Object.keys(BOOST);
        queries.push({ queries: [term], prefix: true, fields, boostTerm: () => BEGUN });
      }
      if (queries.length) return { query: { combineWith: "OR", queries }, isNear: false };
      const near = { queries: [term], fuzzy: tolerance(term), prefix: false };
      const isNear = near.fuzzy > 0 && this.#index.search(near).length > 0;
      return { query: isNear ? near : null, isNear };
    }

    #gather(query, bit, hits) {
      for (const { id, score, match } of this.#index.search(query)) {
        const hit = hits.get(id) ?? { score: 0, covers: 0, terms: new Set(), isOwn: false };
        hit.score += score;
        hit.covers |= bit;
        for (const [term, fields] of Object.entries(match)) {
          hit.terms.add(term);
          hit.isOwn ||= fields.some((field) => field !== "page");
        }
        hits.set(id, hit);
      }
    }

    /** Raise the best sections where the words of the query follow each other. */
    #favourPhrases(asked, hits) {
      if (asked.length < 2) return;
      const stems = asked.map(({ word }) => stem(terms(word)[0]).replace(/[^\p{L}\p{N}]/gu, "\\$&"));
      const phrase = new RegExp(stems.join("[\\p{L}\\p{N}]*[^\\p{L}\\p{N}]+(?:\\p{L}{1,4}[^\\p{L}\\p{N}]+){0,2}"), "u");
      const best = [...hits].sort(([, one], [, other]) => other.score - one.score).slice(0, RERANKED);
      for (const [id, hit] of best) {
        const { title, text } = this.#documents[id];
        if (phrase.test(fold(title)) || phrase.test(fold(text))) hit.score *= PHRASE;
      }
    }

    /** Bring sections together by page: those that have all words, in any of their sections, if there are any. */
    #answer(hits, asked, most) {
      const byPage = new Map();
      for (const [id, hit] of hits) {
        const number = this.#documents[id].of;
        const page = byPage.get(number) ?? { number, covers: 0, score: 0, found: [] };
        page.covers |= hit.covers;
        hit.score *= (ones(hit.covers) / asked) ** 2;
        page.score = Math.max(page.score, hit.score);
        page.found.push([id, hit]);
        byPage.set(number, page);
      }
      const all = [...byPage.values()];
      const whole = all.filter((page) => ones(page.covers) === asked);
      const kept = whole.length ? whole : all;
      kept.sort((one, other) => ones(other.covers) - ones(one.covers) || other.score - one.score);
      const isPartial = kept.length > 0 && !whole.length;
      return { count: kept.length, pages: kept.slice(0, most).map((page) => this.#shown(page)), isPartial };
    }

    #shown({ number, found }) {
      const [url, name] = this.#pages[number];
      const results = found
        .sort(([, one], [, other]) => other.score - one.score)
        .map(([id, { terms: matched, isOwn }]) => ({ ...this.#documents[id], terms: matched, isOwn }));
      const opening = results.find((one) => one.isPage);
      const sections = results.filter((one) => !one.isPage && one.isOwn);
      const all = new Set(results.flatMap((one) => [...one.terms]));
      return { url, title: name, text: opening?.text ?? "", terms: all, sections };
    }
  }

  /** Return how many bits are set. */
  const ones = (bits) => {
    let number = 0;
    for (let left = bits; left; left &= left - 1) number += 1;
    return number;
  };

  courseSearch.engine = async () => new Engine().fill(await unpack(courseSearch.index));
})();
