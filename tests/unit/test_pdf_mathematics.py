"""Formulas of the book: every character that the site shows, typeset as mathematics, whatever MathML says."""

from __future__ import annotations

import unicodedata
from html import escape
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coursekit.html_tree import Element, parse
from coursekit.markdown.mathematics import tex
from coursekit.pdf.mathematics.formulas import equation
from tests.cases_data import cases, labelled
from tests.pdf.books import made, site

_TAGS = (
    "mi", "mn", "mo", "mtext", "mrow", "mfrac", "msqrt", "mroot", "msup", "msub", "msubsup", "munder",
    "mover", "munderover", "mtable", "mtr", "mtd", "mspace", "mstyle", "menclose", "mphantom", "mpadded",
    "mmultiscripts", "mprescripts", "none", "semantics", "b", "script", "unknown",
)  # fmt: skip


def letters(text: str) -> str:
    """Return the letters and digits of a formula, whatever alphabet shows them: many signs are drawn."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(sorted(char for char in plain if char.isalnum() and unicodedata.category(char) != "Lm"))


def shown(math: Element) -> str:
    if math.tag in ("annotation", "mphantom"):
        return ""
    return "".join(child if isinstance(child, str) else shown(child) for child in math.children)


def pages(html: list[str], folder: Path) -> list[str]:
    """Return the text of each of some pages of a book."""
    pdf = pypdfium2.PdfDocument(made(*site(*html), folder).pdf)
    texts = [page.get_textpage().get_text_bounded() for page in pdf]
    pdf.close()
    return texts


@pytest.fixture(scope="module")
def typeset(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the text of each case's page, all in one book."""
    rows = labelled("pdf/mathematics")
    html = [f"<p>début</p>{tex.mathml(row['tex'], display=True)}<p>fin</p>" for row in rows.values()]
    return dict(zip(rows, pages(html, tmp_path_factory.mktemp("book"))[-len(html) :], strict=True))


@cases("pdf/mathematics")
def test_every_character_is_in_the_book(case: dict[str, str], typeset: dict[str, str]) -> None:
    math = parse(tex.mathml(case["tex"], display=True)).elements[0]
    text = typeset[case["label"]]
    formula = text[text.index("début") + 5 : text.rindex("fin")]
    assert letters(formula) == letters(shown(math))


def test_a_screen_reader_says_the_tex() -> None:
    math = parse(tex.mathml(r"\frac{a}{b}", display=False)).elements[0]
    assert equation(math, block=False).endswith(r'alt: "\\frac{a}{b}")')


def test_the_tex_is_no_code() -> None:
    math = Element("math", {"alttext": '"; #panic("x") \\'}, [Element("mi", {}, ['")#x'])])
    assert r'alt: "\"; #panic(\"x\") \\"' in equation(math, block=True)


trees = st.recursive(
    st.text("ax1+=()[]{}|→∑ √'\"#$\\é中", max_size=4).map(escape),
    lambda inner: st.builds(
        lambda tag, parts, style: f"<{tag} {style}>{''.join(parts)}</{tag}>",
        st.sampled_from(_TAGS),
        st.lists(inner, max_size=4),
        st.sampled_from(
            [
                "",
                'mathvariant="bold"',
                'stretchy="true"',
                'width="2em"',
                'notation="box"',
                'columnalign="left"',
            ]
        ),
    ),
    max_leaves=12,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(trees, min_size=20, max_size=20))
def test_any_mathml_is_set(tmp_path: Path, formulas: list[str]) -> None:
    html = "".join(f"<p>a<math>{one}</math>z</p><math display='block'>{one}</math>" for one in formulas)
    done = made(*site(html), tmp_path)
    told = [problem.message for problems in done.problems.values() for problem in problems]
    assert not [message for message in told if "ne peut composer" in message]
