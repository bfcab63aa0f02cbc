"""Blocks of pymdownx (`/// tip | Titre` … `///`), with options indented right below the opening line.

https://facelessuser.github.io/pymdown-extensions/extensions/blocks/: the closing line has as many slashes as
the opening one, and none in fenced code counts. Only `admonition`, `details`, `tab` and the known names open
one: paths and comments stay text.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml
from markdown_it.rules_block import StateBlock

from coursekit import messages
from coursekit.markdown.containers import content_tabs
from coursekit.markdown.containers.callouts import Callouts
from coursekit.markdown.containers.content_tabs import Tab
from coursekit.markdown.containers.tokens import (
    Container,
    Fold,
    Inside,
    content,
    emit,
    known_name,
    marked_lines,
    starts_with,
)
from coursekit.markdown.slips import tell

_OPENER = re.compile(r"(?P<slashes>/{3,})[ \t]*(?P<name>[\w-]+)[ \t]*(?:\|(?P<title>.*))?$")
_GENERIC = ("admonition", "details", "tab")
_OPTIONS = {"type", "open", "attrs", "new", "select"}
_LONGEST_OPTIONS = 1000  # characters; what is longer is content


class Block(NamedTuple):
    """A block, from its opening line to its end."""

    name: str
    title: str | None  # Markdown; empty: no title is wanted
    options: dict[str, Any]  # as YAML gives them
    inside: Inside
    start: int
    stop: int  # the line after the last


def slash_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read blocks between lines of slashes."""
    if not starts_with(state, start_line, "///") or not (opening := _opening(state, start_line, end_line)):
        return False
    if silent:
        return True
    block = _read(state, opening, start_line, end_line)
    if block.name == "tab":
        content_tabs.emit(state, _tab_set(state, block, end_line))
    else:
        emit(state, _container(block), block.inside, block.start, block.stop)
    return True


def _opening(state: StateBlock, line: int, end_line: int) -> re.Match[str] | None:
    if line >= end_line or state.sCount[line] < state.blkIndent or state.is_code_block(line):
        return None
    if not (match := _OPENER.match(content(state, line).rstrip(" \t"))):
        return None
    callouts: Callouts = state.env["options"].callouts
    name = known_name(match["name"], callouts)
    return match if name in _GENERIC or name in callouts or _details_type(name, callouts) else None


def _details_type(name: str, callouts: Callouts) -> str | None:
    """Return the type of a name such as `details-tip`, which sites of Material often define."""
    kind = name.removeprefix("details-")
    return kind if kind != name and kind in callouts else None


def _read(state: StateBlock, opening: re.Match[str], start_line: int, end_line: int) -> Block:
    """Read the block that opens on `start_line`; one that is not closed ends with what holds it."""
    slashes, callouts = opening["slashes"], state.env["options"].callouts
    close_line, closed = end_line, False
    for line, text, in_code in marked_lines(state, start_line + 1, end_line, "/"):
        if text is None:
            close_line = line
        elif text.rstrip(" \t") == slashes and not in_code:
            close_line, closed = line, True
            break
    if not closed:
        tell(state.env, start_line, messages.unclosed_block(opening["name"], slashes))
    first, options = _options(state, start_line + 1, close_line)
    title = opening["title"].strip() if opening["title"] is not None else None
    name = known_name(opening["name"], callouts)
    if kind := _details_type(name, callouts):
        name, options = "details", {"type": kind} | options
    return Block(name, title, options, Inside(first, close_line), start_line, close_line + closed)


def _options(state: StateBlock, start: int, end: int) -> tuple[int, dict[str, Any]]:
    """Return the first line of the content and the options that stand before it."""
    stop = start
    while stop < end and not state.isEmpty(stop) and state.is_code_block(stop):
        stop += 1
    source = state.getLines(start, stop, state.blkIndent + 4, False)
    if not source or len(source) > _LONGEST_OPTIONS:
        return start, {}
    try:
        # The loader written in Python: it raises where the other one ends the process.
        options = yaml.load(source, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return start, {}
    if not isinstance(options, dict) or not options.keys() <= _OPTIONS:
        return start, {}
    return stop, options


def _container(block: Block) -> Container:
    name, title, kind = block.name, block.title, block.options.get("type")
    attributes = _scalars(block.options.get("attrs"))
    fold: Fold | None = None
    if "open" in block.options or name == "details":
        fold = "open" if block.options.get("open") is True else "closed"
    if name in ("admonition", "details") and isinstance(kind, str) and kind:
        name = kind.lower()
    elif name == "admonition":
        name, title = "note", title or ""
    if title == "":
        attributes["title"] = ""
    return Container(name=name, label=title or None, attributes=attributes, fold=fold)


def _scalars(mapping: object) -> dict[str, str]:
    """Return what HTML attributes may be made of; lists can hold themselves, or grow without end."""
    pairs = mapping.items() if isinstance(mapping, dict) else ()
    return {str(key): str(value) for key, value in pairs if isinstance(value, str | int | float)}


def _tab_set(state: StateBlock, block: Block, end_line: int) -> list[Tab]:
    """Return a tab and those that follow it with nothing but blank lines between."""
    found = [_tab(block)]
    while True:
        line = state.skipEmptyLines(found[-1].stop)
        opening = _opening(state, line, end_line)
        if opening is None or opening["name"].lower() != "tab":
            return found
        if _options(state, line + 1, end_line)[1].get("new"):
            return found
        found.append(_tab(_read(state, opening, line, end_line)))


def _tab(block: Block) -> Tab:
    selected = block.options.get("select") is True
    return Tab(block.title or "", block.inside, block.start, block.stop, selected=selected)
