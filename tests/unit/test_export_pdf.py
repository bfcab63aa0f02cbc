"""The command `scripts/export_pdf.py`."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pypdf import PdfReader

from coursekit.pdf import book
from coursekit.pdf.book import Book, Course, Page
from coursekit.pdf.part import Part
from coursekit.pdf.typesetting import NotSetError, Typeset, typeset
from tests.loading import load_file

SCRIPT = Path(__file__).parents[2] / "scripts/export_pdf.py"
CORRECTION = '<details class="correction"><summary>Correction</summary><p>Quarante-deux.</p></details>'
BOOK = Book(
    "Cours",
    "https://cours.example/",
    (
        Course(
            "Docker",
            "docker",
            (
                Page("docs/docker/tp.md", "docker/tp/", "Premier conteneur", f"<p>Combien ?</p>{CORRECTION}"),
                Page("docs/docker/tp2.md", "docker/tp2/", "Réseau", '<p><a href="../tp/">Le premier</a></p>'),
            ),
        ),
        Course(
            "Été", "ete", (Page("docs/ete/a.md", "ete/a/", "Glaces", '<p>x</p><img src="nul.png" alt="Y">'),)
        ),
    ),
)


def test_a_book_takes_over_what_is_said_of_pages() -> None:
    keys = {page.source: f"clé {page.source}" for page in BOOK.pages}
    whole, places = book.dump_anew(BOOK, keys, b"", {})
    assert whole == book.dump(BOOK)
    course, *others = BOOK.courses
    first, last = course.pages
    changed = first._replace(html="<p>Autre chose.</p>")
    shorter = replace(BOOK, courses=(course._replace(pages=(last, changed)), *others))
    told: list[Page] = []

    def noted(page: Page, json: Callable[[Page], bytes] = book._page_json) -> bytes:
        told.append(page)
        return json(page)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(book, "_page_json", noted)
        anew, _ = book.dump_anew(shorter, keys | {first.source: "autre"}, whole, places)
    assert anew == book.dump(shorter)
    assert told == [changed]
    assert book.load(anew).pages[1].html == "<p>Autre chose.</p>"


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    module = load_file("scripts/export_pdf.py")
    monkeypatch.chdir(tmp_path)
    Path("build").mkdir()
    Path("build/book.json").write_bytes(book.dump(BOOK))
    return module


def text(file: str | Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(file).pages)


def test_a_page(command: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--page", "docs/docker/tp.md", "--output", "tp.pdf"]) == 0
    assert "Quarante-deux." in text("tp.pdf")
    assert capsys.readouterr().out.startswith("tp.pdf : ")
    assert sorted(path.name for path in Path().iterdir()) == ["build", "tp.pdf"]


@pytest.mark.parametrize("name", ["docker/tp.md", "docker/tp", "/docker/tp/", "docs/docker/tp.md"])
def test_names_of_a_page(command: ModuleType, name: str) -> None:
    assert command.main(["--page", name]) == 0
    assert Path("build/pdf/docker/tp.pdf").is_file()


@pytest.mark.parametrize("name", ["ete", "Été"])
def test_a_course(command: ModuleType, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--course", name, "--output", "livres"]) == 0
    assert "Glaces" in text("livres/ete.pdf")
    assert "docs/ete/a.md: image laissée hors du PDF" in capsys.readouterr().err


def test_editions(command: ModuleType) -> None:
    page = ["--page", "docker/tp", "--output", "x.pdf"]
    assert command.main([*page, "--edition", "student"]) == 0
    assert "Quarante-deux" not in text("x.pdf")
    assert command.main([*page, "--edition", "student", "--answer-lines", "40"]) == 0
    several = len(PdfReader("x.pdf").pages)
    assert command.main([*page, "--corrections", "at-end"]) == 0
    at_end = text("x.pdf")
    assert at_end.index("Corrections") < at_end.index("Quarante-deux.")
    assert several > 1


def test_all(command: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([]) == 0
    made = {path.relative_to("build/pdf").as_posix() for path in Path("build/pdf").rglob("*.pdf")}
    assert made == {
        "docker/tp.pdf", "docker/tp2.pdf", "ete/a.pdf", "docker.pdf", "ete.pdf", "tout-le-site.pdf"
    }  # fmt: skip
    assert "déjà à jour" not in capsys.readouterr().out
    assert command.main([]) == 0
    assert capsys.readouterr().out.count("déjà à jour") == len(made)


def test_json_stands_alone(command: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--course", "ete", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    (document,) = told["documents"]
    assert document["file"] == "build/pdf/ete.pdf"
    assert document["pages"] == told["pages"] == len(PdfReader("build/pdf/ete.pdf").pages)
    (warning,) = document["warnings"]
    assert warning["file"] == "docs/ete/a.md"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--page", "docs/docker/tp3.md"], "vouliez-vous dire « docs/docker/tp.md » ?"),
        (["--course", "Dcker"], "vouliez-vous dire « Docker » ?"),
        (["--paper", "a3"], "« a3 » est inconnu ; choisissez parmi a4, letter, a5"),
        (["--contents", "tous"], "« tous » n'est pas un nombre"),
        (["--edition", "student", "--corrections", "at-end"], "--corrections"),
        (["--output", "tout.pdf"], "plusieurs PDF ne tiennent pas dans « tout.pdf »"),
        (["--book", "ailleurs.json"], "« ailleurs.json » manque ; construisez d'abord le site"),
        (["--pages"], "option inconnue : --pages"),
    ],
)
def test_wrong_use(
    command: ModuleType, options: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        command.main(options)
    assert stopped.value.code == 2
    assert told in capsys.readouterr().err


def test_a_book_of_another_version(command: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    for content in ("", "[]", '{"schema": 0}', '{"schema": 1}', "\ud83d"):
        Path("build/book.json").write_bytes(content.encode("utf-8", "surrogatepass"))
        with pytest.raises(SystemExit) as stopped:
            command.main([])
        assert stopped.value.code == 2
        assert "reconstruisez le site" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written(command: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    Path("livres").write_text("", "utf-8")
    assert command.main(["--course", "ete", "--output", "livres"]) == 1
    assert "accès impossible" in capsys.readouterr().err


def test_what_typst_refuses_does_not_stop_the_rest(
    command: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(book: Book, part: Part, *rest: Any) -> Typeset:
        if part.title == "Réseau":
            raise NotSetError("bug")
        return typeset(book, part, *rest)

    monkeypatch.setattr(command.shelf, "typeset", refuse)
    assert command.main(["--page", "docker/tp", "--page", "docker/tp2"]) == 1
    assert {path.name for path in Path("build/pdf").rglob("*.pdf")} == {"tp.pdf"}
    assert "docs/docker/tp2.md: « docker/tp2.pdf » ne peut être composé (bug)" in capsys.readouterr().err
    assert command.main(["--page", "docker/tp2", "--output", "x.pdf", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["failed"] == ["x.pdf"]
    assert not Path("x.pdf").exists()


def test_the_command_itself(command: ModuleType) -> None:
    told = subprocess.run([sys.executable, SCRIPT, "--help"], capture_output=True, text=True, check=True)
    assert told.stdout.startswith("usage : export_pdf [--page PAGE")
