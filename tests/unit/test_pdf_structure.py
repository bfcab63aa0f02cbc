"""What other programs make of a PDF: its outline, its links, its tags, its fonts, what it says of itself."""

from __future__ import annotations

import base64
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pypdfium2
import pytest

from coursekit.pdf.book import Book, Course, Page
from coursekit.pdf.chapters import Options
from coursekit.pdf.part import Part
from tests.pdf.books import URL, digest, made
from tests.pdf.words import page_texts

# One black pixel.
_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
_FIRST = """<h1 id="début">Premier cours</h1><p>Voir <a href="../b/#fin">la fin</a>, <a
href="../b/">l'autre</a>, <a href="#détail">plus bas</a>, <a
href="../../ailleurs/#x">ailleurs</a>, <a href="fichier.zip">un fichier</a>, <a
href="https://example.org/a?b=1&amp;c=(2)">un site</a>, <a
href="mailto:a@example.org">écrire</a>, <a href="javascript:alert(1)">rien</a>, <a
href="../b/#inconnu">un endroit perdu</a>.</p> <h2 id="partie">Une partie</h2><h4 id="détail">Un
détail</h4><h5>Plus fin</h5><h2 id="vide"></h2> <h2>Du <code>code</code> &amp; 🎯
x<sup>2</sup></h2><h1>Un second titre</h1><h6>Profond</h6> <p><img src="image.png" alt="Une
image"><img src="image.png" alt=""> <math><mi>x</mi><mo>=</mo><mn>1</mn></math></p> <svg
width="300" height="200" aria-label="Un dessin"><rect width="30" height="20"/></svg>
<table><thead><tr><th>Tête</th><th>b</th></tr></thead><tbody><tr><td>case</td><td>d</td></tr></tbody></table>
<ul><li>un<ol><li>deux</li></ol></li></ul><blockquote><p>cité</p></blockquote><pre>code</pre>
<p>note<a class="footnote-ref" href="#fn:1">1</a></p><div class="footnote"><ol><li
id="fn:1"><p>Dessous</p></li></ol> </div><div class="admonition tip"><p
class="admonition-title">Astuce</p><p>dans la boîte</p></div>"""
_SECOND = '<h1>Second cours</h1><p>Au début.</p><h2 id="milieu">Milieu</h2><h3 id="fin">Fin</h3><p>Voilà.</p>'
_HEADINGS = [
    (1, "Cours"), (2, "Premier cours"), (3, "Une partie"), (4, "Un détail"), (5, "Plus fin"),
    (3, "Du code & 🎯 x2"), (3, "Un second titre"), (4, "Profond"),
    (2, "Second cours"), (3, "Milieu"), (4, "Fin"),
]  # fmt: skip


