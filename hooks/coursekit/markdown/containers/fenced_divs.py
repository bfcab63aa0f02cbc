"""Pandoc's fenced divs (`::: {#id .class}`) and Quarto's callouts in them (`::: {.callout-tip}`).

https://pandoc.org/MANUAL.html#divs-and-spans, https://quarto.org/docs/authoring/callouts.html: a class
`callout-NAME`, or one that is a known name, makes the div a box; its title is the attribute `title`, else a
heading that comes first. A div of other classes has no box.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from markdown_it.rules_block import StateBlock

from coursekit.markdown.containers import tokens
from coursekit.markdown.containers.callouts import Callouts
from coursekit.markdown.containers.directive_attributes import fold_of, split_attributes
from coursekit.markdown.containers.tokens import Container, Inside

_OPENER = re.compile(r"(?P<colons>:{3,})[ \t\u00a0\u202f]*(?=\{)")
_CALLOUT = "callout-"
_KEPT = ("id", "class", "lang")
_HEADING_ATTRIBUTES = re.compile(r"[ \t]*\{:?[ \t]*[#.][^{}]*\}$")


class Div(NamedTuple):
    """The opening line of a div."""

    colons: int  # length of the fence
    attributes: dict[str, str]  # those of a div without box
    container: Container | None  # the box that it is, if any


def parse_opener(line: str, callouts: Callouts) -> Div | None:
    """Return the div that `line` (no indentation) opens, or None."""
    if not (match := _OPENER.match(line)):
        return None
    attributes, after = split_attributes(line[match.end() :])
    if not attributes or not attributes.keys() & {"id", "class"} or after.strip(": \t"):
        return None
    kept = {key: attributes[key] for key in _KEPT if key in attributes}
    return Div(len(match["colons"]), kept, _callout(attributes, callouts))


def _callout(attributes: dict[str, str], callouts: Callouts) -> Container | None:
    classes = attributes.get("class", "").split()
    named = next((name for name in classes if name.startswith(_CALLOUT) and name != _CALLOUT), None)
    named = named or next((name for name in classes if name in callouts), None)
    if named is None:
        return None
    classes.remove(named)
    given = {key: value for key, value in attributes.items() if key not in ("class", "title")}
    if classes:
        given["class"] = " ".join(classes)
    name, label = named.removeprefix(_CALLOUT), attributes.get("title", "").strip()
    return Container(name=name, label=label or None, attributes=given, fold=fold_of(attributes))


def emit(state: StateBlock, div: Div, inside: Inside, start: int, stop: int) -> None:
    """Make the tokens of a div that reaches from line `start` to the one before `stop`."""
    if div.container is not None:
        opening = len(state.tokens)
        tokens.emit(state, div.container, inside, start, stop)
        if div.container.label is None:
            _take_heading_as_label(state, opening)
        return
    token = state.push("div_open", "div", 1)
    token.map = [start, stop]
    token.attrs = dict(div.attributes)
    tokens.parse(state, inside)
    state.push("div_close", "div", -1)
    state.line = stop


def _take_heading_as_label(state: StateBlock, opening: int) -> None:
    """Make a heading right behind the token at `opening` the label of that container."""
    heading = state.tokens[opening + 1 : opening + 4]
    if heading[0].type != "heading_open":
        return
    state.tokens[opening].meta["labelled"] = True
    heading[0].type, heading[2].type = "directive_label_open", "directive_label_close"
    heading[0].tag = heading[2].tag = "p"
    heading[1].content = _HEADING_ATTRIBUTES.sub("", heading[1].content)
