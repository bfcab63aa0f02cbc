"""GFM's extensions (specification 0.29: tables, task lists, strikethrough, bare addresses) and footnotes."""

from __future__ import annotations

from typing import Any

import pytest
from markdown import Markdown

from coursekit.markdown import Document
from tests.cases_data import cases
from tests.html_tree import tree


def _render(text: str, **settings: Any) -> tuple[str, Document]:
    documents: list[Document] = []
    settings["observers"] = [documents.append]
    md = Markdown(extensions=["coursekit.markdown"], extension_configs={"coursekit.markdown": settings})
    return md.convert(text), documents[0]


@cases("markdown/gfm")
def test_gfm(case: dict[str, str]) -> None:
    assert tree(_render(case["markdown"])[0]) == tree(case["html"])


@cases("markdown/footnotes")
def test_footnotes(case: dict[str, Any]) -> None:
    html, document = _render(case["markdown"], first_line=4)
    assert tree(html) == tree(case["html"])
    assert [(problem.line - 3, problem.message) for problem in document.problems] == [
        (line, message) for line, message in case.get("problems", [])
    ]


@pytest.mark.parametrize("text", ["<www.a.fr>", "a\n`b`\n[www.a.fr]\n", "a  \nb\\\n]https://a.fr"])
def test_addresses_found_late_know_their_line(text: str) -> None:
    _, document = _render(text)
    line = next(number for number, line in enumerate(text.split("\n"), 1) if "a.fr" in line)
    assert [(link.line, link.text) for link in document.links] == [(line, text.strip().strip("]a\\ b`<>[\n")[-12:].lstrip("\n[<]") )] or [
        link.line for link in document.links
    ] == [line]
