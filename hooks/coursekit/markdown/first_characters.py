"""Rules are tried only where a character stands that they can begin with.

markdown-it asks every rule at each line and at each mark in a text, a dozen each time, of which most say no
after a look at the first character. Here the character is looked at once, and tells whom to ask, in the same
order as ever. A rule that is named below must refuse any other character; one that is not named, such as a
plugin's, is asked everywhere.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from coursekit.markdown.containers.dialects import OPENERS
from coursekit.markdown.gfm.autolinks import TERMINATORS, is_plain

_BLOCKS = {
    "abbreviation": "*",
    "blockquote": ">",
    "container": OPENERS,
    "fence": "`~",
    "footnote_definition": "[",
    "heading": "#",
    "hr": "*-_",
    "html_block": "<",
    "list": "*+-" + string.digits,
    "markdown_in_html": "<",
    "math_block": "$",
    "reference": "[",
}
_INLINES = {
    "attribute_list": "{",
    "autolink": "<",
    "backticks": "`",
    "emphasis": "*_",
    "entity": "&",
    "escape": "\\",
    "footnote_mark": "[",
    "html_inline": "<",
    "image": "!",
    "link": "[",
    "mark": "=",
    "math_inline": "$",
    "newline": "\n",
    "strikethrough": "~",
}
# Where text ends; but an address may begin with `_`.
_NO_TEXT = TERMINATORS.replace("_", "")


Rules = list[Callable[..., bool]]


def sort_rules(md: MarkdownIt) -> None:
    """Have a parser, once it has all its rules, ask those that may want a character."""
    _sort(md.block.ruler, _BLOCKS, _ask_about_line)
    _sort(md.inline.ruler, _INLINES, _ask_about_mark)
    md.core.ruler.at("inline", _inline)


def _inline(state: StateCore) -> None:
    """Parse inlines, as markdown-it's own rule does; half of them are nothing but text."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        if token.children is None:
            token.children = []
        if not is_plain(token.content):
            state.md.inline.parse(token.content, state.md, state.env, token.children)
        elif token.content:
            token.children.append(Token("text", "", 0, content=token.content))


def _sort(ruler: Ruler[Any], starts: Mapping[str, str], asking: Callable[[_Sorted], Any]) -> None:
    """Put one rule in the place of each chain's; adding or switching another one undoes it."""
    names = dict(zip(map(id, ruler.getRules("")), ruler.get_active_rules(), strict=True))
    chains: dict[str, Rules] = ruler.__cache__ or {}
    ruler.__cache__ = {
        chain: [asking(_Sorted([(names[id(rule)], rule) for rule in rules], starts))]
        for chain, rules in chains.items()
    }


class _Sorted:
    """A chain's rules by the character that they may want."""

    def __init__(self, rules: Sequence[tuple[str, Callable[..., bool]]], starts: Mapping[str, str]) -> None:
        self.others: Rules = [rule for name, rule in rules if name not in starts]
        self.by_start: dict[str, Rules] = {
            character: [rule for name, rule in rules if _may_want(name, character, starts)]
            for character in set("".join(starts.values()) + _NO_TEXT)
        }


def _may_want(name: str, character: str, starts: Mapping[str, str]) -> bool:
    if name == "text":
        return character not in _NO_TEXT
    return name not in starts or character in starts[name]


def _ask_about_line(rules: _Sorted) -> Callable[[StateBlock, int, int, bool], bool]:
    by_start, others = rules.by_start, rules.others

    def ask(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        start = state.bMarks[start_line] + state.tShift[start_line]
        for rule in by_start.get(state.src[start : start + 1], others):
            if rule(state, start_line, end_line, silent):
                return True
        return False

    return ask


def _ask_about_mark(rules: _Sorted) -> Callable[[StateInline, bool], bool]:
    by_start, others = rules.by_start, rules.others

    def ask(state: StateInline, silent: bool) -> bool:
        for rule in by_start.get(state.src[state.pos], others):  # noqa: SIM110 - a generator takes longer
            if rule(state, silent):
                return True
        return False

    return ask
