"""The PDFs of a site: made by a build that is asked to, offered on its pages, kept till one changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from pypdf import PdfReader

from tests.building import Built, build
from tests.conftest import ROOT

PAGES = {
    "index.md": "# Accueil\n",
    "docker/index.md": "# Docker\n\n[Le TP](tp.md)\n",
    "docker/tp.md": """\
---
title: Premier conteneur
tags: [docker]
license: © 2025 Prénom Nom, CC BY-SA 4.0
---

## Lancer

Voir [la suite](#arrêter), [le cours](index.md), [l'accueil](../index.md) et [ailleurs](https://example.org/).

::::exo
Combien ?

:::correction
Quarante-deux.
:::
::::

## Arrêter

#### Trop profond
""",
}
TP = "docker/tp/"


def made(folder: Path, **options: object) -> Built:
    built = build(folder, PAGES, "--strict", with_pdf=True, site_url="https://cours.example/", **options)  # type: ignore[arg-type]
    assert built.returncode == 0, built.log
    return built


def text(file: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(file).pages)


def link(built: Built, url: str) -> str | None:
    """Return the URL of the PDF that a page offers, relative to the site's root."""
    _, found, rest = built.page(url).partition('<aside class="md-pdf"><a href="')
    return urljoin(url, rest.partition('"')[0]) if found else None


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return made(tmp_path_factory.mktemp("site"))


def test_a_page_offers_its_pdf(site: Built) -> None:
    assert link(site, TP) == "pdf/docker/tp.pdf"
    assert "Quarante-deux." in text(site.folder / "site/pdf/docker/tp.pdf")


def test_a_course_offers_its_own(site: Built) -> None:
    assert link(site, "docker/") == "pdf/docker.pdf"
    assert "Premier conteneur" in text(site.folder / "site/pdf/docker.pdf")


def test_the_reader_finds_title_tags_and_places(site: Built) -> None:
    pdf = PdfReader(site.folder / "site/pdf/docker/tp.pdf")
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Premier conteneur"
    root: Any = pdf.trailer["/Root"]
    assert root["/Lang"] == "fr"
    assert root["/MarkInfo"]["/Marked"].value
    targets = [
        annotation.get_object()["/A"].get("/URI")
        for page in pdf.pages
        for annotation in page.get("/Annots", [])
        if "/A" in annotation.get_object()
    ]
    uris = {uri for uri in targets if uri}
    # Its own page, pages that are not in this PDF, and another site.
    assert uris == {
        f"https://cours.example/{TP}",
        "https://cours.example/docker/",
        "https://cours.example/",
        "https://example.org/",
    }


def test_what_is_repaired_is_told_with_its_line(site: Built) -> None:
    line = PAGES["docker/tp.md"].splitlines().index("#### Trop profond") + 1
    assert any(
        f"docs/docker/tp.md:{line}: le titre « Trop profond » saute un niveau" in said for said in site.log
    )


def test_a_build_that_is_not_asked_offers_what_is_up_to_date(site: Built, tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()
    built = build(tmp_path, PAGES, "--strict", site_url="https://cours.example/")
    assert built.returncode == 0, built.log
    assert link(built, TP) is None
    made(tmp_path)
    edited = PAGES | {"docker/index.md": "# Docker\n\nPuis [le TP](tp.md).\n"}
    built = build(tmp_path, edited, "--strict", site_url="https://cours.example/")
    assert link(built, TP) == "pdf/docker/tp.pdf"
    assert link(built, "docker/") is None
    assert not (tmp_path / "site/pdf/docker.pdf").exists()


def test_only_what_has_changed_is_made_anew(tmp_path: Path) -> None:
    made(tmp_path)
    before = {file: file.stat().st_mtime_ns for file in (tmp_path / "build/pdf").rglob("*.pdf")}
    (tmp_path / "docs/docker/index.md").write_text("# Docker\n\nAutrement.\n", "utf-8")
    known = json.loads((tmp_path / "build/pdf/index.json").read_text("utf-8"))
    build(tmp_path, {}, with_pdf=True, site_url="https://cours.example/")
    after = {file: file.stat().st_mtime_ns for file in before}
    changed = {
        file.relative_to(tmp_path / "build/pdf").as_posix() for file in before if before[file] != after[file]
    }
    assert changed == {"docker/index.pdf", "docker.pdf"}
    assert set(known) == {"docker/index.pdf", "docker.pdf", "docker/tp.pdf", "index.pdf"}


def test_same_sources_same_bytes(site: Built, tmp_path: Path) -> None:
    elsewhere = tmp_path / "un autre dossier"
    elsewhere.mkdir()
    again = made(elsewhere)
    for file in (site.folder / "site/pdf").rglob("*.pdf"):
        assert (
            file.read_bytes()
            == (again.folder / "site/pdf" / file.relative_to(site.folder / "site/pdf")).read_bytes()
        )


def test_no_pdf(tmp_path: Path) -> None:
    built = made(tmp_path, edits={"    origin:": "    pdf: false\n    origin:"})
    assert link(built, TP) is None
    assert not (tmp_path / "site/pdf").exists()


def test_settings(tmp_path: Path) -> None:
    said = "    pdf: {offer: course, edition: student, paper: a5, answer_lines: 4}\n    origin:"
    built = made(tmp_path, edits={"    origin:": said})
    assert link(built, TP) is None
    pdf = tmp_path / "site/pdf/docker-etudiant.pdf"
    assert "Quarante-deux" not in text(pdf)
    assert round(float(PdfReader(pdf).pages[0].mediabox.width)) == 420


def test_the_home_page_offers_the_site(tmp_path: Path) -> None:
    built = made(tmp_path, edits={"    origin:": "    pdf: {offer: site}\n    origin:"})
    assert link(built, "") == "pdf/tout-le-site.pdf"
    assert link(built, TP) is None


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("{paper: a3}", "extra.course.pdf.paper : « a3 » est inconnu ; choisissez parmi a4, letter, a5"),
        ("{papier: a4}", "extra.course.pdf : la clé « papier » est inconnue"),
        ("oui", "extra.course.pdf doit être une liste de réglages"),
    ],
)
def test_settings_that_cannot_be_followed(tmp_path: Path, said: str, told: str) -> None:
    built = build(tmp_path, PAGES, edits={"    origin:": f"    pdf: {said}\n    origin:"})
    assert built.returncode != 0
    assert told in "\n".join(built.log).replace("\u00a0", " ")


def test_make_site_asks_for_pdfs() -> None:
    assert "COURSE_PDF=1" in (ROOT / "Makefile").read_text("utf-8")
