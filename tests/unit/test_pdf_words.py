"""Every word that a page shows is in its PDF, as PDFium reads it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from coursekit.pdf import messages
from coursekit.pdf.chapters import Options
from coursekit.pdf.measures import PAPERS
from coursekit.pdf.typesetting import Typeset
from tests.cases_data import cases, labelled
from tests.pdf.books import made, site
from tests.pdf.words import beyond_margins, chapter_texts, coverage, missing

_NAME = "pdf_words"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Typeset:
    """Return all cases, set as chapters of one book."""
    return made(*site(*map(_html, labelled(_NAME).values())), tmp_path_factory.mktemp("press"))


@pytest.fixture(scope="module")
def texts(book: Typeset) -> Mapping[str, str]:
    return dict(zip(labelled(_NAME), chapter_texts(book.pdf), strict=True))


def test_no_passage_has_to_be_set_plainly(book: Typeset) -> None:
    told = {problem.message for problems in book.problems.values() for problem in problems}
    assert messages.block_not_set() not in told


@cases(_NAME)
def test_words_of_the_page_are_in_the_pdf(case: dict[str, Any], texts: Mapping[str, str]) -> None:
    found = coverage(_html(case), texts[case["label"]])
    assert found.words
    assert found.lost == ()


@pytest.mark.parametrize("paper", ["a4", "a5", "letter"])
def test_no_word_stands_past_the_margin(paper: str, tmp_path: Path) -> None:
    contents = (_html(row) for label, row in labelled(_NAME).items() if "hundred" not in label)
    pdf = made(*site(*contents), tmp_path, Options(depth=0, paper=PAPERS[paper])).pdf
    assert beyond_margins(pdf, PAPERS[paper].margin) == []


@pytest.mark.parametrize(
    ("html", "text", "lost"),
    [
        ("<p>un deux trois</p>", "un deux trois", ()),
        ("<p>un deux trois</p>", "un trois", ("deux",)),
        ("<p>un deux trois</p>", "un trois deux", ("trois",)),
        ("<p>sous-sol l'an</p>", "sous\x02\r\nsol l'\r\nan", ()),
        ("<p>sous-sol</p>", "sous sol", ("sous-sol",)),
        ("<p>longue/adresse</p>", "longue/\nadr\nesse", ()),
        ("<p>ab</p>", "xaby", ("ab",)),
        ("<p>un<br>deux</p><p hidden>x</p>", "un\ndeux", ()),
        ("<p>a == b</p>", "a b", ("==",)),
    ],
)
def test_the_measure_sees_what_is_lost(html: str, text: str, lost: tuple[str, ...]) -> None:
    assert coverage(html, text).lost == lost


def test_words_that_a_pdf_adds_lose_nothing() -> None:
    words = [f"mot{number}" for number in range(500)]
    assert missing(words, ["page", *words[:250], "2", "/", "9", *words[250:]]) == []


def _html(case: dict[str, Any]) -> str:
    times = case.get("times", 0)
    if case["html"] == "@nested":
        opened = "".join(f"{case['open']}{number}" for number in range(times))
        return f"{opened}{case['close'] * times}"
    if case["html"] == "@row":
        cells = "".join(f"<td>{case['cell']}{number}</td>" for number in range(times))
        return f"<table><tr>{cells}</tr></table>"
    return str(case["html"])
