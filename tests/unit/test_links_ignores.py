"""`.linkignore`: what its lines match, and what is said of those that cannot count."""

from __future__ import annotations

from datetime import date
from time import process_time
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from coursekit.links.checking.results import Result, Verdict
from coursekit.links.history.ignores import apply, parse
from coursekit.problem import Problem
from tests.cases_data import cases

TODAY = date(2026, 11, 23)


@cases("links/ignores")
def test_lines(case: dict[str, Any]) -> None:
    ignores, problems = parse(f"# first line\n{case['line']}\r\n")
    if "problem" in case:
        assert (ignores, problems) == ([], [Problem(2, case["problem"])])
    else:
        assert problems == []
        ignored = apply(ignores, [case["url"]], TODAY)
        assert [result.url for result in ignored.results] == [case["url"]] * case["matches"]
        assert list(ignored.asked) == [case["url"]] * (not case["matches"])


def test_an_ignored_link_says_which_line_and_why() -> None:
    ignores, _ = parse(
        "\ufeff# ma liste\n\nexample.org # jusqu'au 2027-01-31: en travaux\nexample.net\nexample.org/a\n"
    )
    ignored = apply(ignores, ["https://example.org/a", "https://example.net"], TODAY)
    assert ignored.results == (
        Result(
            url="https://example.net",
            verdict=Verdict.IGNORED,
            cause="ignored",
            evidence="ignoré par .linkignore:4",
        ),
        Result(
            url="https://example.org/a",
            verdict=Verdict.IGNORED,
            cause="ignored",
            evidence="ignoré par .linkignore:3 : en travaux",
        ),
    )
    assert ignored.problems == ()  # a line counts as used though another came first


def test_lines_that_expired_or_match_nothing_are_named() -> None:
    ignores, _ = parse(
        "https://old.example # jusqu'au 2026-10-31\nhttps://gone.example\nhttps://here.example\n"
    )
    ignored = apply(ignores, ["https://here.example/a", "https://old.example/"], TODAY)
    assert ignored.asked == ("https://old.example/",)
    assert [problem.at(".linkignore") for problem in ignored.problems] == [
        ".linkignore:1: « https://old.example » n'est plus ignoré depuis le 2026-11-01 ; "
        "repoussez la date ou supprimez la ligne",
        ".linkignore:2: « https://gone.example » ne correspond à aucun lien du cours ; "
        "supprimez la ligne ou corrigez l'adresse",
    ]


_CHARACTERS = st.sampled_from("a*/?#.:é%\\ \n^$\ud800h[") | st.characters()


@given(st.text(_CHARACTERS), st.lists(st.text(_CHARACTERS)))
def test_any_file_parts_any_links(text: str, urls: list[str]) -> None:
    ignores, problems = parse(text)
    assert len({ignore.line for ignore in ignores} | {problem.line for problem in problems}) == len(
        ignores
    ) + len(problems)
    ignored = apply(ignores, urls, TODAY)
    assert sorted([*ignored.asked, *(result.url for result in ignored.results)]) == sorted(set(urls))


def test_no_pattern_takes_long() -> None:
    ignores, _ = parse(f"https://example.org/{'*a' * 200}*b\n")
    started = process_time()
    assert apply(ignores, [f"https://example.org/{'a' * 100_000}"], TODAY).results == ()
    assert process_time() - started < 1
