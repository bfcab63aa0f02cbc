"""Images, aliases and attribute lists on a built site."""

from __future__ import annotations

import re

from tests.build.conftest import Build
from tests.unit.test_images import png

PAGE = """\
---
title: TP
---

## Schéma {#schema .large}

![un](img/a.png) ![deux](@assets/logo.svg "Le logo"){width=50}
<img src="@assets/logo.svg"> [le logo](@assets/logo.svg){.md-button} <a href="@assets/logo.svg">x</a>
![perdu](@assets/absent.png) ![ailleurs](@ailleurs/x.png)

## Schéma bis {#schema}

![abîmé](img/lfs.png) [brouillon](brouillon.md) [exclu](.prive.md)
"""
FILES = {
    "index.md": "# Accueil\n",
    "docker/tp.md": PAGE,
    "docker/brouillon.md": "# Brouillon\n",
    "docker/.prive.md": "# Privé\n",
    "docker/img/a.png": png(30, 20),
    "docker/img/lfs.png": b"version https://git-lfs.github.com/spec/v1\n",
    "assets/logo.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 40"/>',
}
DRAFTS = "\ndraft_docs: |\n  brouillon.md\n"


def test_images_have_their_size_and_aliases_their_folder(build: Build) -> None:
    built = build(FILES, more=DRAFTS)
    assert built.returncode == 0, built.log
    html = built.page("docker/tp")
    assert re.findall(r"<img[^>]*(?:a\.png|logo\.svg)[^>]*>", html) == [
        '<img alt="un" decoding="async" height="20" src="../img/a.png" width="30" />',
        '<img alt="deux" decoding="async" height="20" loading="lazy" src="../../assets/logo.svg" '
        'title="Le logo" width="50" />',
        '<img aria-label="Image sans description : logo" src="../../assets/logo.svg">',
    ]
    assert '<a class="md-button" href="../../assets/logo.svg">le logo</a>' in html
    assert '<a href="../../assets/logo.svg">x</a>' in html
    assert re.search(r'<h2 class="large" id="schema">', html)


def test_what_is_wrong_with_them_is_told_with_its_place(build: Build) -> None:
    built = build(FILES, more=DRAFTS)
    assert sorted(warning.partition(" ;")[0] for warning in built.warnings) == [
        "docs/docker/tp.md:11: l'identifiant « schema » est déjà donné à la ligne 5",
        "docs/docker/tp.md:13: image illisible « img/lfs.png »",
        "docs/docker/tp.md:13: « .prive.md » est exclu du site (exclude_docs dans mkdocs.yml, "
        "ou un nom qui commence par un point)",
        "docs/docker/tp.md:13: « brouillon.md » est un brouillon, absent du site",
        "docs/docker/tp.md:9: image introuvable « @ailleurs/x.png »",
        "docs/docker/tp.md:9: image introuvable « @assets/absent.png » (dans docs/ : « assets/absent.png »)",
    ]


def test_an_alias_that_cannot_be_one_stops_the_build(build: Build) -> None:
    settings = "\nextra: {course: {aliases: {'@assets': assets/}}}\n"
    built = build({"index.md": "# Accueil\n"}, more=settings)
    assert built.returncode != 0
    assert "« @assets » n'est pas un début de chemin tel que « @assets/ »" in built.log[-1]
