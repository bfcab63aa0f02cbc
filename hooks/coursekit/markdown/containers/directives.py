"""Fences of colons (`:::name[label]{attributes}` … `:::`) as a markdown-it block rule.

The grammar is the one of the generic directives proposal as micromark-extension-directive 3 reads it:
a name starts with a letter and does not end in `-` or `_`; label and attributes follow with no blank; the
first closing fence at least as long as the opening one ends the container, whatever stands inside. Readings
are added: after a *known* name, free text is the label (`:::tip Titre`, `::: tip`), as Docusaurus and
VitePress authors write it, attributes may end it, and a French keyboard may put a no-break space there; a
known name may have accents; `::: {.class}` is a div (see `fenced_divs`). Text and leaf directives stay
literal.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from markdown_it.rules_block import StateBlock

from coursekit import messages
from coursekit.markdown.containers import fenced_divs
from coursekit.markdown.containers.callouts import Callouts
from coursekit.markdown.containers.directive_attributes import (
    fold_of,
    split_attributes,
    split_label,
    split_trailing,
)
from coursekit.markdown.containers.tokens import (
    Container,
    Inside,
    content,
    emit,
    marked_lines,
    starts_with,
)
from coursekit.markdown.slips import line_of, tell

_OPENER = re.compile(
    r"(?P<colons>:{3,})(?P<blank>[ \t\u00a0\u202f]*)(?P<name>[^\W\d_](?:[\w-]*[^\W_])?)(?![\w-])"
)
_CLOSER = re.compile(r"(:{3,})[ \t]*$")
_DIRECTIVE, _DIV = -1, -2  # kinds of opening fences
_LOOKS_LIKE_ONE = re.compile(r" {0,3}:{3,}(?:[ \t]*$|[ \t\u00a0\u202f]*(?:[^\W\d_]|[{\[]))")


class Opener(NamedTuple):
    """The opening line of a container."""

    colons: int  # length of the fence
    container: Container


def parse_opener(line: str, callouts: Callouts) -> Opener | None:
    """Return the container that `line` (no indentation) opens, or None."""
    # Some systems type an accent as a character of its own.
    line = line if line.isascii() else unicodedata.normalize("NFC", line)
    if not (match := _OPENER.match(line)):
        return None
    colons, name, rest = len(match["colons"]), match["name"], line[match.end() :]
    if not name.isascii() and name not in callouts:
        return None
    if not match["blank"]:
        label, after = split_label(rest)
        attributes, after = split_attributes(after)
        if attributes is not None and not after.strip(" \t"):
            label = (label or "").strip() or None
            fold = fold_of(attributes)
            return Opener(colons, Container(name=name, label=label, attributes=attributes, fold=fold))
    title = rest.strip(" \t\u00a0\u202f")
    if (
        name in callouts
        and rest[:1] in ("", " ", "\t", "\u00a0", "\u202f")
        and not title.startswith(("[", "{"))
    ):
        title, given = split_trailing(title)
        container = Container(name=name, label=title or None, attributes=given, fold=fold_of(given))
        return Opener(colons, container)
    return None


def directive(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read containers between fences of colons."""
    if not starts_with(state, start_line, ":::"):
        return False
    line = content(state, start_line)
    callouts: Callouts = state.env["options"].callouts
    if opener := parse_opener(line, callouts):
        if not silent:
            _read_directive(state, opener, start_line, end_line)
        return True
    if div := fenced_divs.parse_opener(line, callouts):
        if not silent:
            _read_div(state, div, start_line, end_line)
        return True
    return False


def _read_directive(state: StateBlock, opener: Opener, start_line: int, end_line: int) -> None:
    close_line, closed = _find_close(state, start_line, end_line, opener.colons)
    name = opener.container.name
    if not closed:
        _tell_unclosed(state, name, opener.colons, start_line)
    containers = state.env.setdefault("containers", [])
    containers.append((name, start_line))
    emit(state, opener.container, Inside(start_line + 1, close_line), start_line, close_line + closed)
    containers.pop()


def _read_div(state: StateBlock, div: fenced_divs.Div, start_line: int, end_line: int) -> None:
    close_line, closed = _find_div_close(state, start_line, end_line)
    if not closed:
        tell(state.env, start_line, messages.unclosed_div(content(state, start_line).strip(), div.colons))
    fenced_divs.emit(state, div, Inside(start_line + 1, close_line), start_line, close_line + closed)


def _tell_unclosed(state: StateBlock, name: str, colons: int, start_line: int) -> None:
    """Note a problem; an inner container is often right, and the outer one lacks its closing fence."""
    message = messages.unclosed_directive(name, colons)
    if outer := state.env.get("containers"):
        outer_name, line = outer[-1]
        state.env["surplus_fences"] = state.env.get("surplus_fences", 0) + 1
        message = messages.unclosed_inner_directive(name, outer_name, line_of(state.env, line))
    tell(state.env, start_line, message)


def _find_close(state: StateBlock, start_line: int, end_line: int, colons: int) -> tuple[int, bool]:
    """Return the line of the closing fence, or the line where the parent ends, and whether it was closed.

    A div inside takes the next closing fence, as it would anywhere else.
    """
    divs = 0
    for line, text, in_code in marked_lines(state, start_line + 1, end_line, ":"):
        if text is None:
            return line, False
        fence = _fence(state, text)
        if fence == _DIV:
            divs += not in_code
        elif fence > 0 and divs and not in_code:
            divs -= 1
        elif fence >= colons:
            return line, True
    return end_line, False


def _find_div_close(state: StateBlock, start_line: int, end_line: int) -> tuple[int, bool]:
    """Do the same for a div: as in Pandoc, fences of any length pair up, and those in code do not count."""
    depth = 1
    for line, text, in_code in marked_lines(state, start_line + 1, end_line, ":"):
        if text is None:
            return line, False
        if in_code or not (fence := _fence(state, text)):
            continue
        depth += -1 if fence > 0 else 1
        if not depth:
            return line, True
    return end_line, False


def _fence(state: StateBlock, line: str) -> int:
    """Return a closing fence's length, `_DIRECTIVE` or `_DIV` for an opening one, 0 for any other line.

    Each container looks for its end, so that a line is asked for as often as it is deep: the answer is kept.
    """
    known: dict[str, int] = state.env.setdefault("fences", {})
    if (fence := known.get(line)) is not None:
        return fence
    callouts: Callouts = state.env["options"].callouts
    fence = 0
    if closer := _CLOSER.match(line):
        fence = len(closer[1])
    elif fenced_divs.parse_opener(line, callouts):
        fence = _DIV
    elif parse_opener(line, callouts):
        fence = _DIRECTIVE
    known[line] = fence
    return fence


def literal_fences(text: str) -> list[tuple[int, str]]:
    """Return the lines of a paragraph that look like a directive's fence but are none: (offset, line)."""
    if ":::" not in text:
        return []
    return [
        (offset, line.strip()) for offset, line in enumerate(text.split("\n")) if _LOOKS_LIKE_ONE.match(line)
    ]
