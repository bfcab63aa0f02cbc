"""Formulas: what is one, what it becomes, what is said of one that cannot be read."""

from __future__ import annotations

import re
import time
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from coursekit.markdown.mathematics import tex, tex_names
from tests.cases_data import cases
from tests.rendering import render


def parse(html: str) -> Element:
    root: Element = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return root


def formulas(root: Element) -> list[Element]:
    return [element for element in root.iter() if element.tag.endswith("}math") or element.tag == "math"]


def source(formula: Element) -> str:
    annotation = next(element for element in formula.iter() if element.tag.endswith("annotation"))
    assert annotation.get("encoding") == "application/x-tex"
    return "".join(annotation.itertext())


def refusal(formula: str) -> str:
    try:
        tex.mathml(formula, display=False)
    except tex.BadFormula as bad:
        return bad.message
    return ""


@cases("markdown/mathematics")
def test_what_is_a_formula(case: dict[str, Any]) -> None:
    html, _ = render(case["markdown"])
    root = parse(html)
    found = formulas(root)
    assert [source(formula) for formula in found] == case["formulas"]
    displayed = case.get("display", [False] * len(found))
    assert [formula.get("display") == "block" for formula in found] == displayed
    if not found:
        shown = re.sub("\n+", "\n", "".join(root.itertext())).strip()
        assert shown == case["shown"]


def test_a_formula_that_cannot_be_read_is_shown_as_its_source() -> None:
    html, _ = render("a $\\foo<b>$ b\n\n$$\n\\foo & 1\n$$\n")
    root = parse(html)
    assert [code.text for code in root.iter("code")] == ["$\\foo<b>$", "$$\n\\foo & 1\n$$\n"]


def test_a_formula_in_a_sentence_stays_in_its_paragraph() -> None:
    root = parse(render("$x$\n\n$$\ny\n$$\n")[0])
    assert [element.tag.rpartition("}")[2] for element in root] == ["p", "math"]


def test_a_heading_is_named_by_the_formulas_source() -> None:
    md = Markdown(extensions=["coursekit.markdown", "toc"])
    html = md.convert("### Le $CO_2e$ & $a < b$\n\n![$x_1$](a.png)\n")
    (token,) = md.toc_tokens  # type: ignore[attr-defined]
    assert (token["id"], token["name"]) == ("le-co_2e--a--b", "Le CO_2e &amp; a &lt; b")
    assert 'alt="x_1"' in html
    assert "data-toc-label" not in html
    assert "data-toc-label" not in render("# $x$\n")[0]


@pytest.mark.parametrize("name", tex_names.COMMANDS)
def test_what_is_suggested_is_known(name: str) -> None:
    assert "commande inconnue" not in refusal(f"\\{name}")


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        (r"1{,}5", "1,5"),
        (r"\text{débit} = 50 %", "débit=50%"),
        (r"\pgcd(a,b)", "pgcd\u2061(a,b)"),
        (r"\mbox{si} \Q", "siℚ"),
        (r"\sum_{\substack{i=1 \\ j}} i", "∑i=1ji"),
        (r"\begin{split} a &= b \end{split}", "a=b"),
        ("x % dit\n+ 1", "x+1"),
        (r"a \\ b", "ab"),
    ],
)
def test_what_french_courses_write(formula: str, shown: str) -> None:
    (math,) = formulas(parse(tex.mathml(formula, display=True)))
    assert "".join(math[0][0].itertext()) == shown
    assert source(math) == formula


def test_line_ends_of_a_block_without_environment_are_kept() -> None:
    assert tex.mathml(r"a \\ b", display=True).count("<mtr>") == 2


_TEX = st.one_of(
    st.sampled_from([f"\\{name}" for name in tex_names.COMMANDS]),
    st.sampled_from([f"\\{end}{{{name}}}" for name in tex_names.ENVIRONMENTS for end in ("begin", "end")]),
    st.sampled_from([*"{}{}^_&[]()|x1,.'%#~$<>\"\\\n \x00\u2028é😀", "\\\\", "\\href", "\\def"]),
)


@given(st.lists(_TEX, max_size=15).map("".join), st.booleans())
def test_any_formula_is_shown_or_refused(formula: str, display: bool) -> None:
    try:
        root = parse(tex.mathml(formula, display=display))
    except tex.BadFormula as bad:
        line: int | None = bad.line
    else:
        line = None
        for element in root.iter():
            assert element is root or element.tag.rpartition("}")[2] in tex_names.ELEMENTS
            assert not {"href", "src", "id", "onclick"} & set(element.keys())
    assert line is None or 0 <= line <= formula.count("\n")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("$" + "{" * 100000 + "$ mot", id="braces"),
        pytest.param("$" + "\\sqrt" * 100000 + "$ mot", id="roots"),
        pytest.param("$\\def\\a{" + "\\sqrt" * 400 + "\\b}\\a$ mot", id="definitions"),
        pytest.param("$" + "{x^" * 900 + "x" + "}" * 900 + "$ mot", id="as deep as is read"),
        pytest.param("$x " * 50000 + "mot", id="open dollars"),
        pytest.param("$$ x\n" * 20000 + "mot", id="open blocks"),
        pytest.param("$$\n" * 20001 + "mot", id="blocks in a row"),
        pytest.param("$" + "%" * 100000 + "\n" + "%" * 100000 + "x$ mot", id="comments"),
        pytest.param("$" + "\\substack{" * 900 + "$ mot", id="stacks"),
        pytest.param("$\\" * 50000 + " mot", id="backslashes"),
        pytest.param("$\\foo$ " * 3000 + "mot", id="unknown commands"),
    ],
)
def test_hostile_formulas_neither_raise_nor_hang(text: str) -> None:
    start = time.process_time()
    assert "mot" in render(text)[0]
    assert time.process_time() - start < 10  # each takes less than one second
