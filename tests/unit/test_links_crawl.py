"""The crawl of a built site: what it finds, how it is watched, to whom it tells it."""

from __future__ import annotations

import ast
import json
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.links.crawled import Crawled, DeadLink, Fault
from coursekit.links.registered import InternalLink, Registered, SitePage
from coursekit.links.reporting import inside
from coursekit.links.reporting.findings import InsideFinding
from coursekit.network.crawl import Crawl, crawl
from tests.cases_data import cases
from tests.conftest import ROOT

NOWHERE = Registered("")
GOOD = "<h2 id=but>B</h2><p id='été'>É</p><a name='nom'></a>"


def write(site: Path, files: Mapping[str, str]) -> Path:
    for name, body in files.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        is_page = name.endswith(".html")
        path.write_text(f"<!doctype html><meta charset=utf-8>{body}" if is_page else body, encoding="utf-8")
    return site


# -- what it finds ---


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    """One crawl of a page for each case."""
    rows = json.loads((ROOT / "tests/cases/links/crawl.json").read_text(encoding="utf-8"))
    files = {
        "index.html": "<a href=bonne/>a</a>",
        "bonne/index.html": GOOD,
        "étape 2/index.html": "",
        "fichiers/a b.png": "",
        "fichiers/plan.svg": "<svg/>",
    }
    files |= {f"cas-{number}/index.html": row["body"] for number, row in enumerate(rows)}
    found = crawl(write(tmp_path_factory.mktemp("crawled"), files), NOWHERE)
    assert not found.cut
    assert found.pages == len(rows) + 3
    return found


@cases("links/crawl")
def test_what_a_page_asks_for(case: dict[str, Any], crawled: Crawl) -> None:
    rows = json.loads((ROOT / "tests/cases/links/crawl.json").read_text(encoding="utf-8"))
    page = f"cas-{[row['label'] for row in rows].index(case['label'])}/"
    expected = [[text.replace("{page}", page) for text in row] for row in case.get("found", [])]
    found = [[one.url, one.text, one.message] for one in crawled.findings if one.page == page]
    assert sorted(found) == sorted(expected)


def test_what_a_style_sheet_asks_for(tmp_path: Path) -> None:
    site = write(
        tmp_path,
        {
            "index.html": "<link rel=stylesheet href=css/a.css>",
            "css/a.css": "@font-face { src: url('../police.woff2') } p { background: url(b.png) }",
            "css/b.png": "",
        },
    )
    (found,) = crawl(site, NOWHERE).findings
    assert (found.page, found.url, found.message) == (
        "css/a.css",
        "police.woff2",
        "police introuvable « police.woff2 »",
    )


def test_pages_that_no_page_leads_to_are_read_too(tmp_path: Path) -> None:
    site = write(tmp_path, {"index.html": "", "404.html": "<img src=/logo.png>", "à part.html": "<a href=b>"})
    found = crawl(site, NOWHERE)
    assert [(one.page, one.url) for one in found.findings] == [
        ("%C3%A0%20part.html", "b"),
        ("404.html", "logo.png"),
    ]


def test_a_site_below_the_root_of_its_host(tmp_path: Path) -> None:
    body = "<a href=/cours/a/>a</a> <a href=/cours/b/>a</a> <a href=/autre-site/>a</a>"
    site = write(tmp_path, {"index.html": "", "a/index.html": "", "404.html": body})
    found = crawl(site, Registered("", root="/cours/"))
    assert [(one.page, one.url) for one in found.findings] == [("404.html", "b/")]


def test_no_other_site_is_asked(tmp_path: Path) -> None:
    with counting_server() as (url, asked):
        body = (
            f"<a href={url}>a</a> <img src={url}a.png> <a href={url.replace('127.0.0.1', 'localhost')}>a</a>"
        )
        site = write(tmp_path, {"index.html": body})
        assert crawl(site, NOWHERE) == Crawl((), 1, "")
    assert asked == []


@contextmanager
def counting_server() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *args: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", asked
        server.shutdown()


def test_nothing_is_left_in_the_home_of_who_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "TMPDIR"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    (tmp_path / "home").mkdir()
    assert crawl(write(tmp_path / "site", {"index.html": ""}), NOWHERE) == Crawl((), 1, "")
    assert list((tmp_path / "home").iterdir()) == []


def test_a_site_that_is_not_built(tmp_path: Path) -> None:
    found = crawl(tmp_path / "site", NOWHERE)
    assert found.cut.endswith("construisez d'abord le site (make site)")


