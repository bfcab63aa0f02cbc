"""An author's mistake is one line that names file and line; the build goes on, and a strict one fails."""

from __future__ import annotations

import json
from pathlib import Path

from tests.build.conftest import Build

MISTAKES = {
    "index.md": "# Accueil\n",
    "docker/cours.md": "---\ntitle: Docker\n---\n\n## Volumes\n\n:::astuc\nNom inconnu.\n:::\n",
    "docker/tp.md": """\
---
title: TP
---

[page](../docker/cour.md) et [ancre](cours.md#volume)
![image](img/absente.png)
[ailleurs](/liens#kubernetes)

:::tip
Jamais fermée.
""",
    "docker/entete.md": "---\ntitle: TP : réseau\n---\n\nTexte.\n",
    "docker/port.md": "[adresse](https://exemple.org:80a/)\n",
    "docker/octets.md": b"# Un titre\n\n\x81\x8d\x00\x9d\x00\xff\xfe\x00\n",
}

EXPECTED = [
    "docs/docker/cours.md:7: directive inconnue « astuc »",
    "docs/docker/tp.md:5: lien introuvable « ../docker/cour.md » ; vouliez-vous dire « cours.md » ?",
    "docs/docker/tp.md:5: ancre introuvable « cours.md#volume » ; vouliez-vous dire « #volumes » ?",
    "docs/docker/tp.md:6: image introuvable « img/absente.png »",
    "docs/docker/tp.md:7: « /liens#kubernetes » ne mène à aucune page de docs/",
    "docs/docker/tp.md:9: la directive « tip » n'est pas fermée",
    "docs/docker/entete.md:2: en-tête ignoré : une valeur contient « : » ; mettez-la entre guillemets",
    "docs/docker/port.md:1: adresse mal formée « https://exemple.org:80a/ »",
    "docs/docker/octets.md",
]


def test_every_mistake_is_a_warning_with_its_place(build: Build) -> None:
    built = build(MISTAKES, origin="")
    assert built.returncode == 0
    for expected in EXPECTED:
        assert sum(expected in warning for warning in built.warnings) == 1, expected
    assert len(built.warnings) == len(EXPECTED), built.warnings
    assert "Jamais fermée." in built.page("docker/tp")
    assert "title: TP" not in built.page("docker/entete")
    assert "\ufffd" not in built.page("docker/octets")


def test_places_that_plugins_make_can_be_linked_to(build: Build) -> None:
    page = "---\ntags: [Docker]\n---\n\n[a](/etiquettes#tag:docker) [b](#bloc)\n\n```{.sh #bloc}\nls\n```\n"
    assert build({"index.md": page}).warnings == []


def test_an_origin_that_is_no_address_stops_the_build(build: Build) -> None:
    built = build({"index.md": "# Accueil\n"}, origin="www.exemple.org")
    assert built.returncode != 0
    assert "« www.exemple.org » n'est pas une adresse" in built.log[-1]


def test_mistakes_fail_a_strict_build(build: Build) -> None:
    built = build(MISTAKES, "--strict", origin="")
    assert built.returncode != 0


def test_a_page_without_mistakes_says_nothing(build: Build) -> None:
    built = build({"index.md": "# Accueil\n\n[ailleurs](/liens#kubernetes)\n"}, "--strict")
    assert built.returncode == 0
    assert built.warnings == []


def test_the_register_names_places_of_the_sources(build: Build) -> None:
    page = """\
---
title: TP
---
[a](https://exemple.org/1) <https://exemple.org/2>
![i](https://exemple.org/3.png) <a href="https://exemple.org/4">b</a> [c](/liens) [d](/docker/cours)
"""
    built = build({"docker/tp.md": page, "docker/cours.md": "# Cours\n"}, "--strict")
    assert built.returncode == 0, built.log
    register = json.loads((built.folder / "build/links.json").read_text(encoding="utf-8"))
    assert [(row["file"], row["line"], row["url"], row["kind"]) for row in register["links"]] == [
        ("docs/docker/tp.md", 4, "https://exemple.org/1", "link"),
        ("docs/docker/tp.md", 4, "https://exemple.org/2", "link"),
        ("docs/docker/tp.md", 5, "https://exemple.org/3.png", "image"),
        ("docs/docker/tp.md", 5, "https://exemple.org/4", "link"),
        ("docs/docker/tp.md", 5, "https://www.avenel.pro/liens", "link"),
    ]
    assert 'href="../cours/"' in built.page("docker/tp")
    assert any(
        "docs/docker/tp.md : d'un autre site, 1 image : https://exemple.org/3.png" in line
        for line in built.log
    )


def test_a_page_that_cannot_be_opened_is_told(build: Build, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/lien.md").symlink_to(tmp_path / "absent.md")
    built = build({"index.md": "# Accueil\n"})
    assert built.returncode == 0, built.log
    assert built.warnings == ["docs/lien.md: accès impossible (fichier introuvable)"]
    assert "illisible" in built.page("lien")


def test_a_dirty_build_leaves_the_register_alone(build: Build) -> None:
    pages = {"index.md": "[a](https://exemple.org/1)\n", "docker/index.md": "---\ntitle: D\n---\n"}
    register = build(pages, "--strict").folder / "build/links.json"
    before = register.read_bytes()
    built = build({"docker/tp.md": "[b](https://exemple.org/2)\n"}, "--dirty")
    assert built.returncode == 0, built.log
    assert register.read_bytes() == before
