"""Asking only the rules that a character may begin gives the tokens that asking all of them does."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from coursekit.markdown import parser as parsing
from coursekit.markdown.ecosystem.abbreviations import abbreviations_plugin
from coursekit.markdown.ecosystem.definitions import definitions_plugin
from coursekit.markdown.ecosystem.highlights import highlights_plugin
from coursekit.markdown.ecosystem.markdown_in_html import markdown_in_html_plugin
from coursekit.markdown.options import Options
from tests.conftest import ROOT

_PLUGINS = frozenset({abbreviations_plugin, definitions_plugin, highlights_plugin, markdown_in_html_plugin})
_EXAMPLES = [
    case["markdown"]
    for case in json.loads((ROOT / "tests/cases/markdown/commonmark_0.31.2.json").read_text(encoding="utf-8"))
]
# What begins a rule, and what stands around it.
_PIECES = (
    "\n", "\n\n", " ", "    ", "\t", "a", "é", "1", "12.", "1)", "-", "- ", "+ ", "* ", "***", "_a_",
    "__", "---", "===", "#", "## b", "> ", "[!NOTE]", "```", "~~~", "~~", "$", "$$", "$x$", "[", "]",
    "(a)", "[a]: b", "[^1]", "[^1]: c", "!", "![", "!!! note", "???", ":::", ":::tip", "/// tab", ": d",
    "<", "<div>", "<div markdown>", ">", "<b>", "<!--", "-->", "`", "``", "\\", "&amp;", "&", "{", "{#e}",
    "=", "==f==", "*[HTML]: g", "www.h.fr", "@", "_i@j.fr", "https://k.fr", "|", "|l|\n|-|",
    "<http://m.fr>", "\\\n", "  \n", "\0", "\r\n",
)  # fmt: skip


def unsorted(plugins: frozenset[parsing.Plugin]) -> MarkdownIt:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parsing, "sort_rules", lambda md: None)
        return parsing.parser.__wrapped__(plugins)


def tokens(md: MarkdownIt, text: str) -> list[Any]:
    env: dict[str, Any] = {"options": Options(), "problems": [], "origins": [], "abbreviations": {}}
    found = [token.as_dict() for token in md.parse(text, env)]
    return [*found, {"told": env["problems"], "abbreviations": env["abbreviations"]}]


_PLAIN = unsorted(_PLUGINS)


@pytest.mark.parametrize("plugins", [frozenset(), _PLUGINS], ids=["alone", "with plugins"])
def test_examples_give_the_same(plugins: frozenset[parsing.Plugin]) -> None:
    plain, quick = unsorted(plugins), parsing.parser(plugins)
    assert [text for text in _EXAMPLES if tokens(plain, text) != tokens(quick, text)] == []


@given(st.lists(st.sampled_from(_PIECES), max_size=12).map("".join))
def test_any_text_gives_the_same(text: str) -> None:
    assert tokens(_PLAIN, text) == tokens(parsing.parser(_PLUGINS), text)


def test_rules_that_cannot_begin_there_are_not_asked() -> None:
    asked: list[str] = []

    def rule(*_: object) -> bool:
        asked.append("heading")
        return False

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parsing, "commonmark_parser", lambda: _with_heading(rule))
        md = parsing.parser.__wrapped__(frozenset())
    tokens(md, "a\nb\n\n1. c\n")
    assert asked == []
    tokens(md, "# a\n")
    assert asked == ["heading"]


def _with_heading(rule: Any) -> MarkdownIt:
    md = _commonmark()
    md.block.ruler.at("heading", rule, {"alt": ["paragraph"]})
    return md


_commonmark = parsing.commonmark_parser
