"""The report of a night: what it says, in which order, and that nothing foreign takes it over."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from html5lib import parseFragment
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.dates import in_french
from coursekit.links.checking.results import Result, Verdict
from coursekit.links.history.ledger import Entry
from coursekit.links.history.night import advance
from coursekit.links.history.rows import UnusableFileError
from coursekit.links.registered import Occurrence
from coursekit.links.reporting import as_json, sarif
from coursekit.links.reporting.as_markdown import as_markdown
from coursekit.links.reporting.findings import (
    Counts,
    Finding,
    InsideFinding,
    Place,
    Report,
    Section,
    Warned,
    report,
)
from coursekit.links.reporting.junit import as_junit
from coursekit.links.reporting.known import known_verdicts
from coursekit.links.reporting.sarif import as_sarif
from coursekit.links.reporting.sentences import openable, printable
from tests.cases_data import cases
from tests.conftest import ROOT
from tests.rendering import render

DAY = date(2026, 11, 23)
URL = "https://example.org/a"
FILES = "https://github.com/o/r/blob/main/"
COUNTS = Counts(day=DAY, links=9, asked=4, ignored=1, requests=7, bytes=2_500_000)
SCHEMA = ROOT / "tests" / "schemas" / "sarif-2.1.0.json"


def finding(url: str = URL, section: Section = Section.NEW, **known: Any) -> Finding:
    dead = {"verdict": Verdict.BROKEN, "cause": "http-404", "evidence": "répond 404", "first_seen": DAY}
    return Finding(**{"url": url, "section": section, **dead, **known})


def place(url: str = URL, file: str = "docs/docker/tp.md", line: int = 3, **known: Any) -> Place:
    at = {"text": "texte", "page": "docker/tp/", "course": "docker"}
    return Place(**{"file": file, "line": line, "url": url, **at, **known})


def night(*findings: Finding, places: tuple[Place, ...] | None = None, **known: Any) -> Report:
    written = tuple(place(one.url) for one in findings) if places is None else places
    return Report(COUNTS, findings, written, **known)


def sarif_results(shown: Report) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = json.loads(as_sarif(shown))["runs"][0]["results"]
    return results


# -- values --------------------------------------------------------------------------------------------


def test_a_night_becomes_findings_with_all_their_places() -> None:
    results = [
        Result(url=f"https://{verdict}.example", verdict=verdict, cause="x", evidence="y", requests=2)
        for verdict in Verdict
    ]
    wanted = [result.url for result in results]
    first = advance({}, results, day=date(2026, 11, 22), wanted=wanted)
    second = advance(first.ledger, results, day=DAY, wanted=wanted)
    links = [Occurrence("docs/a.md", n, url, "t", "link", "a/", "") for n in (1, 2) for url in wanted]
    shown = report(second, links)
    assert {one.verdict.value: one.section.value for one in shown.findings} == {
        "broken": "new",
        "broken-anchor": "new",
        "timeout": "new",
        "redirected": "moved",
        "blocked": "blocked",
    }
    assert {one.line for one in shown.places if one.url == "https://broken.example"} == {1, 2}
    assert {one.url for one in shown.places} == {one.url for one in shown.findings}
    assert (shown.broken, shown.counts.asked, shown.counts.ignored, shown.counts.requests) == (3, 7, 1, 14)
    assert {one.section for one in report(first, links).findings} >= {Section.SUSPECT}


def test_what_most_readers_meet_comes_first() -> None:
    urls = [f"https://{name}.example" for name in ("leaf", "course", "home", "leaf-twice")]
    written = (
        place(urls[0], "docs/z/tp.md", page="z/tp/", course="z"),
        place(urls[1], "docs/b/index.md", page="b/", course="b"),
        place(urls[1], "docs/b/tp.md", page="b/tp/", course="b"),
        place(urls[2], "docs/index.md", page="", course=""),
        place(urls[3], "docs/z/tp.md", 1, page="z/tp/", course="z"),
        place(urls[3], "docs/z/tp.md", 9, page="z/tp/", course="z"),
    )
    shown = night(*map(finding, urls), places=written)
    told = [
        (course, file, [one.finding.url for one in located])
        for course, files in shown.section(Section.NEW)
        for file, located in files
    ]
    assert told == [
        ("", "docs/index.md", [urls[2]]),
        ("b", "docs/b/index.md", [urls[1]]),
        ("z", "docs/z/tp.md", [urls[3], urls[0]]),
    ]


@pytest.mark.parametrize(
    ("day", "today", "told"),
    [
        (date(2026, 11, 12), None, "12 novembre 2026"),
        (date(2026, 2, 1), None, "1er février 2026"),
        (date(2026, 8, 31), date(2026, 12, 1), "31 août"),
        (date(2025, 12, 31), date(2026, 1, 1), "31 décembre 2025"),
    ],
)
def test_dates_are_french(day: date, today: date | None, told: str) -> None:
    assert in_french(day, today=today) == told


# -- JSON ----------------------------------------------------------------------------------------------

_text = st.text(max_size=20) | st.sampled_from(["@octocat", "<b>", "](x)", "{0}", "\ud800", "a\nb", "\x00"])
_days = st.dates()
_findings = st.builds(
    Finding,
    url=_text,
    section=st.sampled_from(Section),
    verdict=st.sampled_from(Verdict),
    cause=_text,
    evidence=_text,
    status=st.none() | st.integers(0, 999),
    suggestion=st.none() | _text,
    archived=st.none() | _text,
    first_seen=_days,
    failing_since=st.none() | _days,
    last_good=st.none() | _days,
    failures=st.integers(0, 99),
)
_lines = st.integers(0, 99)
_places = st.builds(Place, file=_text, line=_lines, url=_text, text=_text, page=_text, course=_text)
_inside = st.builds(
    InsideFinding, file=_text, line=_lines, page=_text, url=_text, text=_text, message=_text, course=_text
)
_reports = st.builds(
    Report,
    st.just(COUNTS),
    st.lists(_findings, max_size=4, unique_by=lambda one: one.url).map(tuple),
    st.lists(_places, max_size=6).map(tuple),
    st.lists(_inside, max_size=3).map(tuple),
    st.lists(st.builds(Warned, _lines, _text), max_size=2).map(tuple),
)


@settings(max_examples=30)
@given(_reports)
def test_json_brings_a_report_back(shown: Report) -> None:
    text = as_json.dump(shown)
    assert as_json.load(text.encode()) == shown


@settings(max_examples=30)
@given(_reports, st.integers(0, 400), st.binary(max_size=3))
def test_a_damaged_report_is_refused_or_read_and_nothing_else(shown: Report, at: int, by: bytes) -> None:
    data = as_json.dump(shown).encode()
    with suppress(UnusableFileError):
        as_json.load(data[:at] + by + data[at + 1 :])


# -- Markdown ------------------------------------------------------------------------------------------


def test_markdown_tells_place_text_address_evidence_and_mend() -> None:
    dead = finding(
        failing_since=date(2026, 11, 1),
        last_good=date(2026, 10, 30),
        failures=3,
        archived="https://web.archive.org/web/2026/https://example.org/a",
    )
    moved = finding(
        "http://m.example/", Section.MOVED, verdict=Verdict.REDIRECTED, suggestion="https://m.example/"
    )
    shown = night(dead, moved, places=(place(), place(file="docs/docker/b (1).md", line=7), place(moved.url)))
    text = as_markdown(shown, files=FILES)
    assert text.startswith("# Liens du cours : 1 lien cassé\n")
    assert f"« texte » → <{URL}>" in text
    assert f"[docs/docker/tp.md:3](<{FILES}docs/docker/tp.md?plain=1#L3>)" in text
    assert f"({FILES}docs/docker/b%20%281%29.md?plain=1#L7)" in text.replace("<", "").replace(">", "")
    assert "cassé depuis le 1er novembre 2026 (3 nuits de suite)" in text
    assert "copie archivée : <https://web.archive.org/web/2026/https://example.org/a>" in text
    assert "nouvelle adresse : <https://m.example/>" in text
    assert "12 novembre" not in as_markdown(night())
    assert "Rien à signaler" in as_markdown(night())


def hostile(text: str) -> Report:
    """Return a report whose every foreign field holds a text."""
    told = finding(text, evidence=text, suggestion=text, archived=text, cause=text)
    at = Place(f"docs/{text}.md", 3, text, text, text, text)
    inside = InsideFinding(f"docs/{text}.md", 3, text, text, text, text, text)
    return night(told, places=(at, replace(at, line=4)), inside=(inside,), warned=(Warned(1, text),))


@cases("links/report")
def test_foreign_text_shows_as_text_in_markdown(case: dict[str, str]) -> None:
    text = as_markdown(hostile(case["text"]), files=FILES)
    plain = as_markdown(hostile("simple"), files=FILES)
    text.encode()
    html, document = render(text)
    root = parseFragment(html, namespaceHTMLElements=False)
    made = [element.tag for element in root.iter() if isinstance(element.tag, str)]
    allowed = {element.tag for element in parseFragment(render(plain)[0], namespaceHTMLElements=False).iter()}
    assert set(made) <= allowed | {"code"}
    assert made.count("h2") == render(plain)[0].count("<h2")
    for link in document.links:
        assert link.url.startswith(FILES) or link.url == case["text"]
        assert link.kind == "link"
    for element in root.iter("code"):
        element.text = ""
    outside = "".join(root.itertext())
    assert not re.search(r"[@#]\w|\bGH-\d|\w://|\bwww\.", outside, re.IGNORECASE)


@settings(max_examples=30)
@given(_reports)
def test_markdown_never_raises_and_is_utf8(shown: Report) -> None:
    assert as_markdown(shown).encode()


@pytest.mark.parametrize("long", [10, 5_000])
def test_markdown_is_short_enough_for_github(long: int) -> None:
    urls = [f"https://{n}.example/{'a' * long}" for n in range(2_000)]
    shown = night(
        *map(finding, urls), inside=tuple(InsideFinding("f", 1, "p", u, u, u, "") for u in urls[:50])
    )
    text = as_markdown(shown)
    assert 50_000 < len(text) <= 60_000
    left_out = re.search(r"… et (\d+) autres, dans report.json\.\n$", text)
    assert left_out
    assert int(left_out[1]) + len(re.findall("^- ", text, re.MULTILINE)) == 2_050


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://example.org/é?a=b#ç", "`https://example.org/é?a=b#ç`"),
        ("https://github.com/o/r/issues/1", "`https://github.com/o/r/issues/1`"),
        ("https://GIST.github.com/x", "`https://GIST.github.com/x`"),
        ("https://me@example.org/", "`https://me@example.org/`"),
        ("javascript:alert(1)", "`javascript:alert(1)`"),
        ("https://example.org/#`x`", "`` https://example.org/#`x` ``"),
        ("https://example.org/@x", "<https://example.org/@x>"),
    ],
)
def test_addresses_that_could_call_somebody_are_code(url: str, written: str) -> None:
    assert f"→ {written}" in as_markdown(night(finding(url)))


# -- SARIF ---------------------------------------------------------------------------------------------


def test_sarif_is_valid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "_MOST", 3)  # of which one has more
    texts = [case["text"] for case in json.loads((ROOT / "tests/cases/links/report.json").read_text())]
    shown = {f"hostile-{n}": hostile(text) for n, text in enumerate(texts)}
    shown |= {
        "empty": night(),
        "sections": night(*(finding(f"https://{s}.example", s) for s in Section)),
        "too-many": night(*(finding(f"https://{n}.example") for n in range(4))),
        "no-line": night(finding(), places=(place(line=0),)),
    }
    for name, one in shown.items():
        (tmp_path / f"{name}.sarif").write_text(as_sarif(one), encoding="utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(SCHEMA)]
    files = map(str, sorted(tmp_path.iterdir()))
    checked = subprocess.run([*command, *files], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_sarif_tells_what_is_proven_at_each_of_its_places() -> None:
    shown = night(
        finding(),
        finding("https://t.example", Section.PERSISTENT, verdict=Verdict.TIMEOUT),
        finding("https://n.example#b", verdict=Verdict.BROKEN_ANCHOR),
        finding("http://m.example", Section.MOVED, verdict=Verdict.REDIRECTED),
        *(finding(f"https://{s}.example", s) for s in (Section.SUSPECT, Section.BLOCKED, Section.FIXED)),
        finding("https://nowhere.example"),
        places=(
            place(line=0),
            place(file="docs/été 1.md", line=8),
            place(file="docs/été 1.md", line=8, text="deux fois"),
            *(place(u) for u in ("https://t.example", "https://n.example#b", "http://m.example")),
        ),
        inside=(
            InsideFinding("", 0, "x/", "y", "", "z", ""),
            InsideFinding("f.md", 2, "x/", "y", "", "z", ""),
        ),
    )
    told = []
    for one in sarif_results(shown):
        [where] = one["locations"]
        physical = where["physicalLocation"]
        assert physical["artifactLocation"]["uriBaseId"] == "%SRCROOT%"
        told.append(
            (
                one["ruleId"],
                one["level"],
                physical["artifactLocation"]["uri"],
                physical["region"]["startLine"],
            )
        )
    assert sorted(told) == [
        ("broken", "error", "docs/%C3%A9t%C3%A9%201.md", 8),
        ("broken", "error", "docs/docker/tp.md", 1),
        ("broken", "error", "docs/docker/tp.md", 3),
        ("broken-anchor", "error", "docs/docker/tp.md", 3),
        ("inside", "error", "f.md", 2),
        ("redirected", "note", "docs/docker/tp.md", 3),
    ]


def test_sarif_follows_a_link_when_lines_move() -> None:
    def prints(*lines: int) -> list[str]:
        shown = night(finding(), places=tuple(place(line=line) for line in lines))
        return [one["partialFingerprints"]["primaryLocationLineHash"] for one in sarif_results(shown)]

    assert prints(3, 10) == prints(5, 90)
    assert len(set(prints(3, 10))) == 2
    other = sarif_results(night(finding("https://other.example")))
    assert other[0]["partialFingerprints"]["primaryLocationLineHash"] not in prints(3, 10)


def test_sarif_keeps_to_what_github_takes_and_says_so() -> None:
    moved = [finding(f"http://{n}.example", Section.MOVED, verdict=Verdict.REDIRECTED) for n in range(20)]
    broken = [finding(f"https://{n}.example/{'a' * 1_500}") for n in range(4_990)]
    text = as_sarif(night(*moved, *broken))
    run = json.loads(text)["runs"][0]
    assert [one["ruleId"] for one in run["results"]] == ["broken"] * 4_990 + ["redirected"] * 10
    [told] = run["invocations"][0]["toolExecutionNotifications"]
    assert "10 autres" in told["message"]["text"]
    assert all(len(one["message"]["text"]) <= 1_000 for one in run["results"])


@settings(max_examples=30)
@given(_reports)
def test_sarif_messages_hold_no_link_and_no_placeholder(shown: Report) -> None:
    for one in sarif_results(shown):
        text = one["message"]["text"]
        assert "](" not in text
        assert not re.search(r"(?<!\{)(?:\{\{)*\{\d", text)


# -- JUnit ---------------------------------------------------------------------------------------------


def test_junit_has_a_test_for_every_link_and_place() -> None:
    links = [
        Occurrence(f"docs/{f}.md", n, url, "t", "link", "a/", "")
        for n, (f, url) in enumerate(
            [("a", URL), ("a", "https://good.example"), ("b", URL), ("b", "https://s.example")], 1
        )
    ]
    suspect = finding("https://s.example", Section.SUSPECT)
    shown = night(
        finding(),
        suspect,
        finding("https://listed.example"),
        places=tuple(
            place(link.url, link.file, link.line, text="t", page="a/", course="") for link in links[2:]
        ),
        inside=(InsideFinding("docs/a.md", 9, "a/", "x.png", "", "image absente", ""),),
    )
    root = ElementTree.fromstring(as_junit(shown, links))
    told = {
        (test.get("file"), test.get("line"), test.get("name")): [child.tag for child in test]
        for test in root.iter("testcase")
    }
    assert told == {
        (None, None, "https://listed.example"): ["failure"],
        ("docs/a.md", "1", URL): ["failure"],
        ("docs/a.md", "2", "https://good.example"): [],
        ("docs/a.md", "9", "x.png"): ["failure"],
        ("docs/b.md", "3", URL): ["failure"],
        ("docs/b.md", "4", "https://s.example"): ["skipped"],
    }
    assert (root.get("tests"), root.get("failures"), root.get("skipped")) == ("6", "4", "1")
    assert [suite.get("tests") for suite in root] == ["1", "3", "2"]


@settings(max_examples=30)
@given(_reports)
def test_junit_is_xml_whatever_it_holds(shown: Report) -> None:
    root = ElementTree.fromstring(as_junit(shown).encode())
    assert len(list(root.iter("testcase"))) >= len(shown.findings) + len(set(shown.inside)) - len(
        shown.inside
    )


# -- at a build ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "told"),
    [
        (
            {"verdict": "broken", "status": 404, "reported": DAY, "failing_since": date(2026, 11, 12)},
            "lien cassé depuis le 12 novembre (404) : https://example.org/a",
        ),
        (
            {"verdict": "timeout", "reported": DAY, "failing_since": date(2025, 12, 1)},
            "lien cassé depuis le 1er décembre 2025 : https://example.org/a",
        ),
        (
            {"verdict": "redirected", "status": 301, "suggestion": "https://b.example/"},
            "lien déplacé : https://example.org/a, nouvelle adresse https://b.example/",
        ),
        ({"verdict": "redirected", "status": 301}, None),
        ({"verdict": "broken", "failing_since": DAY, "failures": 1}, None),
        ({"verdict": "blocked", "failing_since": DAY, "reported": DAY}, None),
        ({"verdict": "ok"}, None),
    ],
)
def test_a_build_tells_only_what_is_confirmed(known: dict[str, Any], told: str | None) -> None:
    known["verdict"] = Verdict(known["verdict"])
    entry = Entry(**{"url": URL, "cause": "x", "evidence": "y", "first_seen": DAY, **known})
    other = "https://never-asked.example"
    links = [
        Occurrence("docs/a.md", line, url, "t", kind, "a/", "")
        for line, url, kind in [(7, URL, "link"), (7, URL, "image"), (9, URL, "link"), (1, other, "link")]
    ]
    found = known_verdicts({URL: entry}, links, {URL, other}, DAY)
    lines = [problem.at(path) for path, problem in found]
    assert lines == ([f"docs/a.md:7: {told}", f"docs/a.md:9: {told}"] if told else [])
    assert known_verdicts({URL: entry}, links, {other}, DAY) == []  # ignored


# -- foreign text --------------------------------------------------------------------------------------


@given(st.text(), st.integers(2, 50))
def test_printable_text_is_one_short_line(text: str, most: int) -> None:
    shown = printable(text, most)
    assert shown.isprintable()
    assert len(shown) <= most
    if text.isprintable() and len(text) <= most and text == " ".join(text.split()):
        assert shown == text


@pytest.mark.parametrize(
    ("url", "opened"),
    [
        ("https://example.org/é", "https://example.org/%C3%A9"),
        ("HTTP://example.org", "http://example.org/"),
        ("javascript:alert(1)", None),
        ("java\tscript:alert(1)", None),
        ("data:text/html,x", None),
        ("//example.org", None),
        ("https://example.org/#\ud800", None),
        ("https://", None),
    ],
)
def test_only_addresses_of_the_web_can_be_opened(url: str, opened: str | None) -> None:
    assert openable(url) == opened
