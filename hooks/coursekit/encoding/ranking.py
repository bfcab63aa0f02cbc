"""Which of the characters that share their remaining bytes stood here.

The score of a candidate is the logarithm of how often it is expected (on this page, on this site, on
course pages, in descriptions of software) plus what its place says: the words of the line and of its
heading, the variation selector behind it, the emoji it is joined to.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from coursekit.encoding.prior import VARIATION_SELECTOR, ZERO_WIDTH_JOINER, Prior
from coursekit.encoding.values import SiteKnowledge

# Shares of each source in the expected frequency of a symbol.
_PAGE, _SITE, _COURSES, _TECHNICAL, _ANY = 0.30, 0.35, 0.25, 0.08, 0.02
_NAMED = 2.0  # a stem of the line stands in the emoji's CLDR name (natural logarithm, a stem)
_TOPIC = 2.0  # a stem of the line is among what the emoji stands for in computing courses
_MOST_MEANT = 5.0
_HEADING_SHARE = 0.5  # what a stem counts for that stands in the heading over the line
_USE_WEIGHT = 0.5  # of the log-likelihood ratio of each stem beside the emoji on course pages
_USE_SMOOTHING = 1.0  # lines
_SURE = 8.0  # joiners, skin tones and box drawing stand in their company only
_SELECTOR = 4.0  # how much a selector speaks for an emoji that needs it
_TEMPERATURE = 1.3  # above 1: scores are not independent, so less sure than they add up to


_NO_WORDS: frozenset[str] = frozenset()

Ranked = list[tuple[str, float]]  # candidates and their probabilities, likeliest first


@dataclass(frozen=True, slots=True)
class Place:
    """What stands around a lost character."""

    before: str = ""  # the character before, "" at the beginning of a line
    after: str = ""  # the character behind
    words: frozenset[str] = frozenset()  # stems of the line
    heading: frozenset[str] = frozenset()  # stems of the heading over it


@dataclass(frozen=True, slots=True)
class Ranker:
    """Ranks the candidates of one site."""

    prior: Prior
    site: SiteKnowledge
    _shares: dict[tuple[str, ...], list[float]] = field(default_factory=dict, init=False, compare=False)

    def weigh(self, candidates: tuple[str, ...], place: Place) -> list[float]:
        """Return what the place says for each of the candidates, as natural logarithms."""
        if len(candidates) == 1:
            return [0.0]
        shares = self.prior.shares_of(place.words | place.heading)
        return [
            self._fits(char, place) + self._means(char, place) + _USE_WEIGHT * self._used(char, shares)
            for char in candidates
        ]

    def rank(
        self, candidates: tuple[str, ...], evidence: Sequence[float], page: Mapping[str, float]
    ) -> Ranked:
        """Return the candidates with their probabilities, likeliest first.

        `evidence`: what `weigh` returned; `page`: how often each symbol stands elsewhere on the page, as
        far as one knows.
        """
        if len(candidates) == 1:
            return [(candidates[0], 1.0)]
        shares = self._shares.get(candidates)
        if shares is None:
            shares = self._shares[candidates] = self._share_elsewhere(candidates)
        on_page = _share([page.get(char, 0.0) for char in candidates], _PAGE)
        scores = [
            (math.log(here + share) + more) / _TEMPERATURE
            for here, share, more in zip(on_page, shares, evidence, strict=True)
        ]
        highest = max(scores)
        weights = [math.exp(score - highest) for score in scores]
        total = sum(weights)
        ranked = sorted(zip(weights, candidates, strict=True), key=lambda pair: (-pair[0], pair[1]))
        return [(char, weight / total) for weight, char in ranked]

    def _share_elsewhere(self, candidates: tuple[str, ...]) -> list[float]:
        """Return the expected share of each candidate among them, as the other sources tell."""
        by_source = (
            _share([self.site.emoji.get(char, 0) for char in candidates], _SITE),
            _share([self.prior.letters.get(char, 0) for char in candidates], _COURSES),
            _share([self.prior.technical.get(char, 0) for char in candidates], _TECHNICAL),
            _share([2.0 ** -self.prior.bits(char) for char in candidates], _ANY, unseen=0.0),
        )
        return [sum(shares) for shares in zip(*by_source, strict=True)]

    def _fits(self, char: str, place: Place) -> float:
        """Score a candidate by its neighbours."""
        emoji, text_style = self.prior.emoji, self.prior.text_style
        joined = place.before in emoji or place.before == VARIATION_SELECTOR
        if char == ZERO_WIDTH_JOINER:
            return _SURE if joined and place.after in emoji else -_SURE
        if char == VARIATION_SELECTOR:
            return 0.0 if place.before else -_SURE
        if "\U0001f3fb" <= char <= "\U0001f3ff":  # skin tones follow a person or a hand
            return _SELECTOR if joined else -_SURE
        if _is_box(char) and (_is_box(place.before) or _is_box(place.after)):
            return _SURE
        if place.after == VARIATION_SELECTOR:
            return _SELECTOR if char in text_style else 0.0
        # These emoji are hardly ever written without their selector.
        return -_SELECTOR if char in text_style and char > "\U0001f000" else 0.0

    def _means(self, char: str, place: Place) -> float:
        """Score a candidate by the words around it, each counted once however many lists have it."""
        named = self.prior.keywords.get(char, _NO_WORDS)
        topic = self.prior.topics.get(char, _NO_WORDS)
        score = 0.0
        for words, share in ((place.words, 1.0), (place.heading, _HEADING_SHARE)):
            if topic.isdisjoint(words) and named.isdisjoint(words):
                continue
            topical = topic & words
            both = _TOPIC * len(topical) + _NAMED * len((named & words) - topical)
            score += share * min(_MOST_MEANT, both)
        return score

    def _used(self, char: str, shares: Mapping[str, float]) -> float:
        """Return how much likelier the words are beside this emoji than beside any."""
        beside = self.prior.uses.get(char)
        if not beside:
            return 0.0
        times = self.prior.letters.get(char, 0)
        return sum(
            [
                math.log((beside.get(word, 0) + _USE_SMOOTHING) / (times * share + _USE_SMOOTHING))
                for word, share in shares.items()
            ]
        )


@lru_cache(maxsize=4)
def ranker_of(prior: Prior, site: SiteKnowledge) -> Ranker:
    """Return the ranker that the pages of a site share."""
    return Ranker(prior, site)


def _share(counts: Sequence[float], weight: float, unseen: float = 0.5) -> list[float]:
    """Return each count's part of `weight`; `unseen` is added to their sum, since few counts say little."""
    total = sum(counts) + unseen
    return [weight * count / total for count in counts]


def _is_box(char: str) -> bool:
    return "\u2500" <= char <= "\u257f"
