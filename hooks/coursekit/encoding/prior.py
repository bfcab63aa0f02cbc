"""What characters a course page is made of, before one has read it.

`prior.json` is written by `scripts/make_emoji_prior.py`. Its parts:
  `letters`   how often each non-ASCII character stands in course pages
  `technical` how often each symbol stands in one-line descriptions of software packages
  `emoji`     every emoji of one code point; `text_style`: those that need U+FE0F to be shown in colour
  `keywords`  stems of the French and English CLDR names of the emoji
  `uses`      on how many lines of course pages a stem stood beside an emoji

`lexicon.json` says what else an emoji stands for in computing courses; it is written by hand.
"""

from __future__ import annotations

import json
import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from importlib import resources
from typing import Any

from coursekit.encoding.words import stems

VARIATION_SELECTOR = "\ufe0f"
ZERO_WIDTH_JOINER = "\u200d"

_FRENCH_LETTERS = "éèàùâêîôûçëïüœæÉÈÀÊÔÇÎÂ"
_TYPOGRAPHY = "«»’“”‘–—…€°•→←·×©®™\u00a0\u202f"
# Counts that a character is given before anything is counted (of about 30,000 non-ASCII characters).
_PSEUDO_COUNTS = (
    (_FRENCH_LETTERS, 100.0),
    (_TYPOGRAPHY, 200.0),
    ("─│┌┐└┘├┤┬┴┼" + VARIATION_SELECTOR + ZERO_WIDTH_JOINER, 10.0),
    ("ËÏÙÛŸŒÆ", 5.0),
    ("ğışĞİŞ", 0.45),  # in French, a Turkish name is likelier than an Icelandic one
)
# Latin, Greek, punctuation, arrows, mathematics, technical symbols, box drawing, dingbats.
_PLAUSIBLE_BLOCKS = (
    *((0xA0, 0x17F), (0x391, 0x3C9), (0x2010, 0x2026), (0x2190, 0x23FF)),
    *(
        (0x2460, 0x27BF),
        (0x2900, 0x297F),
        (0x2B00, 0x2BFF),
        (0x2070, 0x209C),
        (0x20A0, 0x20BF),
        (0x2100, 0x218F),
    ),
)
# Of the letters and marks from U+0180 to U+036F, those of Romanian, Vietnamese and decomposed French.
_LIVING = "ȘșȚțƠơƯư\u0300\u0301\u0302\u0303\u0308\u0309\u0323\u0327"
_TOTAL = 30_000.0
_COMMON_BITS = 15.9
_TECHNICAL_WEIGHT = 0.05


@dataclass(frozen=True, eq=False)  # compared and hashed by identity: it keys caches
class Prior:
    """Counts, and the cost in bits of each character that follows from them."""

    letters: Mapping[str, int]
    technical: Mapping[str, int]
    emoji: frozenset[str]
    text_style: frozenset[str]
    keywords: Mapping[str, frozenset[str]]
    topics: Mapping[str, frozenset[str]]
    uses: Mapping[str, Mapping[str, int]]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Prior:
        """Build from the content of `prior.json`."""
        return cls(
            letters=data["letters"],
            technical=data["technical"],
            emoji=frozenset(data["emoji"]),
            text_style=frozenset(data["text_style"]),
            keywords={char: frozenset(words.split()) for char, words in data["keywords"].items()},
            topics=_shipped_lexicon(),
            uses=data["uses"],
        )

    def enriched(self, chars: Iterable[str]) -> Prior:
        """Return this prior with the characters of a site that it has not."""
        new = frozenset(char for char in chars if char not in self._plausible_set)
        return _enriched(self, new) if new else self

    def weight(self, char: str) -> float:
        """Return the expected count of a character; never zero."""
        pseudo = next((count for chars, count in _PSEUDO_COUNTS if char in chars), None)
        if pseudo is None:
            pseudo = 0.5 if char in self.emoji else _class_weight(char)
        return self.letters.get(char, 0) + _TECHNICAL_WEIGHT * self.technical.get(char, 0) + pseudo

    @cached_property
    def _bits(self) -> dict[str, float]:
        return {}

    def bits(self, char: str) -> float:
        """Return how surprising a character is on a course page, in bits."""
        known = self._bits.get(char)
        if known is None:
            known = self._bits[char] = math.log2(1 + _TOTAL / self.weight(char))
        return known

    def is_common(self, char: str) -> bool:
        """Tell whether course pages have this character: French, its typography, every emoji."""
        return self.bits(char) < _COMMON_BITS

    def counted(self, stems: Iterable[str]) -> list[str]:
        """Return the stems that stood beside some symbol."""
        words = self._words
        return [stem for stem in stems if stem in words]

    def share_of(self, stem: str) -> float:
        """Return on which share of the symbols' lines a stem stands."""
        return self._words[stem] / self._uses_in_all

    @cached_property
    def _uses_in_all(self) -> int:
        return max(1, sum(self.letters.get(char, 0) for char in self.uses))

    @cached_property
    def _words(self) -> Counter[str]:
        words: Counter[str] = Counter()
        for counts in self.uses.values():
            words.update(counts)
        return words

    @cached_property
    def _plausible_set(self) -> frozenset[str]:
        return frozenset(self.plausible)

    @cached_property
    def plausible(self) -> tuple[str, ...]:
        """Every character that a lost byte may be restored to."""
        chars = {chr(code) for low, high in _PLAUSIBLE_BLOCKS for code in range(low, high + 1)}
        chars |= set("\u200b\u200d\u202f\u2009\u2030\u2039\u203a\u20ac\u2122\ufe0f\u20e3\ufeff")
        chars |= self.emoji | self.letters.keys()
        return tuple(sorted(char for char in chars if char > "\x9f" and _assigned(char)))


@lru_cache(maxsize=8)  # the pages of a site share the tables that are made from it
def _enriched(prior: Prior, new: frozenset[str]) -> Prior:
    return replace(prior, letters={**prior.letters, **dict.fromkeys(new, 1)})


def _assigned(char: str) -> bool:
    return unicodedata.category(char) not in ("Cn", "Cs", "Cc")


def _class_weight(char: str) -> float:
    """Return the pseudo-count of a character that was never counted, by what kind it is."""
    code = ord(char)
    if code < 0xA0:
        return 0.001  # C1 controls stand in no text
    if code < 0x180 or 0x2010 <= code < 0x2C00:
        return 0.3  # other Latin letters, punctuation, symbols
    if 0x180 <= code < 0x370 and char not in _LIVING:
        return 0.0001  # phonetics, letters of few languages
    if code < 0x500 or char in "\ufeff\ufe0e":
        return 0.1  # Greek, Cyrillic, marks
    return 0.02 if _assigned(char) else 0.001


@cache
def _shipped_lexicon() -> dict[str, frozenset[str]]:
    """Return the stems of what each emoji stands for in computing courses."""
    return {char: stems(words) for char, words in _read("lexicon.json").items()}


@cache
def shipped_prior() -> Prior:
    """Load the prior that comes with the package."""
    return Prior.from_json(_read("prior.json"))


def _read(name: str) -> Any:
    return json.loads(resources.files(__package__).joinpath(name).read_text("utf-8"))