def _book() -> tuple[Book, Part]:
    about: dict[str, Any] = {"authors": ("Jeanne Dupont",), "licence": "CC BY-SA 4.0", "date": "2026-11-20"}
    pages = (
        Page("docs/c/a.md", "c/a/", "A", _FIRST, tags=("docker", "réseau"), **about),
        Page("docs/c/b.md", "c/b/", "B", _SECOND, tags=("docker",), **about),
    )
    book = Book("Le site", URL, (Course("Cours", "c", pages),), images={"c/a/image.png": "image.png"})
    return book, Part("site", "Le site", book.courses)


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the book of both pages."""
    return made(*_book(), tmp_path_factory.mktemp("press"), Options(), images={"image.png": _PIXEL}).pdf


@pytest.fixture(scope="module")
def document(pdf: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        yield opened


def test_its_syntax_is_sound(document: pikepdf.Pdf) -> None:
    assert document.check_pdf_syntax() == []


def test_its_outline_is_its_headings(pdf: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert list(_outline(reader.outline)) == _HEADINGS


def test_each_entry_of_the_outline_leads_to_its_heading(pdf: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    texts = page_texts(pdf)
    for entry in _entries(reader.outline):
        number = reader.get_destination_page_number(entry)
        assert number is not None
        assert str(entry.title).split()[0] in texts[number]


def test_headings_are_tagged_with_the_levels_of_the_outline(document: pikepdf.Pdf) -> None:
    tags = [str(tag.S) for tag in _tags(document) if re.fullmatch("/H[1-6]", str(tag.S))]
    contents = "/H1"
    assert tags == [contents, *(f"/H{level}" for level, _ in _HEADINGS)]


def test_links_inside_land_where_they_should(pdf: bytes, document: pikepdf.Pdf) -> None:
    texts = page_texts(pdf)
    landing = {
        name: texts[_page_number(document, link.Dest[0])]
        for name, link in _links(document).items()
        if "/Dest" in link
    }
    assert {name: text for name, text in landing.items() if name in ("la fin", "plus bas", "l'autre")} == {
        "la fin": next(text for text in texts if "Voilà." in text),
        "l'autre": next(text for text in texts if "Au début." in text),
        "plus bas": next(text for text in texts if "la fin" in text),
    }
    assert landing["un endroit perdu"] == landing["l'autre"]  # the page is there, the place is not


def test_links_to_elsewhere_have_their_addresses(document: pikepdf.Pdf) -> None:
    found = {name: str(link.A.URI) for name, link in _links(document).items() if "/A" in link}
    assert {name: found[name] for name in ("ailleurs", "un fichier", "un site", "écrire")} == {
        "ailleurs": URL + "ailleurs/#x",
        "un fichier": URL + "c/a/fichier.zip",
        "un site": "https://example.org/a?b=1&c=(2)",
        "écrire": "mailto:a@example.org",
    }
    assert not any("javascript" in address for address in found.values())


def test_it_says_what_it_is(document: pikepdf.Pdf) -> None:
    assert document.Root.Lang == "fr"
    assert document.Root.MarkInfo.Marked
    assert document.Root.ViewerPreferences.DisplayDocTitle
    with document.open_metadata() as meta:
        assert meta["pdfuaid:part"] == "1"
        assert meta["dc:title"] == "Le site"
        assert meta["dc:creator"] == ["Jeanne Dupont"]
        assert meta["pdf:Keywords"] == "docker, réseau"
    assert str(document.docinfo.Title) == "Le site"


def test_pictures_and_formulas_have_their_text(document: pikepdf.Pdf) -> None:
    kinds = ("/Figure", "/Formula")
    texts = {
        (str(tag.S), "".join(str(tag.get("/Alt", "")).split())) for tag in _tags(document) if tag.S in kinds
    }
    assert texts == {("/Figure", "Uneimage"), ("/Figure", "Undessin"), ("/Formula", "x=1")}


@pytest.mark.parametrize(
    ("kind", "count"),
    [("/Table", 1), ("/TH", 2), ("/TD", 2), ("/L", 2), ("/LI", 2), ("/BlockQuote", 1), ("/Note", 1)],
)
def test_what_has_a_meaning_is_tagged(document: pikepdf.Pdf, kind: str, count: int) -> None:
    assert len([tag for tag in _tags(document) if str(tag.S) == kind]) == count


def test_fonts_are_those_of_the_packages_and_only_what_is_used(document: pikepdf.Pdf) -> None:
    objects = [one for one in document.objects if isinstance(one, pikepdf.Dictionary)]
    fonts = [one for one in objects if one.get("/Type") == "/Font" and "/BaseFont" in one]
    names = {str(font.BaseFont) for font in fonts}  # emoji are drawings, which have no name
    families = {re.sub(r"^/[A-Z]{6}\+|-.*", "", name) for name in names}
    assert families == {"Inter", "JetBrainsMono", "NewCMMath"}
    described = [set(one.keys()) for one in objects if "/FontName" in one and "/CIDSet" in one]
    assert len(described) >= 3
    assert all({"/FontFile2", "/FontFile3"} & keys for keys in described)


def test_it_runs_nothing_and_holds_nothing_else(document: pikepdf.Pdf) -> None:
    assert {"/OpenAction", "/AA", "/AcroForm", "/Names"}.isdisjoint(document.Root.keys())


def test_the_same_book_has_the_same_bytes_elsewhere(pdf: bytes, tmp_path: Path) -> None:
    again = made(*_book(), tmp_path / "ailleurs", Options(), images={"image.png": _PIXEL}).pdf
    assert digest(again) == digest(pdf)
    # Another process, folder, time zone, locale and order of sets.
    code = """
import sys; from pathlib import Path; from tests.unit import test_pdf_structure as t
print(t.digest(t.made(*t._book(), Path(sys.argv[1]), t.Options(), images={"image.png": t._PIXEL}).pdf))
"""
    odd = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7", "HOME": str(tmp_path)}
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "press")],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
        env=os.environ | odd,
    )
    assert run.stdout.strip() == digest(pdf)


def test_it_may_be_archived(tmp_path: Path) -> None:
    pdf = made(*_book(), tmp_path, images={"image.png": _PIXEL}, standards=("ua-1", "a-3a")).pdf
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_metadata() as meta:
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "A")
        assert meta["pdfuaid:part"] == "1"


def _outline(entries: list[Any], level: int = 1) -> Iterator[tuple[int, str]]:
    for entry in entries:
        if isinstance(entry, list):
            yield from _outline(entry, level + 1)
        else:
            yield level, str(entry.title)


def _entries(entries: list[Any]) -> Iterator[Any]:
    for entry in entries:
        if isinstance(entry, list):
            yield from _entries(entry)
        else:
            yield entry


def _tags(document: pikepdf.Pdf) -> Iterator[Any]:
    """Yield the elements of the structure in reading order."""
    waiting: list[Any] = [document.Root.StructTreeRoot]
    while waiting:
        tag = waiting.pop()
        if "/S" in tag:
            yield tag
        kids = tag.get("/K", pikepdf.Array())
        inside = list(kids.as_list()) if isinstance(kids, pikepdf.Array) else [kids]
        waiting += reversed([kid for kid in inside if isinstance(kid, pikepdf.Dictionary) and _is_tag(kid)])


def _is_tag(kid: pikepdf.Dictionary) -> bool:
    return "/S" in kid or "/K" in kid


def _links(document: pikepdf.Pdf) -> dict[str, Any]:
    """Return the annotations of links by the text that they lie on; those of the contents come first."""
    found: dict[str, Any] = {}
    data = io.BytesIO()
    document.save(data)
    with pypdfium2.PdfDocument(data.getvalue()) as read:
        for page, shown in zip(document.pages, read, strict=True):
            text = shown.get_textpage()
            for annotation in page.get("/Annots", pikepdf.Array()).as_list():
                left, bottom, right, top = (float(side) for side in annotation.Rect.as_list())
                found[text.get_text_bounded(left, bottom, right, top).strip()] = annotation
    return found


def _page_number(document: pikepdf.Pdf, page: Any) -> int:
    return next(number for number, one in enumerate(document.pages) if one.objgen == page.objgen)
