"""What all dialects of containers share: the tokens they make, and the search for where they end.

A dialect is a markdown-it block rule that reads its own opening line and hands a `Container` to `emit`. The
tokens are `directive_open` (`meta`: name, attributes, labelled, fold), the label's when there is one, those
of the content, `directive_close`; `map` covers all lines from the opening one to the last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from markdown_it.rules_block import StateBlock

from coursekit.markdown.containers.callouts import Callouts

Fold = Literal["closed", "open"]

# The start or end of fenced code, a list item's first line included: its last line stands alone.
_CODE_FENCE = re.compile(r"(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*(?P<fence>`{3,}(?=[^`]*$)|~{3,})(?P<info>.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """What an opening line asks for."""

    name: str
    label: str | None = None  # Markdown; None when there is none
    attributes: dict[str, str] = field(default_factory=dict)  # `class` is blank-separated, as in HTML
    fold: Fold | None = None  # None: the table of callouts decides


class Inside(NamedTuple):
    """The lines of a container's content, 0-based."""

    first: int
    end: int  # the line after the last
    indent: int | None = None  # column where the content starts; None: where the container does


def known_name(name: str, callouts: Callouts) -> str:
    """Return a name as the table has it: the dialects but that of directives ignore case."""
    return callouts.spelled(name)


def content(state: StateBlock, line: int) -> str:
    """Return a line without its indentation."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def starts_with(state: StateBlock, line: int, marks: str | tuple[str, ...]) -> bool:
    """Whether a line begins with one of `marks`, and is no indented code."""
    position = state.bMarks[line] + state.tShift[line]
    return state.src.startswith(marks, position) and not state.is_code_block(line)


def marked_lines(
    state: StateBlock, start: int, end: int, mark: str
) -> Iterator[tuple[int, str | None, bool]]:
    """Yield the lines in which a container may end: number, content, whether inside fenced code.

    These begin with `mark`. The last one yielded has None as content: the line where what holds the
    container (list item, quote, page) ends.
    """
    fence = ""
    indent, code = state.blkIndent, state.blkIndent + 4
    for line in range(start, end):
        position = state.bMarks[line] + state.tShift[line]
        if position >= state.eMarks[line] or state.sCount[line] >= code:
            continue
        if state.sCount[line] < indent:
            yield line, None, False
            return
        if state.src[position] == mark:
            yield line, state.src[position : state.eMarks[line]], bool(fence)
            continue
        text = state.src[position : state.eMarks[line]]
        if ("```" in text or "~~~" in text) and (found := _CODE_FENCE.match(text)):
            if not fence:
                fence = found["fence"]
            elif text.startswith(fence) and not found["info"].strip():
                fence = ""
    yield end, None, False


def emit(state: StateBlock, container: Container, inside: Inside, start: int, stop: int) -> None:
    """Make the tokens of a container that reaches from line `start` to the one before `stop`."""
    token = state.push("directive_open", "div", 1)
    token.map = [start, stop]
    token.meta = meta(container)
    emit_label(state, container, start)
    parse(state, inside)
    state.push("directive_close", "div", -1)
    state.line = stop


def meta(container: Container) -> dict[str, object]:
    """Return what the opening token tells of its container."""
    return {
        "name": container.name,
        "attributes": container.attributes,
        "labelled": container.label is not None,
        "fold": container.fold,
    }


def emit_label(state: StateBlock, container: Container, line: int) -> None:
    """Make the tokens of a container's label, if it has one."""
    if container.label is None:
        return
    state.push("directive_label_open", "p", 1)
    emit_inline(state, container.label, line)
    state.push("directive_label_close", "p", -1)


def emit_inline(state: StateBlock, markdown: str, line: int) -> None:
    """Make the token of a text that stands on `line`."""
    token = state.push("inline", "", 0)
    token.content = markdown
    token.map = [line, line + 1]
    token.children = []


def parse(state: StateBlock, inside: Inside) -> None:
    """Make the tokens of a container's content."""
    outer = state.parentType, state.lineMax, state.blkIndent, state.listIndent
    state.parentType = "directive"
    state.lineMax = inside.end  # keeps lazy continuation lines from passing the end
    if inside.indent is not None:
        state.blkIndent, state.listIndent = inside.indent, -1
    state.md.block.tokenize(state, inside.first, inside.end)
    state.parentType, state.lineMax, state.blkIndent, state.listIndent = outer
