"""All ways to write a container, and what looks like one but is none."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore

from coursekit import messages
from coursekit.markdown.containers.admonitions import admonition
from coursekit.markdown.containers.alerts import alerts_plugin
from coursekit.markdown.containers.content_tabs import content_tabs
from coursekit.markdown.containers.directives import directive
from coursekit.markdown.containers.slash_blocks import slash_block
from coursekit.markdown.slips import tell

# Every line of a paragraph is tried: its first character tells which rule may want it.
_RULES = {":": directive, "!": admonition, "?": admonition, "=": content_tabs, "/": slash_block}
OPENERS = "".join(_RULES)

_MARKS = ("!!!", "???", "===", "///")
# Most likely an opening line: its name or title is there, in another form than the right one.
_ADMONITION = re.compile(r" {0,3}(?:!!!|\?\?\?\+?)[ \t]*(?P<name>[\w-]+)")
_TAB = re.compile(r" {0,3}===[+!]*[ \t]+\S")
_BLOCK = re.compile(r" {0,3}/{3,}[ \t]*[\w-]+[ \t]*\|")
_INDENTED = re.compile(r" {4}|\t")


def dialects_plugin(md: MarkdownIt) -> None:
    """Read the containers of every dialect; none needs a blank line before it."""
    interrupts: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("fence", "container", _container, interrupts)
    alerts_plugin(md)
    md.core.ruler.after("block", "literal_containers", _tell_literal)


def _container(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    position = state.bMarks[start_line] + state.tShift[start_line]
    rule = _RULES.get(state.src[position : position + 1])
    return rule is not None and rule(state, start_line, end_line, silent)


def _tell_literal(state: StateCore) -> None:
    """Note a problem for each line of a paragraph that its author most likely meant to open a container."""
    for index, token in enumerate(state.tokens):
        if token.type != "inline" or token.map is None or not any(mark in token.content for mark in _MARKS):
            continue
        if state.tokens[index - 1].type != "paragraph_open":
            continue
        lines = token.content.split("\n")
        for offset, (text, below) in enumerate(zip(lines, [*lines[1:], ""], strict=True)):
            if message := _literal(text, below, state):
                tell(state.env, token.map[0] + offset, message)


def _literal(text: str, below: str, state: StateCore) -> str | None:
    """Return what to tell of a line that is followed by the line `below`."""
    if _BLOCK.match(text):
        return messages.stray_block(text.strip())
    if not _INDENTED.match(below):
        return None
    named = _ADMONITION.match(text)
    if _TAB.match(text) or (named and named["name"].lower() in state.env["options"].callouts):
        return messages.unquoted_title(text.strip())
    return None
