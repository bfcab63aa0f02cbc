"""Attribute lists: what they act on, and the braces that stay text."""

from __future__ import annotations

import re
from typing import Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases_data import cases
from tests.rendering import render


def attributes_of(braces: str) -> dict[str, str] | None:
    """Return the attributes that braces give to code right before them; None when they stay text."""
    html, _ = render(f"`code`{braces}")
    code = html5lib.parseFragment(html, namespaceHTMLElements=False).find("p/code")
    assert code is not None
    return None if code.tail else dict(code.attrib)


@cases("markdown/attributes")
@pytest.mark.parametrize("extensions", [(), ("attr_list",)], ids=["alone", "attr_list"])
def test_attribute_lists(case: dict[str, Any], extensions: tuple[str, ...]) -> None:
    """Python-Markdown's own extension of that name changes nothing: it would eat `{ clé }`."""
    assert render(case["markdown"], *extensions)[0] == case["html"]


@pytest.mark.parametrize(
    ("text", "attributes"),
    [
        ("{#a .b .c key=d}", None),
        ("{#a .b .c width=5% role='d e'}", {"id": "a", "class": "b c", "width": "5%", "role": "d e"}),
        ("{WIDTH=1 width=2}", {"width": "2"}),
        ("{title=\"\"}", {"title": ""}),
        ("{ONCLICK=x}", None),
        ("{data-x=1 aria-label=y}", {"data-x": "1", "aria-label": "y"}),
        ("{:}", None),
        ("{.a}}", None),
        ("{.a .b", None),
        (" {.a}", None),
    ],
)  # fmt: skip
def test_a_list_is_read_as_a_whole_or_not_at_all(text: str, attributes: dict[str, str] | None) -> None:
    assert attributes_of(text) == attributes


def test_an_identifier_given_twice_names_both_lines() -> None:
    text = """\
## Un {#ici}

:::tip{#là}
x
:::

> - ### Deux {#ici}

Un mot puis
`code`{#là} et
*autre*{#unique}

## ici
"""
    html, document = render(text)
    assert [(problem.line, problem.message) for problem in document.problems] == [
        (7, "l'identifiant « ici » est déjà donné à la ligne 1 ; choisissez-en un autre"),
        (10, "l'identifiant « là » est déjà donné à la ligne 3 ; choisissez-en un autre"),
    ]
    assert '<h2 id="ici-1">' in html, "a heading that chose nothing gives way"


_PIECES = st.sampled_from([
    "{", "}", "{.a}", "{#b}", "{: .c }", "{{", "}}", "{ x }", "{width=1}", "{title=\"", "*", "**", "`", "~~",
    "[", "](u)", "![", " ", "\n", "## ", "- ", "> ", "\\", "mot", "é",
])  # fmt: skip


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_braces_are_lists_or_text(text: str) -> None:
    """What is not a list that acts stays on the page, brace for brace."""
    html, _ = render(text)
    if re.search(r"[`!\[]|~~~", text):  # code, links and images hide text of their own
        return
    shown = "".join(html5lib.parseFragment(html, namespaceHTMLElements=False).itertext())
    lists = sum(attributes_of(braces) is not None for braces in re.findall(r"\{[^{}\n]*\}", text))
    assert text.count("{") - shown.count("{") <= lists


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("`mot`{" + ".a " * 20000, id="a list without end"),
        pytest.param('`mot`{title="' + "a" * 200000, id="a value without end"),
        pytest.param("`mot`" + "{.a}" * 20000, id="lists in a row"),
        pytest.param("mot " + "{.a " * 20000, id="open braces"),
        pytest.param("mot " + "**{.a}" * 5000, id="lists behind delimiters"),
        pytest.param("mot " + '{a="' * 20000, id="quotes"),
    ],
)
def test_hostile_lists_neither_raise_nor_hang(text: str) -> None:
    assert "mot" in render(text)[0]
