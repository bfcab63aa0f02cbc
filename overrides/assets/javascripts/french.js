/* French words as a search meets them: cut out of a text, folded, and brought to a stem.
   Fills `courseSearch.french`; touches neither page nor network. */
"use strict";

(() => {
  /* A word with what joins its parts in code: `kubectl-apply`, `docker_compose`, `etc/fstab`, `.NET`, `C++`. */
  const WORD = /\.?[\p{L}\p{N}\p{M}]+(?:['’\-‑_./:@+~]{1,3}[\p{L}\p{N}\p{M}]+)*(?:\+\+|#(?![\p{L}\p{N}]))?/gu;
  const ELISION = /^(?:[cdjlmnst]|(?:jus|lors|puis|quoi|pres|quel)?qu)['’](?=.)/iu;
  /* Parts of a word: letters and digits up to a sign, and in camelCase or HTTPServer up to a capital. */
  const PART = /\p{Lu}+(?!\p{Ll})[\p{N}\p{M}]*|\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}\p{Lt}\p{N}\p{M}]+|\p{Lu}/gu;
  const LONGEST = 60; // letters; what is longer is an address or a key: its parts are words, it is none

  /* Words that say nothing of a subject, folded. */
  const STOP_WORDS = new Set(
    ("a ai au aux avec ce ces cet cette comme comment dans de des du elle elles en entre est et eux il ils je la" +
      " le les leur leurs lui ma mais me mes meme mon ne nos notre nous on ont ou par pas peut pour pourquoi qu" +
      " quand que quel quelle quelles quels qui quoi sa sans se ses si son sont sur ta te tes ton tu un une vos" +
      " votre vous y d l c j m n s t").split(" "),
  );

  /* Endings and what stands for them, in words that keep `least` letters, after J. Savoy, « Light stemming
     approaches for the French, Portuguese, German and Hungarian languages » (SAC 2006), with the commonest
     endings of verbs. Words are folded, in the singular; the first that fits is taken. */
  const ENDINGS = [
    ["issement", "i", 3],
    ["issant", "i", 3],
    ["issante", "i", 3],
    ["atrice", "", 4],
    ["ateur", "", 4],
    ["ation", "", 4],
    ["ition", "i", 3],
    ["ement", "", 4],
    ["euse", "eu", 3],
    ["iere", "i", 4],
    ["trice", "teu", 3],
    ["ante", "", 5],
    ["ant", "", 5],
    ["eur", "eu", 3],
    ["ee", "", 3],
    ["er", "", 4],
    ["ez", "", 4],
    ["ir", "i", 3],
    ["it", "i", 4],
    ["e", "", 3],
  ];

  /** Return text in lower case, without accents and ligatures; its length may change. */
  const fold = (text) => {
    if (!/[^ -~]/.test(text)) return text.toLowerCase();
    return text
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/œ/g, "oe")
      .replace(/æ/g, "ae")
      .replace(/ß/g, "ss")
      .replace(/’/g, "'")
      .replace(/‑/g, "-");
  };

  const singular = (word) => {
    if (/[^e]aux$/.test(word) && word.length > 5) return `${word.slice(0, -2)}l`;
    return /[^s]s$|[ae]ux$|oux$/.test(word) ? word.slice(0, -1) : word;
  };

  /** Return the stem of a folded word: `deploiements`, `deployer` and `deployee` share one. */
  const stem = (word) => {
    if (word.length < 4 || /[^a-z]/.test(word)) return word;
    let cut = singular(word);
    for (const [ending, instead, least] of ENDINGS) {
      if (cut.endsWith(ending) && cut.length - ending.length >= least) {
        cut = cut.slice(0, cut.length - ending.length) + instead;
        break;
      }
    }
    return cut
      .replace(/e$/, "")
      .replace(/([^aeiouy])\1$/, "$1") // personnel, personnelle
      .replace(/y$/, "i") // déployer, déploiement
      .replace(/v$/, "f") // active, actif
      .replace(/qu$/, "c"); // appliquer, application
  };

  const known = new Map(); // word as written -> its terms: texts repeat their words

  /** Return what a word is found by: itself, folded and without its elision, then the parts it is joined of. */
  const terms = (word) => {
    let found = known.get(word);
    if (!found) {
      const own = word.replace(ELISION, "");
      const parts = (own.match(PART) ?? []).map(fold);
      const whole = fold(own);
      found = [...new Set(whole.length > LONGEST ? parts : [whole, ...parts])];
      known.set(word, found);
    }
    return found;
  };

  /** Return the words of a text, as written. */
  const words = (text) => text.match(WORD) ?? [];

  /** Return [start, end] of what one of these terms (a Set) finds in a text: words, or parts of them. */
  const places = (text, sought) => {
    const found = [];
    for (const { 0: word, index } of text.matchAll(WORD)) {
      const [whole, ...parts] = terms(word);
      const elided = word.match(ELISION)?.[0].length ?? 0;
      if (sought.has(whole)) found.push([index + elided, index + word.length]);
      else if (parts.some((part) => sought.has(part))) {
        for (const { 0: part, index: at } of word.matchAll(PART)) {
          if (at >= elided && sought.has(fold(part))) found.push([index + at, index + at + part.length]);
        }
      }
    }
    return found;
  };

  (globalThis.courseSearch ??= {}).french = { fold, stem, terms, words, places, STOP_WORDS };
})();