def test_a_page_that_is_too_large_to_read_is_told(tmp_path: Path) -> None:
    site = write(tmp_path, {"index.html": "<a href=énorme.html#but>a</a>", "énorme.html": ""})
    os.truncate(site / "énorme.html", 100 << 20)
    (found,) = crawl(site, NOWHERE).findings
    assert found.message == "fichier illisible « énorme.html#but » ; reconstruisez le site"


def test_an_endless_url_is_told_in_part(tmp_path: Path) -> None:
    site = write(tmp_path, {"index.html": f"<a href={'a' * 100_000}>a</a>"})
    (found,) = crawl(site, NOWHERE).findings
    assert found.url.startswith("aaaa")
    assert len(found.url) < 5000


def test_pages_that_nest_without_end(tmp_path: Path) -> None:
    site = write(tmp_path, {"index.html": f"{'<b>' * 20_000}<a href=x>{'<a href=y>' * 2000}"})
    assert [one.url for one in crawl(site, NOWHERE).findings] == ["x", "y"]


# -- how it is watched ---


def watched(tmp_path: Path, program: str, **bounds: float) -> tuple[Crawl, list[int]]:
    """Crawl with a child process of the test's own."""
    seen: list[int] = []
    site = write(tmp_path, {"index.html": ""})
    child = [sys.executable, "-c", f"import json, os, sys, time\nbase = sys.argv[1]\n{program}"]
    return crawl(site, NOWHERE, watch=seen.append, child=child, **bounds), seen


def test_what_was_told_before_a_silence_is_kept(tmp_path: Path) -> None:
    program = """
print(json.dumps({"checked": 1}))
print(json.dumps({"dead": [base, base + "a/", "texte", "missing", ""]}), flush=True)
time.sleep(60)"""
    start = time.monotonic()
    found, seen = watched(tmp_path, program, silence=1.0)
    assert time.monotonic() - start < 20
    assert found.cut == "vérification du site bloquée depuis 1 s ; des liens internes n'ont pas été vus"
    assert [(one.page, one.url, one.text) for one in found.findings] == [("", "a/", "texte")]
    assert seen == [1]


def test_a_child_that_never_ends_is_killed(tmp_path: Path) -> None:
    program = f"""
open({str(tmp_path / "pid")!r}, "w").write(str(os.getpid()))
while True: print('{{"checked": 1}}')"""
    found, _ = watched(tmp_path, program, seconds=1.0)
    assert found.cut == "vérification du site interrompue après 1 s ; des liens internes n'ont pas été vus"
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_a_child_that_fails_says_why(tmp_path: Path) -> None:
    found, _ = watched(tmp_path, "sys.exit('ModuleNotFoundError: linkcheck')")
    assert found == Crawl(
        (),
        1,
        "vérification du site arrêtée (code 1) : ModuleNotFoundError: linkcheck ; des liens internes n'ont "
        "pas été vus",
    )


def test_garbage_is_passed_over(tmp_path: Path) -> None:
    program = """
out = sys.stdout.buffer
out.write(b"\\xff\\x00\\n[]\\n{\\n{}\\n" + b"[" * 100_000 + b"\\n" + b"x" * 1_000_000 + b"\\n")
for row in (1, [], [1, 2, 3, 4, 5], ["a", "b", "c", "?", ""], {}, None): print(json.dumps({"dead": row}))
print(json.dumps({"checked": "deux"}))
print(json.dumps({"done": True}))"""
    assert watched(tmp_path, program) == (Crawl((), 1, ""), [])


def test_no_end_of_dead_links(tmp_path: Path) -> None:
    program = """
while True: print(json.dumps({"dead": ["", str(time.perf_counter()), "", "missing", ""]}))"""
    found, _ = watched(tmp_path, program)
    assert found.cut.startswith("vérification du site interrompue après 10000 liens cassés")


# -- to whom it tells it ---

REGISTERED = Registered(
    "",
    internal=(
        InternalLink("docs/tp/un.md", 3, "tp/img/absente.png", "Schéma", "tp/un/"),
        InternalLink("docs/tp/un.md", 9, "tp/img/absente.png", "Encore", "tp/un/"),
        InternalLink("docs/tp/un.md", 5, "tp/deux/#été", "suite", "tp/un/"),
        InternalLink("docs/tp/deux.md", 7, "", "accueil", "tp/deux/"),
    ),
    pages=(
        SitePage("", "docs/index.md", ""),
        SitePage("tp/un/", "docs/tp/un.md", "tp"),
        SitePage("tp/deux/", "docs/tp/deux.md", "tp"),
    ),
)


