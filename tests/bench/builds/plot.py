"""The figures as a drawing: seconds of CPU against pages, a panel a kind of build, a line a generator."""

from __future__ import annotations

import math
from collections.abc import Iterator
from html import escape

from tests.bench.builds.figures import KINDS, Figures

_TITLES = {"cold": "From nothing", "unchanged": "Nothing changed", "edited": "One page edited"}
_WIDTH, _HEIGHT = 860, 330
_LEFT, _TOP, _GAP = 58, 62, 18  # of the first panel; between panels
_PANEL_WIDTH, _PANEL_HEIGHT = 250, 210

_STYLE = """
  svg { font: 12px system-ui, sans-serif; --ink: #1f2328; --faint: #d1d9e0; --paper: #fff }
  .line0 { --hue: #0969da } .line1 { --hue: #bc4c00 } .line2 { --hue: #1a7f37 }
  @media (prefers-color-scheme: dark) {
    svg { --ink: #e6edf3; --faint: #3d444d; --paper: #0d1117 }
    .line0 { --hue: #58a6ff } .line1 { --hue: #f0883e } .line2 { --hue: #56d364 }
  }
  text { fill: var(--ink) } .title { font-weight: 600 } .middle { text-anchor: middle }
  .end { text-anchor: end }  .paper { fill: var(--paper) } .grid { stroke: var(--faint) }
  polyline { fill: none; stroke: var(--hue); stroke-width: 2 } .mark { fill: var(--hue) }
"""
# Seen without colours too: a circle, a square and a triangle about (0, 0).
_MARKS = (
    '<circle class="mark" r="4"/>',
    '<rect class="mark" x="-4" y="-4" width="8" height="8"/>',
    '<path class="mark" d="M0-5 5 4h-10z"/>',
)


class _Scale:
    """A logarithmic axis, from values to places."""

    def __init__(self, values: list[float], start: float, end: float) -> None:
        self._low, self._high = math.log(min(values)), math.log(max(values))
        self._start, self._end = start, end

    def __call__(self, value: float) -> float:
        share = (math.log(value) - self._low) / ((self._high - self._low) or 1)
        return self._start + (self._end - self._start) * share


def svg(figures: Figures) -> str:
    """Return the drawing, a whole file; both axes are logarithmic, which shows small costs too."""
    seconds = [
        cpu for name in figures.generators for kind in KINDS for _, cpu in _points(figures, name, kind)
    ]
    ticks = _ticks(min(seconds), max(seconds))
    across = _Scale([*map(float, figures.pages.values())][-len(figures.times) :], 14, _PANEL_WIDTH - 14)
    upward = _Scale([min(seconds), *ticks, max(seconds)], _PANEL_HEIGHT - 8, 8)
    panels = [
        f'<g transform="translate({_LEFT + rank * (_PANEL_WIDTH + _GAP)} {_TOP})">'
        + "\n".join(_panel(figures, kind, ticks if rank == 0 else [], (across, upward, ticks)))
        + "</g>"
        for rank, kind in enumerate(KINDS)
    ]
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}"'
            f' height="{_HEIGHT}" role="img" aria-label="Seconds of CPU against pages, by generator">',
            f"<style>{_STYLE}</style>",
            f'<rect class="paper" width="{_WIDTH}" height="{_HEIGHT}"/>',
            *_legend(figures.generators),
            *panels,
            f'<text class="middle" transform="translate(16 {_TOP + _PANEL_HEIGHT / 2}) rotate(-90)">'
            "CPU (seconds)</text>",
            f'<text class="middle" x="{_LEFT + 1.5 * _PANEL_WIDTH + _GAP}" y="{_HEIGHT - 14}">pages</text>',
            "</svg>\n",
        )
    )


def _legend(names: list[str]) -> Iterator[str]:
    for rank, name in enumerate(names):
        yield (
            f'<g class="line{rank}" transform="translate({_LEFT + 14 + rank * 120} 20)">'
            f'<polyline points="-12,0 12,0"/>{_MARKS[rank]}<text x="20" y="4">{escape(name)}</text></g>'
        )


def _panel(
    figures: Figures, kind: str, labels: list[float], axes: tuple[_Scale, _Scale, list[float]]
) -> Iterator[str]:
    across, upward, ticks = axes
    yield f'<text class="title" y="-8">{_TITLES[kind]}</text>'
    for tick in ticks:
        yield f'<path class="grid" d="M0 {upward(tick):.1f}h{_PANEL_WIDTH}"/>'
    for tick in labels:
        yield f'<text class="end" x="-6" y="{upward(tick) + 4:.1f}">{tick:g}</text>'
    for times in figures.times:
        pages = figures.pages[times]
        yield f'<text class="middle" x="{across(pages):.1f}" y="{_PANEL_HEIGHT + 18}">{pages}</text>'
    for rank, name in enumerate(figures.generators):
        places = [(across(pages), upward(cpu)) for pages, cpu in _points(figures, name, kind)]
        yield f'<g class="line{rank}"><polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in places)}"/>'
        for x, y in places:
            yield f'<g transform="translate({x:.1f} {y:.1f})">{_MARKS[rank]}</g>'
        yield "</g>"


def _points(figures: Figures, name: str, kind: str) -> Iterator[tuple[int, float]]:
    for times in figures.times:
        if (cost := figures.cost(name, times, kind)) is not None:
            yield figures.pages[times], cost.cpu


def _ticks(low: float, high: float) -> list[float]:
    """Return the values 1, 2 and 5 times a power of ten from just below `low` to just above `high`."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    all_ticks = [step * 10.0**power for power in powers for step in (1, 2, 5)]
    below = max((tick for tick in all_ticks if tick <= low), default=all_ticks[0])
    above = min((tick for tick in all_ticks if tick >= high), default=all_ticks[-1])
    return [tick for tick in all_ticks if below <= tick <= above]
