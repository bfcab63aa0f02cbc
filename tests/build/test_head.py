"""The head of real pages: description, shared links, JSON-LD, policy."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from tests import building
from tests.build.conftest import Build

PAGES = {
    "index.md": '---\ndescription: Dire "bonjour" & <i>au revoir</i>\n---\n# Accueil\n',
    "docker/index.md": "---\ntitle: Docker\ndescription: Des conteneurs.\n---\n",
    "docker/tp.md": (
        "---\ntitle: TP <vector> & co\ntags: [docker, linux]\n"
        "license: © 2026 Ada, CC BY-SA 4.0\n---\n"
        "Dans ce TP, nous allons construire une image en plusieurs étapes.\n"
    ),
}


class _Head(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.metas: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self.first = ""  # the first name of a meta that is not its charset
        self.feed(html[: html.index("</head>")])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "meta" and (name := found.get("name") or found.get("property") or found.get("http-equiv")):
            assert name not in self.metas, name
            self.metas[name] = found["content"]
            self.first = self.first or name
        if tag == "link":
            self.links[found["rel"]] = found["href"]


def _json_ld(html: str) -> dict[str, Any]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert len(found) == 1
    told: dict[str, Any] = json.loads(found[0])
    return told


def test_pages_describe_themselves(tmp_path: Path) -> None:
    built = building.build(tmp_path, PAGES, "--strict", site_url="https://cours.example.net/")
    assert built.returncode == 0, built.log
    html = built.page("docker/tp")
    head = _Head(html)
    described = "Dans ce TP, nous allons construire une image en plusieurs étapes."
    assert head.first == "Content-Security-Policy", "it binds what comes behind it"
    assert head.metas["description"] == head.metas["og:description"] == described
    assert head.metas["og:title"] == "TP <vector> & co"
    assert head.metas["og:type"] == "article"
    assert head.metas["og:locale"] == "fr_FR"
    assert head.metas["author"] == "Ada"
    assert head.links["canonical"] == head.metas["og:url"] == "https://cours.example.net/docker/tp/"
    assert _json_ld(html) == {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "@id": "https://cours.example.net/docker/tp/",
        "url": "https://cours.example.net/docker/tp/",
        "name": "TP <vector> & co",
        "description": described,
        "inLanguage": "fr",
        "author": [{"@type": "Person", "name": "Ada"}],
        "license": "https://creativecommons.org/licenses/by-sa/4.0/",
        "copyrightNotice": "© 2026 Ada, CC BY-SA 4.0",
        "keywords": ["docker", "linux"],
        "isPartOf": {
            "@type": "Course",
            "@id": "https://cours.example.net/docker/",
            "url": "https://cours.example.net/docker/",
            "name": "Docker",
            "description": "Des conteneurs.",
            "inLanguage": "fr",
            "isAccessibleForFree": True,
            "provider": {"@type": "Organization", "name": "Cours"},
        },
        "isAccessibleForFree": True,
    }
    home = built.page(".")
    assert _Head(home).metas["description"] == 'Dire "bonjour" & <i>au revoir</i>'
    assert _json_ld(home)["@type"] == "WebSite"


def test_without_an_address_nothing_is_made_up(build: Build) -> None:
    head = _Head(build(PAGES).page("docker/tp"))
    assert "og:url" not in head.metas
    assert "canonical" not in head.links


def test_headers_of_the_author_stay(build: Build) -> None:
    built = build(PAGES | {"_headers": "/*\n  X-Robots-Tag: noindex\n"})
    assert (built.folder / "site" / "_headers").read_text() == "/*\n  X-Robots-Tag: noindex\n"
