"""What pages say of themselves: reading time, dates, licence, tags, lists, the feed, where to edit them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import PurePath
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.dates import build_day, is_older, read_date
from coursekit.markdown.front_matter import split
from coursekit.pages.atom import Item, feed
from coursekit.pages.licences import licence
from coursekit.pages.listing import Entry, destinations, leads_to_all
from coursekit.pages.reading_time import minutes
from coursekit.pages.repository import repository
from coursekit.pages.tags import gather, listing
from tests.cases_data import cases

ATOM = "{http://www.w3.org/2005/Atom}"


@cases("licences")
def test_licences_are_found_in_what_authors_write(case: dict[str, Any]) -> None:
    found = licence(case["text"])
    expected = case["expect"]
    assert (found and [found.name, found.url]) == expected
    if found:
        assert (found.before, found.after) == tuple(case.get("around", ["", ""]))
        assert found.marks[0] == "cc"


@given(st.text(alphabet="cCbBysanz0.4-/ \U000f0d6b", max_size=200))
def test_no_text_is_too_strange_for_a_licence(text: str) -> None:
    if found := licence(text):
        assert text.startswith(found.before)
        assert text.endswith(found.after)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", 1),
        ("<p>" + "mot " * 1000 + "</p>", 5),
        ("<p>" + "— · " * 1000 + "</p>", 1),  # no words
        (
            "<p>" + "mot " * 200 + "</p><pre><code>" + "ls -l\n" * 5000 + "</code></pre>",
            2,
        ),  # a log is skimmed
        ('<p>mot</p><details class="correction">' + "mot " * 5000 + "</details>", 1),
        ("<figure><svg><text>" + "mot " * 5000 + "</text></svg></figure>", 1),
        ("<p>mot</p>" + "<img>" * 10, 1),  # 12 + 11 + … + 4 + 3 = 75 seconds
        ("<p>mot</p>" + "<img>" * 30, 2),
    ],
)
def test_reading_takes_time(html: str, expected: int) -> None:
    assert minutes(html) == expected


def test_dates_of_front_matter() -> None:
    day = date(2026, 3, 1)
    for value in (day, datetime(2026, 3, 1, 8, tzinfo=UTC), "2026-03-01", " 2026-03-01T08:00:00Z "):
        assert read_date(value) == day
    for bad in ("hier", "", 2026, None, ["2026-03-01"]):
        assert read_date(bad) is None


def test_the_day_of_a_build() -> None:
    assert build_day({"SOURCE_DATE_EPOCH": "86400"}) == date(1970, 1, 2)
    for bad in ("", "x", "9" * 40):
        assert build_day({"SOURCE_DATE_EPOCH": bad}) == build_day({})


def test_what_is_over_two_years_old() -> None:
    today = date(2026, 3, 1)
    assert is_older(date(2024, 2, 29), 2, today)
    assert not is_older(date(2024, 3, 1), 2, today)


@pytest.mark.parametrize("key", ["verified", "vérifié", "verifiee"])
def test_the_day_of_a_check_in_front_matter(key: str) -> None:
    page = split(f"---\ntitle: a\n{key}: 2026-03-01\n---\n").with_usable_meta(lambda _: True)
    assert page.meta["verified"] == date(2026, 3, 1)
    bad = split(f"---\ntitle: a\n{key}: hier\n---\n").with_usable_meta(lambda _: True)
    assert "verified" not in bad.meta
    told = f"la clé « {key} » de l'en-tête doit être une date comme 2026-03-15, elle est ignorée"
    assert [problem.at("a.md") for problem in bad.problems] == [f"a.md:3: {told}"]


def test_spellings_of_a_tag_are_one() -> None:
    tags = gather([("a", ["Réseau", "C"]), ("b", ["réseau "]), ("c", ["RESEAU", "réseau", "C++", "C#"])])
    assert [(tag.name, tag.slug, tag.pages) for tag in tags] == [
        ("C", "c", ("a",)),
        ("C#", "c-diese", ("c",)),
        ("C++", "c-plus-plus", ("c",)),
        ("réseau", "reseau", ("a", "b", "c")),
    ]


@given(st.lists(st.text(max_size=80), max_size=12))
def test_any_tags_have_addresses_of_their_own(names: list[str]) -> None:
    tags = gather([("a", names)])
    slugs = [tag.slug for tag in tags]
    assert len(set(slugs)) == len(slugs)
    assert all(slug and "/" not in slug and "." not in slug for slug in slugs)
    assert gather([("a", reversed(names))]) == tags


def test_names_of_tags_are_text() -> None:
    html = listing((tag, "x/") for tag in gather([("a", ["<script>"])]))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_an_index_that_leads_to_all_pages() -> None:
    entries = (Entry("A", "c/a/"), Entry("F", entries=(Entry("B", "c/f/b/"),)), Entry("G", "c/g/"))
    html = '<a href="a/#x">a</a> <a href="http://[">?</a> <a href="/c/f/b/">b</a>'
    assert not leads_to_all(destinations(html), "c/", entries)
    assert leads_to_all(destinations(html + '<a href="../c/g/">g</a>'), "c/", entries)


@given(st.lists(st.tuples(st.text(), st.text(), st.dates().map(str)), max_size=60))
def test_a_feed_is_sound_and_the_same_each_time(pages: list[tuple[str, str, str]]) -> None:
    items = [
        Item(title, f"https://a.b/{number}/", f"{day}T08:00:00+00:00", summary=summary, tags=(title,))
        for number, (title, summary, day) in enumerate(pages)
        if day > "1970-01-02"
    ]
    text = feed("Site", "Ada", "https://a.b/", "https://a.b/atom.xml", items)
    assert text == feed("Site", "Ada", "https://a.b/", "https://a.b/atom.xml", reversed(items))
    if not items:
        assert text == ""
        return
    root = ElementTree.fromstring(text)
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == min(len(items), 50)
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
    days = [datetime.fromisoformat(entry.findtext(f"{ATOM}updated") or "") for entry in entries]
    assert days == sorted(days, reverse=True)
    assert root.findtext(f"{ATOM}updated") == entries[0].findtext(f"{ATOM}updated")


GITHUB = {
    "GITHUB_SERVER_URL": "https://github.com",
    "GITHUB_REPOSITORY": "ada/cours",
    "GITHUB_REF_TYPE": "branch",
    "GITHUB_REF_NAME": "main",
    "GITHUB_WORKSPACE": "/w",
}
GITLAB = {"CI_PROJECT_URL": "https://gitlab.com/ada/cours", "CI_COMMIT_BRANCH": "é", "CI_PROJECT_DIR": "/w"}


def test_continuous_integration_tells_where_pages_are_edited() -> None:
    docs = PurePath("/w/site/docs")
    on_github, on_gitlab = repository(GITHUB, docs), repository(GITLAB, docs)
    assert on_github
    assert (on_github.url, on_github.edit_uri) == ("https://github.com/ada/cours", "edit/main/site/docs/")
    assert on_gitlab
    assert (on_gitlab.url, on_gitlab.edit_uri) == (GITLAB["CI_PROJECT_URL"], "-/edit/%C3%A9/site/docs/")


@pytest.mark.parametrize(
    "environment",
    [
        {},
        GITHUB | {"GITHUB_REF_TYPE": "tag"},
        GITHUB | {"GITHUB_HEAD_REF": "idee"},
        GITHUB | {"GITHUB_WORKSPACE": "/elsewhere"},
        GITLAB | {"CI_COMMIT_BRANCH": ""},
    ],
)
def test_elsewhere_nothing_can_be_edited(environment: dict[str, str]) -> None:
    assert repository(environment, PurePath("/w/docs")) is None
