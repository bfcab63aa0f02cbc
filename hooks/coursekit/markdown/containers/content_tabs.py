"""Content tabs (`=== "Titre"`, indented content) as a markdown-it block rule, and the tokens of any tabs.

The tokens have the tags and attributes of pymdownx.tabbed's alternate style, which Material draws: radio
buttons that the keyboard reaches, their labels, then one block for each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from coursekit import messages
from coursekit.markdown.containers.admonitions import indented, is_outside, split_title
from coursekit.markdown.containers.tokens import Inside, content, emit_inline, parse, starts_with
from coursekit.markdown.slips import tell

_OPENER = re.compile(r"===(?P<flags>\+!?|!\+?)?[ \t]+(?=\")")


class Tab(NamedTuple):
    """One tab of a set."""

    title: str  # Markdown
    inside: Inside
    start: int  # the opening line, 0-based
    stop: int  # the line after the last
    new: bool = False  # starts a set of its own
    selected: bool = False  # shown first


def content_tabs(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read `=== "Titre"`, `===!` (a new set) and `===+` (shown first)."""
    if not starts_with(state, start_line, "===") or not (tab := _tab(state, start_line, end_line)):
        return False
    if silent:
        return True
    tabs: list[Tab] = []
    while tab and not (tabs and tab.new):
        tabs.append(tab)
        if is_outside(state, tab.inside, end_line):
            tell(state.env, tab.start, messages.content_outside(content(state, tab.start).strip()))
        tab = _tab(state, state.skipEmptyLines(tab.stop), end_line)
    emit(state, tabs)
    return True


def _tab(state: StateBlock, line: int, end_line: int) -> Tab | None:
    if line >= end_line or state.sCount[line] < state.blkIndent or state.is_code_block(line):
        return None
    text = content(state, line)
    if not (match := _OPENER.match(text)):
        return None
    before, title = split_title(text[match.end() :])
    if before or title is None:
        return None
    inside = indented(state, line, end_line)
    flags = match["flags"] or ""
    return Tab(title, inside, line, inside.end, new="!" in flags, selected="+" in flags)


def emit(state: StateBlock, tabs: Sequence[Tab]) -> None:
    """Make the tokens of one set; its number and those of its tabs make identifiers unique in a page."""
    number = state.env["tab_sets"] = state.env.get("tab_sets", 0) + 1
    name = f"__tabbed_{number}"
    token = _open(state, "tabs", "tabbed-set tabbed-alternate", tabs[0].start, tabs[-1].stop)
    token.attrs["data-tabs"] = f"{number}:{len(tabs)}"
    shown = max((index for index, tab in enumerate(tabs) if tab.selected), default=0)
    for index in range(len(tabs)):
        button = state.push("tab_button", "input", 0)
        button.attrs = {"type": "radio", "name": name, "id": f"{name}_{index + 1}"}
        if index == shown:
            button.attrs["checked"] = "checked"
    _open(state, "tab_labels", "tabbed-labels", tabs[0].start, tabs[0].start + 1)
    for index, tab in enumerate(tabs):
        state.push("tab_label_open", "label", 1).attrs = {"for": f"{name}_{index + 1}"}
        emit_inline(state, tab.title, tab.start)
        state.push("tab_label_close", "label", -1)
    state.push("tab_labels_close", "div", -1)
    _open(state, "tab_blocks", "tabbed-content", tabs[0].start, tabs[-1].stop)
    for tab in tabs:
        _open(state, "tab", "tabbed-block", tab.start, tab.stop)
        parse(state, tab.inside)
        state.push("tab_close", "div", -1)
    state.push("tab_blocks_close", "div", -1)
    state.push("tabs_close", "div", -1)
    state.line = tabs[-1].stop


def _open(state: StateBlock, kind: str, classes: str, start: int, stop: int) -> Token:
    token = state.push(f"{kind}_open", "div", 1)
    token.attrs = {"class": classes}
    token.map = [start, stop]
    return token
