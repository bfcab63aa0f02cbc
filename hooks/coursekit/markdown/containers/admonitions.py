"""Material's admonitions (`!!! tip "Titre"`) and collapsible blocks (`???`, `???+`): indented content.

What makes it one is what Python-Markdown's admonition and pymdownx.details take for one, but for a sentence:
several bare words with nothing indented below, or a single word that is no known name, stay text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from markdown_it.rules_block import StateBlock

from coursekit import messages
from coursekit.markdown.containers.callouts import Callouts
from coursekit.markdown.containers.tokens import (
    Container,
    Fold,
    Inside,
    content,
    emit,
    known_name,
    starts_with,
)
from coursekit.markdown.slips import tell

INDENT = 4  # columns between the mark and the content, as in Python-Markdown

_MARK = re.compile(r"(!!!|\?\?\?\+?)[ \t]*(?=[\w\"-])")
_WORDS = re.compile(r"[\w-]+(?:[ \t]+[\w-]+)*")
_FOLDS: dict[str, Fold | None] = {"!!!": None, "???": "closed", "???+": "open"}
_NAMELESS = "details"  # `??? "Titre"`


class Opener(NamedTuple):
    """The opening line of an admonition."""

    mark: str
    words: tuple[str, ...]  # the name, then classes
    title: str | None  # Markdown; empty: no title is wanted


def parse_opener(line: str) -> Opener | None:
    """Return what `line` (no indentation) would open, or None."""
    if not (match := _MARK.match(line)):
        return None
    words, title = split_title(line[match.end() :])
    if not words:
        return Opener(match[1], (_NAMELESS,), title) if match[1] != "!!!" and title else None
    if not _WORDS.fullmatch(words):
        return None
    return Opener(match[1], tuple(words.split()), title)


def split_title(rest: str) -> tuple[str, str | None]:
    """Split a title between straight quotes off the end of an opening line."""
    rest = rest.strip(" \t")
    before, quote, title = rest.partition('"')
    if not quote or not title.endswith('"') or before[-1:] not in ("", " ", "\t"):
        return rest, None
    return before.rstrip(" \t"), title[:-1].strip()


def indented(state: StateBlock, start_line: int, end_line: int) -> Inside:
    """Return the lines below `start_line` that are indented as its content, without blank ones at the end."""
    indent = state.sCount[start_line] + INDENT
    end = start_line + 1
    for line in range(start_line + 1, end_line):
        if state.isEmpty(line):
            continue
        if state.sCount[line] < indent:
            break
        end = line + 1
    return Inside(start_line + 1, end, indent)


def is_outside(state: StateBlock, inside: Inside, end_line: int) -> bool:
    """Whether an opening line has no content, but a text that seems meant to be: not indented enough."""
    line = state.skipEmptyLines(inside.first)
    if inside.end > inside.first or line >= end_line or state.sCount[line] < state.blkIndent:
        return False
    start_line = inside.first - 1
    if content(state, line)[:3] == content(state, start_line)[:3]:  # the next box
        return False
    return line == inside.first or state.sCount[line] > state.sCount[start_line]


def admonition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read `!!!`, `???` and `???+`."""
    if not starts_with(state, start_line, ("!!!", "???")):
        return False
    line = content(state, start_line)
    if not (opener := parse_opener(line)) or not _is_meant(state, opener, start_line, end_line):
        return False
    if silent:
        return True
    inside = indented(state, start_line, end_line)
    if is_outside(state, inside, end_line):
        tell(state.env, start_line, messages.content_outside(line.strip()))
    name, *classes = opener.words
    name = known_name(name, state.env["options"].callouts)
    attributes = {"class": " ".join(classes).lower()} if classes else {}
    if opener.title == "":
        attributes["title"] = ""
    container = Container(
        name=name, label=opener.title or None, attributes=attributes, fold=_FOLDS[opener.mark]
    )
    emit(state, container, inside, start_line, inside.end)
    return True


def _is_meant(state: StateBlock, opener: Opener, start_line: int, end_line: int) -> bool:
    callouts: Callouts = state.env["options"].callouts
    is_name = len(opener.words) == 1 and known_name(opener.words[0], callouts) in callouts
    if is_name or opener.title is not None:
        return True
    line = state.skipEmptyLines(start_line + 1)
    return line < end_line and state.sCount[line] >= state.sCount[start_line] + INDENT
