/* French words as a search meets them: cut out of a text, folded, and brought to a stem.
   Fills `courseSearch.french`; touches neither page nor network. */
"use strict";

(() => {
  /* A word with what joins its parts in code: `kubectl-apply`, `docker_compose`, `etc/fstab`, `.NET`, `C++`. */
  const WORD = /\.?[\p{L}\p{N}\p{M}]+(?:['’\-‑_./:@+~]{1,3}[\p{L}\p{N}\p{M}]+)*(?:\+\+|#(?![\p{L}\p{N}]))?/gu;
  const ELISION = /^(?:[cdjlmnst]|(?:jus|lors|puis|quoi|pres|quel)?qu)['’](?=.)/iu;
  const CASES = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu; // camelCase, HTTPServer
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
  const fold = (text) =>
    text
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/œ/g, "oe")
      .replace(/æ/g, "ae")
      .replace(/ß/g, "ss")
      .replace(/’/g, "'")
      .replace(/‑/g, "-");

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
      const parts = own.replace(CASES, " ").split(/[^\p{L}\p{N}\p{M}]+/u).map(fold).filter(Boolean);
      const whole = fold(own);
      found = [...new Set(whole.length > LONGEST ? parts : [whole, ...parts])];
      known.set(word, found);
    }
    return found;
  };

  /** Return the words of a text, as written. */
  const words = (text) => text.match(WORD) ?? [];

  /** Return [start, end] of each word of a text that one of these terms (a Set) finds. */
  const places = (text, sought) => {
    const found = [];
    for (const match of text.matchAll(WORD)) {
      if (!terms(match[0]).some((term) => sought.has(term))) continue;
      const elided = match[0].match(ELISION)?.[0].length ?? 0;
      found.push([match.index + elided, match.index + match[0].length]);
    }
    return found;
  };

  (globalThis.courseSearch ??= {}).french = { fold, stem, terms, words, places, STOP_WORDS };
})();
