"""Where the text of a link or an image ends, each bracket looked at once.

markdown-it walks from every `[` to its `]`, or to the end of the text where there is none: a run of unclosed
brackets takes it quadratic time. The way is the same from wherever one joins it, so one walk answers for all
the brackets that it passes.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline


def labels_plugin(md: MarkdownIt) -> None:
    """Find the ends of labels in linear time."""
    helpers: Any = md.helpers
    md.helpers = SimpleNamespace(  # type: ignore[assignment]
        parseLinkDestination=helpers.parseLinkDestination,
        parseLinkTitle=helpers.parseLinkTitle,
        parseLinkLabel=_label_end,
    )


def _label_end(state: StateInline, start: int, disableNested: bool = False) -> int:
    """Return the offset of the `]` that ends the label whose `[` is at `start`, or -1."""
    # Kept beside what the parser remembers of this text, whose keys are offsets. Keys here: where the label
    # starts, where the text ends, whether a link inside makes it none.
    known: dict[Any, int] = state.cache
    end = state.posMax
    if state.html_terminator_last("]") < start:
        return -1
    if (found := known.get((start + 1, end, disableNested))) is not None:
        return found
    before = state.pos
    state.pos = start + 1
    opened = [start + 1]
    while state.pos < end and opened:
        position, marker = state.pos, state.src[state.pos]
        if marker == "]":
            known[opened.pop(), end, disableNested] = position
            state.pos += 1
            continue
        state.md.inline.skipToken(state)
        if marker == "[":
            if state.pos == position + 1:
                opened.append(position + 1)
            elif disableNested and not state.src.startswith("[^", position):
                break  # a link: whatever holds it is none
    for label in opened:
        known[label, end, disableNested] = -1
    state.pos = before
    return known[start + 1, end, disableNested]