def told(*dead: DeadLink) -> Sequence[InsideFinding]:
    return inside.findings(dead, REGISTERED, ["index.html", "tp/un/index.html", "tp/deux/index.html"])


def places(*dead: DeadLink) -> list[tuple[str, int, str, str]]:
    return [(one.file, one.line, one.text, one.course) for one in told(*dead)]


def test_each_line_that_has_the_link_is_told() -> None:
    dead = DeadLink("tp/un/", "tp/img/absente.png", "alt", "missing")
    assert places(dead) == [("docs/tp/un.md", 3, "Schéma", "tp"), ("docs/tp/un.md", 9, "Encore", "tp")]


def test_urls_are_the_same_however_they_are_written() -> None:
    for target in ("tp/deux/#%C3%A9t%C3%A9", "tp/deux#été", "tp/deux/index.html?x=1#été"):
        assert places(DeadLink("tp/un/index.html", target, "", "anchor")) == [
            ("docs/tp/un.md", 5, "suite", "tp")
        ]
    assert places(DeadLink("tp/deux/", "index.html", "", "missing")) == [
        ("docs/tp/deux.md", 7, "accueil", "tp")
    ]


def test_what_no_source_has_written() -> None:
    assert places(DeadLink("tp/un/", "fond.png", "", "missing")) == [("docs/tp/un.md", 0, "", "tp")]
    assert places(DeadLink("etiquettes/", "a/", "a", "missing")) == [("", 0, "a", "")]


def test_what_the_theme_asks_for_on_each_page_is_told_once() -> None:
    (one,) = told(
        *(DeadLink(page, "logo.png", "", "missing") for page in ("tp/un/", "", "tp/deux/", "404.html"))
    )
    assert (one.file, one.page) == ("", "")
    assert one.message == "image introuvable « logo.png » (et sur 3 autres pages)"


def test_every_kind_of_fault_is_a_sentence() -> None:
    assert [one.message for one in told(DeadLink("", "tp/un/", "", "unreadable"))] == [
        "fichier illisible « tp/un/ » ; reconstruisez le site"
    ]
    assert [one.message for one in told(DeadLink("", "http://[", "", "malformed"))] == [
        "adresse mal formée « http://[ »"
    ]
    assert [one.message for one in told(DeadLink("", "autre/deux.html#x", "", "missing"))] == [
        "page introuvable « autre/deux.html#x » ; vouliez-vous dire « tp/deux/ » ?"
    ]


# -- in whichever order ---

TARGETS: Mapping[str, Fault | frozenset[str] | None] = {
    "a": "missing",
    "b": frozenset({"x", "été"}),
    "c": None,
    "d": "unreadable",
}


@given(st.data())
def test_the_order_of_a_crawl_changes_nothing(data: st.DataObject) -> None:
    links = data.draw(
        st.lists(
            st.tuples(
                st.sampled_from("pq"),
                st.sampled_from("abcd"),
                st.sampled_from(["", "x", "y", "%C3%A9t%C3%A9"]),
            )
        )
    )
    events: list[tuple[str, str, str] | str] = data.draw(st.permutations([*links, *TARGETS]))
    found: list[DeadLink] = []
    site = Crawled(found.append)
    for event in events:
        if isinstance(event, tuple):
            site.link(event[0], event[1], event[2], "")
        elif isinstance(answer := TARGETS[event], str):
            site.dead(event, answer)
        else:
            site.good(event, answer)
    expected = [
        (page, f"{target}#{fragment}" if fragment else target)
        for page, target, fragment in links
        if target in "ad" or (target, fragment) == ("b", "y")
    ]
    assert sorted((one.page, one.target) for one in found) == sorted(expected)


# -- where it is kept ---


def test_linkchecker_is_imported_by_its_own_process_only() -> None:
    """Its licence is the GPL: what imports it would be bound by that too."""
    importing = {
        path.relative_to(ROOT).as_posix()
        for folder in ("hooks", "scripts", "tests")
        for path in (ROOT / folder).rglob("*.py")
        if "linkcheck" in roots(path)
    }
    child = "hooks/coursekit/network/linkchecker_child.py"
    assert importing == {child}
    naming = {
        path.name for path in (ROOT / "hooks").rglob("*.py") if "network.linkchecker_child" in imports(path)
    }
    assert not naming


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def roots(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imports(path)}
