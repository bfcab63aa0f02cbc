"""Medians of what was measured, ratios between them, and the targets they are held to."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import astuple, dataclass

from tests.bench.builds.generators import MATERIAL, OURS, ZENSICAL

COLD, UNCHANGED, EDITED = KINDS = ("cold", "unchanged", "edited")
ONE_PAGE = 0  # the "times" of a site of one page, whose cost is start-up


@dataclass(frozen=True, slots=True)
class Cost:
    """Of a build: seconds of CPU and by the clock, bytes of memory at most, bytes of the site."""

    cpu: float
    wall: float
    peak: float
    size: float


@dataclass(frozen=True, slots=True)
class Measure:
    """One build of one run."""

    generator: str
    times: int  # copies of the tree, or ONE_PAGE
    pages: int
    kind: str
    run: int
    cost: Cost


Key = tuple[str, int, str]  # generator, times, kind


class Figures:
    """The medians of some runs."""

    def __init__(self, measures: Iterable[Measure]) -> None:
        costs: dict[Key, list[Cost]] = {}
        self.pages: dict[int, int] = {}  # by times, which are in their order
        for one in sorted(measures, key=lambda one: one.times):
            costs.setdefault((one.generator, one.times, one.kind), []).append(one.cost)
            self.pages[one.times] = one.pages
        self._medians = {key: _median(group) for key, group in costs.items()}
        self.generators = list(dict.fromkeys(key[0] for key in self._medians))

    @property
    def times(self) -> list[int]:
        """The sizes of real sites, smallest first."""
        return [times for times in self.pages if times != ONE_PAGE]

    def cost(self, generator: str, times: int, kind: str) -> Cost | None:
        """Return the median of each figure; None if it was not measured."""
        return self._medians.get((generator, times, kind))

    def cpu(self, key: Key, *, without_start: bool = False) -> float | None:
        """Return seconds of CPU; `without_start`, less those of the same build of one page."""
        cost, start = self.cost(*key), self.cost(key[0], ONE_PAGE, key[2])
        if not without_start:
            return cost.cpu if cost else None
        return cost.cpu - start.cpu if cost and start else None

    def ratio(self, top: Key, bottom: Key, *, without_start: bool = False) -> float | None:
        """Return the ratio of two builds' CPU; None if it is unknown or has no sense."""
        return ratio(
            self.cpu(top, without_start=without_start), self.cpu(bottom, without_start=without_start)
        )


def ratio(top: float | None, bottom: float | None) -> float | None:
    """Return `top / bottom`, or None where one is missing or the second is not above zero."""
    return None if top is None or bottom is None or bottom <= 0 else top / bottom


def _median(costs: Iterable[Cost]) -> Cost:
    return Cost(*map(statistics.median, zip(*map(astuple, costs), strict=True)))


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure must not exceed, and what it is."""

    text: str
    most: float
    value: float | None  # None: not measured
    without_start: float | None = None  # the same with start-up subtracted, for information

    @property
    def is_missed(self) -> bool:
        return self.value is not None and self.value > self.most


def targets(figures: Figures) -> list[Target]:
    """Return all, judged with start-up included: that is what an author waits for."""
    pairs: list[tuple[str, float, Key, Key]] = [
        ("one page edited, of own cold build, at 1×", 1 / 6, (OURS, 1, EDITED), (OURS, 1, COLD)),
        ("one page edited, of own cold build, at 10×", 1 / 12, (OURS, 10, EDITED), (OURS, 10, COLD)),
        ("nothing changed, of own cold build, at 10×", 1 / 15, (OURS, 10, UNCHANGED), (OURS, 10, COLD)),
        ("one page edited, of Zensical's, at 1×", 1 / 3, (OURS, 1, EDITED), (ZENSICAL, 1, EDITED)),
        ("one page edited, of Zensical's, at 10×", 1 / 3, (OURS, 10, EDITED), (ZENSICAL, 10, EDITED)),
        ("cold, of Material's, at 1×", 0.9, (OURS, 1, COLD), (MATERIAL, 1, COLD)),
        ("cold, of Material's, at 10×", 0.9, (OURS, 10, COLD), (MATERIAL, 10, COLD)),
        ("cold at 10×, of cold at 1×", 11, (OURS, 10, COLD), (OURS, 1, COLD)),
    ]
    found = [
        Target(text, most, figures.ratio(top, bottom), figures.ratio(top, bottom, without_start=True))
        for text, most, top, bottom in pairs
    ]
    peaks = [cost.peak / 1e6 for kind in KINDS if (cost := figures.cost(OURS, 10, kind))]
    return [*found, Target("peak of memory at 10×, in MB", 600, max(peaks, default=None))]
