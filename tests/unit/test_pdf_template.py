"""The looks of a book, as a reader of its PDF meets them."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
import typst

from coursekit.pdf import blocks, code_blocks, lists
from coursekit.pdf.book import Book, Course, Page
from coursekit.pdf.chapters import Options
from coursekit.pdf.document import compose
from coursekit.pdf.measures import PAPERS
from coursekit.pdf.part import Part
from coursekit.pdf.press import fonts
from tests.pdf.books import URL, made, site
from tests.pdf.words import beyond_margins, page_texts

_WORDS = "Le répartiteur de charge distribue équitablement les requêtes entre plusieurs serveurs. "
_LONG = ["anticonstitutionnellement", "PersistentVolumeClaim", "AUTHENTIFICATION", "WWWMMMWWWMMM"]
_PARAGRAPH = f"<p>{_WORDS * 4}</p>"


def _rows(count: int, columns: int, cell: str = "") -> str:
    row = "".join(f"<td>{cell or _LONG[number % 4]}</td>" for number in range(columns))
    return f"<tr>{row}</tr>" * count


def _table(count: int, columns: int, cell: str = "") -> str:
    head = "".join(f"<th>Tête{number}</th>" for number in range(columns))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{_rows(count, columns, cell)}</tbody></table>"


def _course(*contents: str, **fields: Any) -> tuple[Book, Part]:
    pages = tuple(
        Page(f"{number}.md", f"{number}/", "P", html, **fields) for number, html in enumerate(contents)
    )
    course = Course("Réseaux", "reseaux", pages)
    return Book("Le site", URL, (course,)), Part("course", course.title, (course,))


def _page(html: str, **fields: Any) -> tuple[Book, Part]:
    course = Course("Réseaux", "reseaux", (Page("a.md", "a/", "La page", html, **fields),))
    return Book("Le site", URL, (course,)), Part("page", "La page", (course,))


def _whole(pdf: bytes) -> list[str]:
    """Return the text of each page, its head and foot too."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def _told(code: str, folder: Path) -> Any:
    """Return what some code of Typst tells under the label `told`."""
    template = files("coursekit.pdf").joinpath("template.typ").read_text(encoding="utf-8")
    (folder / "template.typ").write_text(template, encoding="utf-8")
    colors = {"pale": "#ffeb3b", "deep": "#0369a1"}
    boxes = (f'{name}: (color: rgb("{color}"), icon: bytes(""))' for name, color in colors.items())
    looks = f"#let looks = ({', '.join(boxes)})"
    (folder / "looks.typ").write_text(looks, encoding="utf-8")
    (folder / "main.typ").write_text(f'#import "template.typ": *\n{code}', encoding="utf-8")
    compiler = typst.Compiler(folder / "main.typ", root=folder, font_paths=fonts())
    return json.loads(compiler.query("<told>", field="value"))


def test_python_and_typst_agree_on_the_room_inside(tmp_path: Path) -> None:
    code = """#set page(width: 500pt, height: 900pt, margin: 0pt)
    #show: book.with(title: "t", compact: true, paper: (width: 500pt, height: 900pt, margin: 0pt))
    #let tell(name) = layout(room => [#metadata((name, (500pt - room.width) / 1pt)) <told>])
    #callout("", none, tell("callout"))
    #quoted(tell("quote"))
    #definition(tell("definition"))
    #bullets(false, (tell("list"),))
    #tasks(false, ((true, tell("list")),))
    #numbers(false, "1.", ((99, tell("list")),))
    #context {
      let letter = text(font: code-fonts, size: code-size, "m")
      [#metadata(("column", measure(letter).width / 1pt)) <told>]
    }"""
    expected = {
        "callout": blocks.CALLOUT, "quote": blocks.QUOTE, "definition": blocks.DEFINITION,
        "list": lists.INDENT, "column": code_blocks.COLUMN,
    }  # fmt: skip
    told = _told(code, tmp_path)
    assert len(told) == 7
    assert all(value == pytest.approx(expected[name]) for name, value in told), told


def test_titles_of_boxes_can_be_read_in_any_colour(tmp_path: Path) -> None:
    code = """#metadata(box-looks.values().map(look => contrast(look.title, look.ground))) <told>
    #metadata((contrast(black, white), contrast(rgb("#777777"), white))) <told>"""
    boxes, known = _told(code, tmp_path)
    assert len(boxes) == 2
    assert min(boxes) >= 4.5
    assert known == pytest.approx([21.0, 4.48], abs=0.01)


