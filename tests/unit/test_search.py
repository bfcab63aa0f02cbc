"""What of a page can be searched, and how it is packed."""

from __future__ import annotations

import hashlib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from coursekit.search.index import Page, lots, pack, script
from coursekit.search.sections import Section, sections
from tests.cases_data import cases
from tests.conftest import ROOT
from tests.searching import unpack

_MINISEARCH = "03c27931eb603af1d3358579e9885eafdb6a2f5fa9929557b3e77d7e99d06d03"


@cases("search_sections")
def test_sections(case: dict[str, Any]) -> None:
    assert sections(case["html"]) == tuple(Section(*one) for one in case["sections"])


@given(st.text())
def test_any_text_has_a_first_section(text: str) -> None:
    first, *_ = sections(text)
    assert first.identifier == first.title == ""


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]))))
def test_what_is_packed_is_unpacked(texts: list[str]) -> None:
    page = Page("a/", "A", ("b",), "c", tuple(Section("d", "e", text) for text in texts))
    row = ["a/", "A", ["b"], "c", [["d", "e", text] for text in texts]]
    assert unpack(script([pack([page])])) == [row]
    assert unpack(script([pack([page]), pack([]), pack([page, page])])) == [row] * 3


@given(st.lists(st.text(), unique=True), st.text(), st.integers(0, 20))
def test_a_page_that_comes_changes_the_lots_around_it_alone(urls: list[str], new: str, place: int) -> None:
    more = [*urls[:place], new, *urls[place:]]
    before, after = (list(map(tuple, lots(some))) for some in (urls, more))
    assert [url for lot in before for url in lot] == urls
    assert len(set(after) - set(before)) <= 2


def test_an_empty_site_has_an_empty_index() -> None:
    assert unpack(script([])) == []


def test_surrogates_do_not_stop_a_build() -> None:
    assert unpack(script([pack([Page("a/", "\ud800", (), "", ())])]))[0][1] == "?"


def test_a_deep_page_is_read() -> None:
    assert sections("<div>" * 5000 + "fond")[0].text == "fond"


def test_minisearch_is_the_file_of_its_package() -> None:
    scripts = ROOT / "overrides" / "assets" / "javascripts"
    assert hashlib.sha256((scripts / "minisearch.js").read_bytes()).hexdigest() == _MINISEARCH
    assert _MINISEARCH in (scripts / "README.md").read_text("utf-8")
