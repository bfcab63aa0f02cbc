"""What a real build tells the link checker, and what a crawl of that build finds, with the author's lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursekit.links.registered import InternalLink, Registered, SitePage, load
from coursekit.network.crawl import crawl
from tests import building
from tests.building import Built

HOME = """\
---
title: Accueil
tags: [réseau]
---
# Accueil

[Le TP](tp/un.md#but), [une ancre](tp/un.md#nulle) et [rien](absent.md).

![Schéma](tp/img/plan.png)

<p>
<a href="https://exemple.org/a">a</a>
<img src="https://exemple.org/i.png"
     srcset="img/petite.png, img/grande.png 2x" alt="Choix">
</p>

<iframe src="https://exemple.org/cadre"></iframe>

<video src="https://exemple.org/film.mp4" poster="affiche.jpg"></video>

<link rel="stylesheet" href="rien.css">

[IPv6](<https://[2001:db8::1]:8443/é>) <https://exemple.org/b%2Fc>
"""
EXERCISE = "# Un\n\n## But\n\n[accueil](../index.md) [ici](#but) ![](img/absente.png)\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    pages: dict[str, str | bytes] = {
        "index.md": HOME,
        "tp/un.md": EXERCISE,
        "tp/img/plan.png": b"",
        "à lire.md": "# À lire\n",
    }
    return building.build(tmp_path_factory.mktemp("register"), pages)


def register(built: Built) -> Registered:
    return load((built.folder / "build" / "links.json").read_bytes())


def test_external_links_have_their_lines(built: Built) -> None:
    links = register(built).links
    assert [(one.line, one.url, one.kind) for one in links if one.file == "docs/index.md"] == [
        (12, "https://exemple.org/a", "link"),
        (13, "https://exemple.org/i.png", "image"),
        (17, "https://exemple.org/cadre", "embed"),
        (19, "https://exemple.org/film.mp4", "embed"),
        (23, "https://[2001:db8::1]:8443/%C3%A9", "link"),
        (23, "https://exemple.org/b%2Fc", "link"),
    ]
    assert 'href="https://[2001:db8::1]:8443/%C3%A9"' in built.page("")


def test_internal_links_have_their_lines_dead_ones_too(built: Built) -> None:
    internal = register(built).internal
    assert InternalLink("docs/index.md", 7, "tp/un#nulle", "une ancre", "") in internal
    assert InternalLink("docs/index.md", 7, "absent.md", "rien", "") in internal
    assert InternalLink("docs/index.md", 9, "tp/img/plan.png", "Schéma", "") in internal
    assert InternalLink("docs/index.md", 13, "img/grande.png", "Choix", "") in internal
    assert InternalLink("docs/tp/un.md", 5, "", "accueil", "tp/un/") in internal
    assert InternalLink("docs/tp/un.md", 5, "tp/un/img/absente.png", "", "tp/un/") in internal


def test_pages_are_all_there_those_without_links_too(built: Built) -> None:
    pages = register(built).pages
    assert SitePage("", "docs/index.md", "") in pages
    assert SitePage("tp/un/", "docs/tp/un.md", "tp") in pages
    assert SitePage("%C3%A0%20lire/", "docs/à lire.md", "") in pages


def test_a_crawl_finds_what_is_dead_where_it_is_written(built: Built) -> None:
    found = crawl(built.folder / "site", register(built))
    assert not found.cut
    assert [(one.file, one.line, one.url) for one in found.findings] == [
        ("docs/index.md", 7, "absent.md"),
        ("docs/index.md", 7, "tp/un/#nulle"),
        ("docs/index.md", 13, "img/grande.png"),
        ("docs/index.md", 13, "img/petite.png"),
        ("docs/index.md", 19, "affiche.jpg"),
        ("docs/index.md", 21, "rien.css"),
        ("docs/tp/un.md", 5, "tp/un/img/absente.png"),
    ]


def test_a_sound_site_below_the_root_of_its_host(tmp_path: Path) -> None:
    pages = {"index.md": "# Accueil\n\n[é](été.md)\n", "été.md": "---\ntags: [a]\n---\n# Été\n"}
    built = building.build(tmp_path, pages, site_url="https://exemple.org/cours/")
    known = register(built)
    assert known.root == "/cours/"
    found = crawl(built.folder / "site", known)
    assert (found.findings, found.cut) == ((), "")
    assert found.pages == 5  # with the tag, the list of tags and the page of what is not found
