"""GFM's extensions (specification 0.29: tables, task lists, strikethrough, bare addresses) and footnotes."""

from __future__ import annotations

from typing import Any

from tests.cases_data import cases
from tests.html_tree import tree
from tests.rendering import render


@cases("markdown/gfm")
def test_gfm(case: dict[str, str]) -> None:
    assert tree(render(case["markdown"])[0]) == tree(case["html"])


@cases("markdown/footnotes")
def test_footnotes(case: dict[str, Any]) -> None:
    html, document = render(case["markdown"])
    assert tree(html) == tree(case["html"])
    assert [(problem.line, problem.message) for problem in document.problems] == [
        (line, message) for line, message in case.get("problems", [])
    ]


def test_addresses_found_late_know_their_line() -> None:
    _, document = render("<www.a.fr>\n`b` [www.c.fr]\n\nd  \ne\\\n]https://f.fr et <g@h.fr\n[www.a.fr]\n")
    assert [(link.text, link.line) for link in document.links] == [
        ("www.a.fr", 1),
        ("www.c.fr", 2),
        ("https://f.fr", 6),
        ("www.a.fr", 7),
    ]


def test_a_stray_closing_tag_ends_no_later_address() -> None:
    assert render("a</a> www.a.fr <a>www.b.fr</a> www.c.fr\n")[1].links[0].url == "http://www.a.fr"
    assert [link.url for link in render("<a>www.b.fr</a> www.c.fr\n")[1].links] == ["http://www.c.fr"]


def test_a_text_alternative_may_hold_an_address() -> None:
    html, document = render("www.a.fr ![www.b.fr](c.png) www.d.fr\n")
    assert 'alt="www.b.fr"' in html
    assert [link.url for link in document.links] == ["http://www.a.fr", "c.png", "http://www.d.fr"]
