"""Papers: what of a page's room code must know, so that its lines break where they should."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Paper:
    """A size of paper; all lengths in points."""

    width: float
    height: float
    margin: float  # left and right
    size: float  # of the text

    @property
    def line(self) -> float:
        """Return the width of the text."""
        return self.width - 2 * self.margin


PAPERS: Mapping[str, Paper] = MappingProxyType(
    {
        "a4": Paper(595.28, 841.89, 62.0, 10.5),
        "letter": Paper(612.0, 792.0, 70.0, 10.5),
        "a5": Paper(419.53, 595.28, 40.0, 9.5),
    }
)
