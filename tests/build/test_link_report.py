"""What the last night left in build/ shows on the site and in the log of a build, and never stops one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from html5lib import parse

from coursekit.links.checking.results import Verdict
from coursekit.links.history import ledger
from coursekit.links.history.ledger import Entry
from coursekit.links.reporting import as_json
from coursekit.links.reporting.findings import Section
from tests.build.conftest import Build
from tests.searching import searched
from tests.unit.test_links_report import DAY, URL, finding, hostile, night, place

PAGES = {
    "index.md": "# Accueil\n",
    "docker/index.md": "# Docker\n",
    "docker/tp.md": f"---\ntitle: TP\n---\n\n[texte]({URL}) et [déplacé](http://m.example/)\n",
}
HOSTILE = "</title><script>alert(1)</script><img src=x onerror=alert(1)> {{ config }} \ud800"


def write_report(folder: Path, text: str) -> None:
    file = folder / "build" / "links-report" / "report.json"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")


def write_ledger(folder: Path) -> None:
    dead = Entry(
        url=URL,
        verdict=Verdict.BROKEN,
        cause="http-404",
        evidence="x",
        status=404,
        first_seen=DAY,
        reported=DAY,
        failing_since=DAY,
    )
    moved = Entry(
        url="http://m.example/",
        verdict=Verdict.REDIRECTED,
        cause="moved",
        evidence="x",
        suggestion="https://m.example/",
        first_seen=DAY,
    )
    (folder / "build").mkdir(exist_ok=True)
    (folder / "build" / "links-ledger.json").write_text(ledger.dump({one.url: one for one in (dead, moved)}))


def article(html: str) -> Element:
    """Return what a page shows beside its navigation."""
    found = parse(html, namespaceHTMLElements=False).find(".//article")
    assert found is not None
    return found


def test_the_report_is_a_page_beside_the_course(build: Build, tmp_path: Path) -> None:
    shown = night(
        finding(),
        finding("https://elsewhere.example", Section.BLOCKED, evidence="répond 403"),
        places=(
            place(text="le texte du lien"),
            place(file="docs/docker/zero.md", page="docker/zero/"),
            place("https://elsewhere.example", file="docs/index.md", page="", line=0),
        ),
    )
    write_report(tmp_path, as_json.dump(shown))
    built = build(PAGES, "--strict")
    assert built.returncode == 0, built.log
    html = built.page("rapport-liens")
    links = {"".join(link.itertext()): link.get("href") for link in article(html).iter("a")}
    assert links["ligne 3"] == "../docker/tp/"
    assert links["dans le fichier"] == "../."
    assert links[URL] == URL
    assert "docs/docker/zero.md:3" in html  # no page of the site any more: no link
    assert "docs/docker/zero.md:3" not in links
    assert "« le texte du lien »" in html
    assert '<meta name="robots" content="noindex">' in html
    site = built.folder / "site"
    for other in ("index.html", "docker/tp/index.html", "sitemap.xml"):
        assert "rapport-liens" not in (site / other).read_text(encoding="utf-8")
    assert not any("rapport-liens" in url for url in searched(site))
    assert "elsewhere" not in (built.folder / "build" / "links.json").read_text(encoding="utf-8")


def test_a_hostile_report_is_shown_as_text(build: Build, tmp_path: Path) -> None:
    shown = hostile(HOSTILE)
    [one] = shown.findings
    scripts = [replace(one, url=url) for url in ("javascript:alert(1)", "data:text/html,x", "../docker/")]
    places = tuple(place(script.url, page="javascript:alert(1)") for script in scripts)
    write_report(
        tmp_path, as_json.dump(replace(shown, findings=(one, *scripts), places=shown.places + places))
    )
    built = build(PAGES, "--strict")
    assert built.returncode == 0, built.log
    told = article(built.page("rapport-liens"))
    assert not {"script", "img"} & {element.tag for element in told.iter()}
    assert all((link.get("href") or "").startswith("#") for link in told.iter("a"))
    assert "<script>alert(1)</script>" in "".join(told.itertext())
    assert "{{ config }}" in "".join(told.itertext())


def test_what_cannot_be_read_is_told_and_passed_over(build: Build, tmp_path: Path) -> None:
    write_report(tmp_path, as_json.dump(night(finding()))[:-9])
    (tmp_path / "build" / "links-ledger.json").write_text(json.dumps({"schema": 99, "links": []}))
    built = build(PAGES, "--strict")
    assert built.returncode == 0, built.log
    told = [line.split("liens: ")[1] for line in built.log if "build/links" in line]
    assert [line.split(" : ")[:2] for line in told] == [
        ["build/links-report/report.json", "illisible, ignoré"],
        ["build/links-ledger.json", "illisible, ignoré"],
    ]
    assert not (built.folder / "site" / "rapport-liens").exists()


@pytest.mark.parametrize("name", ["rapport-liens.md", "rapport-liens/index.html"])
def test_an_authors_own_page_of_that_name_stays(build: Build, tmp_path: Path, name: str) -> None:
    write_report(tmp_path, as_json.dump(night(finding())))
    built = build({**PAGES, name: "La mienne\n"}, "--strict")
    assert built.returncode == 0, built.log
    assert "La mienne" in built.page("rapport-liens")


def test_last_known_verdicts_are_told_with_their_line(build: Build, tmp_path: Path) -> None:
    write_ledger(tmp_path)
    built = build(PAGES, "--strict")
    assert built.returncode == 0, built.log
    told = [line.split("liens: ")[1] for line in built.log if "docs/docker/tp.md:" in line]
    assert [line.split(" depuis ")[0] for line in told] == [
        "docs/docker/tp.md:5: lien cassé",
        "docs/docker/tp.md:5: lien déplacé : http://m.example/, nouvelle adresse https://m.example/",
    ]
    assert built.warnings == []
    (tmp_path / ".linkignore").write_text("example.org\nhttp://m.example\n")
    assert not [line for line in build(PAGES).log if "docs/docker/tp.md:" in line]
