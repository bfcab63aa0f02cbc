"""The examples of the CommonMark Spec 0.31.2 (their licence stands beside them), as browsers read them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from markdown import Markdown

from coursekit.markdown import front_end
from coursekit.markdown.parser import commonmark_parser
from tests.conftest import ROOT
from tests.html_tree import tree

_EXAMPLES: list[dict[str, Any]] = json.loads(
    (ROOT / "tests/cases/markdown/commonmark_0.31.2.json").read_text(encoding="utf-8")
)
# What GFM's bare addresses link, and CommonMark shows as text.
_LINKED_BY_GFM = {
    608: "an address between blanks is one, even in `< https://foo.bar >`",
    611: "a bare `https://example.com`",
    612: "a bare `foo@bar.example.com`",
}
_ADDED = frozenset({"id"})  # headings get one


def _same(markdown: str, html: str) -> bool:
    shown = Markdown(extensions=["coursekit.markdown"]).convert(markdown)
    return tree(shown, without=_ADDED) == tree(html, without=_ADDED)


def test_the_examples_are_all_there() -> None:
    assert [case["example"] for case in _EXAMPLES] == list(range(1, 653))


def test_commonmark_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front_end, "parser", lambda plugins: commonmark_parser())
    assert [case["example"] for case in _EXAMPLES if not _same(case["markdown"], case["html"])] == []


def test_commonmark_as_on_the_site() -> None:
    differing = [case["example"] for case in _EXAMPLES if not _same(case["markdown"], case["html"])]
    assert differing == list(_LINKED_BY_GFM)