@pytest.mark.parametrize(
    "following",
    [
        f"<ul><li>suite {_WORDS}</li><li>b</li></ul>",
        "<pre>suite\nb\nc</pre>",
        "<pre>suite\n" + "b\n" * 20 + "</pre>",
        "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>suite</td></tr></tbody></table>",
        f'<div class="admonition tip"><p class="admonition-title">Astuce</p><p>suite {_WORDS}</p></div>',
        "<p>Voici :</p><pre>suite\nb</pre>",
        "<h3>Plus bas</h3><blockquote><p>suite</p></blockquote>",
    ],
    ids=["list", "code", "long code", "table", "box", "announced code", "heading and quote"],
)
def test_headings_stay_with_what_follows(following: str, tmp_path: Path) -> None:
    chapters = [f"<h1>C</h1><p>{'x<br>' * lines}x</p><h2>Titre</h2>{following}" for lines in range(34, 43)]
    texts = page_texts(made(*site(*chapters), tmp_path).pdf)
    titled = [text for text in texts if "Titre" in text]
    assert len(titled) == len(chapters) < len(texts)
    assert all("suite" in text for text in titled)


def test_contents_name_the_pages(tmp_path: Path) -> None:
    chapters = [
        f"<h1>Chapitre {name}</h1>" + "".join(f"<h2>Partie {name}{n}</h2>{_PARAGRAPH * 4}" for n in range(4))
        for name in "ABC"
    ]
    texts = page_texts(made(*_course(*chapters), tmp_path, Options(depth=2)).pdf)
    listed = re.findall(r"^((?:Chapitre|Partie) \w+)\s*?(\d+)\s*$", texts[1], re.MULTILINE)
    assert len(listed) == 15
    assert all(title in texts[int(page) - 1].splitlines() for title, page in listed)


def test_the_cover_says_what_it_is(tmp_path: Path) -> None:
    about = {
        "authors": ("Jeanne Dupont",),
        "licence": "CC BY-SA 4.0",
        "date": "2026-08-01",
        "revision": "abc",
    }
    pdf = made(*_course("<h1>Un</h1><p>texte</p>", **about), tmp_path, Options(depth=1)).pdf
    cover, contents, _ = _whole(pdf)
    lines = [line.strip() for line in cover.splitlines()]
    assert lines == [
        "Le site", "Réseaux", "Jeanne Dupont", "CC BY-SA 4.0",
        "Version du 1er\u00a0août\u00a02026 · révision\u00a0abc", f"{URL}reseaux/",
    ]  # fmt: skip
    assert "page\u00a02\u00a0/\u00a03" in contents


def test_heads_of_pages_name_what_stands_there(tmp_path: Path) -> None:
    high = "<svg width='600' height='900'><text x='5' y='99'>a</text></svg>"
    html = f"<h1>Le chapitre</h1><h2>Partie A</h2><p>{'x<br>' * 20}x</p><h2>Partie B</h2>{high}"
    pages = _whole(made(*_course(html), tmp_path).pdf)
    heads = [[text.count(f"Partie {name}") for name in "AB"] for text in pages]
    assert heads == [[0, 0], [2, 0], [0, 2]]
    assert [text.count("Le chapitre") for text in pages] == [0, 2, 1]


@pytest.mark.parametrize(("sections", "has_contents"), [(3, False), (4, True)])
def test_a_page_of_its_own_begins_at_once(sections: int, has_contents: bool, tmp_path: Path) -> None:
    html = "<h1>La page</h1><p>Début.</p>" + "".join(f"<h2>Partie {n}</h2><p>a</p>" for n in range(sections))
    (text,) = page_texts(made(*_page(html, authors=("Jeanne Dupont",)), tmp_path, Options()).pdf)
    assert ("Sommaire" in text) is has_contents
    assert [text.count(word) for word in ("La page", "Jeanne Dupont", "Début.")] == [1, 1, 1]
    assert text.count("Partie 1") == 1 + has_contents


def test_numbers_of_headings(tmp_path: Path) -> None:
    html = "<h1>Un</h1><p>a</p><h2>Deux</h2><h3>Trois</h3><h4>Quatre</h4><p>b</p>"
    options = Options(depth=0, numbered=True)
    alone = page_texts(made(*_page(html), tmp_path, options).pdf)[0]
    assert re.findall(r"^[\d.]* ?(?:Un|Deux|Trois|Quatre)\s*$", alone, re.M) == [
        "Un\r", "1 Deux\r", "1.1 Trois\r", "Quatre\r",
    ]  # fmt: skip
    course = page_texts(made(*_course(html, html), tmp_path, options).pdf)[2]
    assert re.findall(r"^[\d.]+", course, re.M) == ["2", "2.1", "2.1.1"]


