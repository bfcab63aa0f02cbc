"""What a page's head says of it, and what stands in its HTML for browsers: pure engines."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coursekit.markdown.drawing_ids import unique_ids
from coursekit.pages import policy, start_tags
from coursekit.pages.annotations import annotate
from coursekit.pages.licences import holder
from coursekit.pages.schema_org import Described, json_ld
from coursekit.pages.summaries import LENGTH, shortened, summary
from tests.cases_data import cases
from tests.rendering import render


@cases("head/summaries")
def test_a_page_in_a_line(case: dict[str, Any]) -> None:
    assert summary(case["html"]) == case["summary"]


@example("0\r0", 1)
@given(st.text(), st.integers(min_value=1, max_value=300))
def test_a_summary_is_one_line_of_whole_words(text: str, length: int) -> None:
    found = shortened(text, length)
    assert len(found) <= length
    assert found == " ".join(found.split())
    if not found.endswith("…"):
        assert found == " ".join(text.split())


@given(st.text())
def test_any_content_has_a_summary(html: str) -> None:
    assert len(summary(html)) <= LENGTH


@cases("head/annotations")
def test_pages_are_annotated(case: dict[str, Any]) -> None:
    assert annotate(case["html"], frozenset({"cours.example.net"})) == case["annotated"]


_PIECES = [
    "<a ",
    'href="https://a.b"',
    "href='//c",
    '"',
    "'",
    ">",
    "<!--",
    "x",
    "<script>",
    "<h4 ",
    "</h4>",
    "<h2>",
    "<th>",
    "</th>",
    "</a>",
    "<img ",
    "<summary ",
]


@given(st.lists(st.sampled_from(_PIECES)).map("".join))
def test_annotations_are_all_that_is_added(html: str) -> None:
    added = r' (?:rel="noopener external"|aria-level="\d"|aria-label="[^"]+"|role="cell"|id="__pre_\d+")'
    assert re.sub(added, "", annotate(html)) == html


@given(
    st.lists(st.sampled_from([*_PIECES, "<p ", "<P>", "<span a=", "-->", "</script>", "<t", " "])).map(
        "".join
    )
)
def test_tags_that_are_passed_over_make_no_difference(html: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(start_tags, "_TAG_IN_VALUE", re.compile(""))  # each tag is looked at
        slowly = annotate(html)
    assert annotate(html) == slowly


@cases("head/drawing_ids")
def test_drawings_are_told_apart(case: dict[str, Any]) -> None:
    assert unique_ids(case["html"]) == case["unique"]


def test_the_front_end_tells_drawings_apart() -> None:
    drawing = '<svg viewBox="0 0 1 1"><g id="a"></g></svg>'
    html, _ = render(f"{drawing}\n\n{drawing}\n")
    assert re.findall(r'id="([^"]*)"', html) == ["a", "a-2"]


@pytest.mark.parametrize(
    ("rights", "name"),
    [
        ("© 2025 Tom Avenel under \U000f0d6b  BY-SA 4.0", "Tom Avenel"),
        ("© 2026 Ada, CC BY", "Ada"),
        ("(c) 2020-2024 Jean Dupont CC BY-SA", "Jean Dupont"),
        ("Copyright © 2021, Université de Lyon. Tous droits réservés", "Université de Lyon"),
        ("© 2019 Marie-Ève d'Aubigné sous licence CC BY-NC-SA 3.0 FR", "Marie-Ève d'Aubigné"),
        ("© Ada et Bob", "Ada et Bob"),
        ("CC BY 4.0", ""),
        ("Licence MIT", ""),
    ],
)
def test_whose_the_rights_are(rights: str, name: str) -> None:
    assert holder(rights) == name


def test_a_description_can_stand_in_a_page() -> None:
    hostile = "</script><script>alert(1)</script><!-- & »"
    text = json_ld(Described("LearningResource", hostile, course=Described("Course", "Cours", site="École")))
    assert not re.search("[<>&]", text)
    told = json.loads(text)
    assert told["name"] == hostile
    assert told["isPartOf"] == {
        "@type": "Course",
        "name": "Cours",
        "isAccessibleForFree": True,
        "provider": {"@type": "Organization", "name": "École"},
    }


def test_what_is_the_same_on_every_page_may_run() -> None:
    template = (
        "<script src='a.js'></script><script data-a='{{ a }}'>a()</script><script>var b = '{{ b }}'</script>"
    )
    assert list(policy.inline_scripts(template)) == ["a()"]
    allowed = policy.content_security_policy(["a()", "a()"])
    assert allowed.count("'sha256-") == 1
    scripts = next(part for part in allowed.split("; ") if part.startswith("script-src"))
    assert "unsafe" not in scripts
    assert policy.headers(allowed).startswith(
        f"/*\n  Content-Security-Policy: {allowed}; frame-ancestors 'self'\n"
    )
