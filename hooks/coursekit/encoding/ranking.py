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
from typing import NamedTuple

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
_UNSEEN = 0.5  # added to the sum of the counts of a source, since few counts say little
_JOINERS = (VARIATION_SELECTOR, ZERO_WIDTH_JOINER)
_NO_WORDS: frozenset[str] = frozenset()

Ranked = list[tuple[str, float]]  # candidates and their probabilities, likeliest first


class Place(NamedTuple):
    """What stands around a lost character."""

    before: str = ""  # the character before, "" at the beginning of a line
    after: str = ""  # the character behind
    words: frozenset[str] = frozenset()  # stems of the line
    heading: frozenset[str] = frozenset()  # stems of the heading over it


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What is known of a candidate's meaning."""

    char: str
    named: frozenset[str]  # stems of its names
    topic: frozenset[str]  # stems of what it stands for in computing courses
    uses: _Uses | None  # what stood beside it in courses
    choosy: bool  # whether it may stand in some company only


@dataclass(frozen=True, slots=True)
class Ranker:
    """Ranks the candidates of one site."""

    prior: Prior
    site: SiteKnowledge
    _shares: dict[tuple[str, ...], list[float]] = field(default_factory=dict, init=False)
    _meanings: dict[tuple[str, ...], list[_Meaning]] = field(default_factory=dict, init=False)

    def weigh(self, candidates: tuple[str, ...], place: Place) -> list[float]:
        """Return what the place says for each of the candidates, as natural logarithms."""
        if len(candidates) == 1:
            return [0.0]
        meanings = self._meanings.get(candidates)
        if meanings is None:
            meanings = self._meanings[candidates] = [self._meaning(char) for char in candidates]
        known = self.prior.counted(place.words | place.heading)
        evidence: list[float] = []
        for meaning in meanings:
            score = _meant(meaning, place)
            if meaning.choosy:
                score += self._fits(meaning.char, place)
            if meaning.uses is not None:
                uses = meaning.uses  # empty until it is asked
                score += _USE_WEIGHT * sum([uses[stem] for stem in known])
            evidence.append(score)
        return evidence

    def shares(
        self, candidates: tuple[str, ...], evidence: Sequence[float], page: Mapping[str, float]
    ) -> list[float]:
        """Return the probability of each candidate.

        `evidence`: what `weigh` returned; `page`: how often each symbol stands elsewhere on the page, as
        far as one knows.
        """
        if len(candidates) == 1:
            return [1.0]
        shares = self._shares.get(candidates)
        if shares is None:
            shares = self._shares[candidates] = self._share_elsewhere(candidates)
        counts = [page.get(char, 0.0) for char in candidates]
        part = _PAGE / (sum(counts) + _UNSEEN)
        scores = [
            math.log(count * part + share) + more
            for count, share, more in zip(counts, shares, evidence, strict=True)
        ]
        highest = max(scores)
        weights = [math.exp((score - highest) / _TEMPERATURE) for score in scores]
        total = sum(weights)
        return [weight / total for weight in weights]

    def _meaning(self, char: str) -> _Meaning:
        prior = self.prior
        return _Meaning(
            char,
            prior.keywords.get(char, _NO_WORDS),
            prior.topics.get(char, _NO_WORDS),
            _Uses(char, prior) if char in prior.uses else None,
            char in prior.text_style or char in _JOINERS or _is_box(char) or _is_skin_tone(char),
        )

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
        if _is_skin_tone(char):  # they follow a person or a hand
            return _SELECTOR if joined else -_SURE
        if _is_box(char) and (_is_box(place.before) or _is_box(place.after)):
            return _SURE
        if place.after == VARIATION_SELECTOR:
            return _SELECTOR if char in text_style else 0.0
        # These emoji are hardly ever written without their selector.
        return -_SELECTOR if char in text_style and char > "\U0001f000" else 0.0


def _meant(meaning: _Meaning, place: Place) -> float:
    """Score a candidate by the words around it, each counted once however many lists have it."""
    score = 0.0
    named, topic = meaning.named, meaning.topic
    for words, share in ((place.words, 1.0), (place.heading, _HEADING_SHARE)):
        if topic.isdisjoint(words) and named.isdisjoint(words):
            continue
        topical = topic & words
        both = _TOPIC * len(topical) + _NAMED * len((named & words) - topical)
        score += share * min(_MOST_MEANT, both)
    return score


class _Uses(dict[str, float]):
    """By stem: the logarithm of how much likelier it is beside a symbol than beside any; worked out once."""

    def __init__(self, char: str, prior: Prior) -> None:
        super().__init__()
        self._prior = prior
        self._beside = prior.uses[char]
        self._times = prior.letters.get(char, 0)

    def __missing__(self, stem: str) -> float:
        share = self._prior.share_of(stem)
        found = (self._beside.get(stem, 0) + _USE_SMOOTHING) / (self._times * share + _USE_SMOOTHING)
        self[stem] = math.log(found)
        return self[stem]


@lru_cache(maxsize=4)
def ranker_of(prior: Prior, site: SiteKnowledge) -> Ranker:
    """Return the ranker that the pages of a site share."""
    return Ranker(prior, site)


def _share(counts: Sequence[float], weight: float, unseen: float = _UNSEEN) -> list[float]:
    """Return each count's part of `weight`."""
    total = sum(counts) + unseen
    return [weight * count / total for count in counts]


def _is_box(char: str) -> bool:
    return "\u2500" <= char <= "\u257f"


def _is_skin_tone(char: str) -> bool:
    return "\U0001f3fb" <= char <= "\U0001f3ff"