def test_tables_repeat_their_head_and_keep_their_rows(tmp_path: Path) -> None:
    html = "<h1>T</h1>" + _table(60, 2, f"début {_WORDS} fin")
    texts = page_texts(made(*_page(html), tmp_path).pdf)
    assert len(texts) > 2
    for text in texts:
        assert text.count("Tête0") == 1
        assert text.count("début") == text.count("fin") > 0


def test_rows_higher_than_a_page_go_on(tmp_path: Path) -> None:
    html = "<h1>T</h1>" + f"<table><tr><td>a</td><td>{_PARAGRAPH * 20} fin</td></tr></table>"
    texts = page_texts(made(*_page(html), tmp_path).pdf)
    assert len(texts) > 1
    assert "fin" in texts[-1]


@pytest.mark.parametrize("paper", PAPERS)
def test_nothing_stands_in_the_margins(paper: str, tmp_path: Path) -> None:
    line = "\n".join(["if " + "argument_de_nom_long == " * 9] * 3)
    inner = f'<div class="admonition tip"><p>{_WORDS}</p><pre>{line}</pre>{_table(2, 4)}</div>'
    formula = "<math display='block'><mrow>" + "<mi>x</mi><mo>+</mo>" * 60 + "<mi>y</mi></mrow></math>"
    html = (
        f"<h1>{_WORDS}</h1>{_PARAGRAPH}<pre>{line}</pre><ul><li><ol><li>{inner}</li></ol></li></ul>"
        f"<blockquote>{inner}</blockquote>{_table(3, 8)}{_table(2, 15)}{formula}"
        f"<ol start='98'><li>{_WORDS}</li><li>a</li><li><pre>{line}</pre></li></ol>"
        f"<p>{'mot' * 90} <code>/un/chemin/{'très-long/' * 20}</code> <a href='#a'>{'d' * 90}</a></p>"
        f"<dl><dt>t</dt><dd>{inner}</dd></dl><svg width='3000' height='300'><text x='5' y='99'>a</text></svg>"
    )
    chosen = PAPERS[paper]
    pdf = made(*_page(html), tmp_path, Options(paper=chosen)).pdf
    assert beyond_margins(pdf, chosen.margin) == []
    narrower = replace(chosen, margin=chosen.margin - 20)
    assert beyond_margins(made(*_page(html), tmp_path, Options(paper=narrower)).pdf, chosen.margin)


def test_drawings_fit_the_height_of_the_smallest_paper(tmp_path: Path) -> None:
    ends = "<text x='5' y='20'>haut</text><text x='5' y='2990'>bas</text>"
    html = f"<h1>T</h1><svg width='50' height='3000'>{ends}</svg>"
    texts = page_texts(made(*_page(html), tmp_path, Options(paper=PAPERS["a5"])).pdf, top=50.0, bottom=45.0)
    assert [("haut" in text, "bas" in text) for text in texts if "bas" in text] == [(True, True)]


def test_code_is_copied_with_its_indentation(tmp_path: Path) -> None:
    lines = ["def f(x):", "    if x:", "        return 'a  b'", "    return None", "", "# fin"]
    pdf = made(*_page(f"<h1>T</h1><pre>{chr(10).join(lines)}</pre>"), tmp_path).pdf
    text = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    copied = [line.rstrip() for line in text.splitlines() if line.strip()]
    assert "\n".join(filter(None, lines)) in "\n".join(copied)


def test_long_lines_of_code_are_copied_without_the_mark(tmp_path: Path) -> None:
    line = "commande " + " ".join(f"--option{number}=valeur{number}" for number in range(30))
    document = pypdf.PdfReader(io.BytesIO(made(*_page(f"<h1>T</h1><pre>{line}</pre>"), tmp_path).pdf))
    text = document.pages[0].extract_text()
    assert re.sub(r"\s", "", line) in re.sub(r"\s", "", text)


@pytest.mark.parametrize("numbers", ["", '<table class="highlighttable"><tr><td class="code">'])
def test_a_file_is_named_above_its_code(numbers: str) -> None:
    name = '<span class="filename">bonjour.py</span>'
    html = f'<div class="highlight">{numbers}{name}<pre><code>x = 1</code></pre></div>'
    code = compose(*_page(html), Options(), lambda file: None).files["p1.typ"].decode()
    assert 'file-name("bonjour.py")' in code
    assert code.index("file-name") < code.index("code-block")
