"""Whatever a page holds, its PDF is made: nothing of it becomes code, and its text stays text."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coursekit.pdf.chapters import Flaws, Options
from coursekit.pdf.document import MAIN, compose
from coursekit.pdf.syntax import string
from tests.pdf.books import made, site
from tests.pdf.words import chapter_texts, missing, plain

# What means something in Typst's markup or code, and what is hard on whoever reads or draws text.
_SIGNS = [
    "#", "$", "[", "]", "@", "<", ">", "\\", "`", '"', "'", "*", "_", "~", "{", "}", "/", "//", "/*", "*/",
    "---", "...", "#{", "#let", "x", "=", "1", '#read("/etc/passwd")', "$x$", "@ref", "<a>", "\\u{41}",
    "&amp;", "&#0;", "&#xD800;", "&#x110000;", "&nosuch;", "<!--", "-->", "<![CDATA[", "]]>", " ", "\n",
    "\t", "#let x = 1",
]  # fmt: skip
_ODD = (
    "\x00\x07\x1b\x85\xa0\xad\u200b\u200d\ufe0f\u2028\u202e\u0627\u0301\u0600\ud800\ufffe\ufdd0"
    "\U0010ffff\ue000😀漢ﷺ"
)
_TAGS = [
    "p", "div", "span", "a", "b", "em", "del", "u", "code", "kbd", "pre", "ul", "ol", "li", "table",
    "caption", "thead", "tr", "td", "th", "h1", "h2", "h3", "h6", "details", "summary", "blockquote", "dl",
    "dt", "dd", "img", "svg", "g", "text", "rect", "path", "math", "mi", "mn", "mo", "mrow", "mfrac",
    "msup", "mtable", "mtr", "mtd", "figure", "figcaption", "sub", "q", "br", "hr", "input", "label",
    "section", "script", "style", "iframe", "video", "ruby", "rt", "textarea", "select", "option",
    "custom-tag",
]  # fmt: skip
_ATTRIBUTES = [
    'id="a"', 'class="admonition"', 'class="admonition-title"', 'class="tabbed-set"',
    'class="tabbed-content"', 'class="tabbed-block"', 'class="footnote"', 'class="footnote-ref"',
    'href="#a"', 'href="http://["', 'href="javascript:x"', 'href="https://cours.example/#$[]"',
    'src="data:image/png;base64,AAAA"', 'src="data:image/svg+xml,<svg>"', 'src="x.png"',
    'src="data:image/png;base64,iVBORw0KGgo="', 'alt="#$"', 'colspan="1000000000"', 'rowspan="1000000000"',
    'colspan="3"', 'rowspan="2"', 'width="1e9"', 'height="-1"', 'width="0"', 'start="-5"',
    'value="99999999999"', "reversed", 'viewBox="0,0,0,0"', 'd="M0"', 'viewBox="a"',
    'style="text-align:right"', 'style="display:none"', 'class="highlighttable"', 'class="code"',
    'class="hll"', 'class="linenos"', 'lang="fr"', 'lang="#"', 'display="block"', 'open=""', 'hidden=""',
    'type="checkbox"', 'checked=""', 'class="keys"', 'class="headerlink"', 'class="correction"', 'name="a"',
    'title="x"',
]  # fmt: skip

_text = st.lists(st.sampled_from([*_SIGNS, *_ODD, "mot", "été"]), max_size=12).map("".join)
_tags = st.sampled_from(_TAGS)
_attributes = st.lists(st.sampled_from(_ATTRIBUTES), max_size=3).map(" ".join)


def _element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    parts = st.lists(inner, max_size=4).map("".join)
    closed = st.builds(lambda tag, has, content: f"<{tag} {has}>{content}</{tag}>", _tags, _attributes, parts)
    left_open = st.builds(lambda tag, has, content: f"<{tag} {has}>{content}", _tags, _attributes, parts)
    return closed | left_open


_html = st.recursive(_text, _element, max_leaves=25)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(_html, min_size=20, max_size=40), _text)
def test_any_pages_are_set(tmp_path: Path, contents: list[str], title: str) -> None:
    book, part = site(*contents, title=title, tags=(title,), authors=(title,), licence=title)
    assert len(chapter_texts(made(book, part, tmp_path).pdf)) == len(contents)


@settings(max_examples=150)
@given(_html, _text)
def test_nothing_of_a_page_becomes_code(html: str, title: str) -> None:
    composed = compose(*site(html, title=title, tags=(title,)), Options(), _no_file, Flaws())
    for name, code in composed.files.items():
        if name.endswith(".typ") and name not in ("template.typ", "looks.typ", MAIN):
            written = code.decode().removeprefix('#import "template.typ": *\n#{')
            assert _outside_of_strings(written).isdisjoint("#$@`*~\\'\x00\u202e漢")


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.sampled_from("#$[]@<>\\`\"'*_~{}/=-+^|&%!?;:,.()abcé "), min_size=1), min_size=40))
def test_signs_come_out_as_they_were_written(tmp_path: Path, texts: list[str]) -> None:
    kinds = ("p", "li", "h2", "td", "pre", "code", "dt", "summary", "kbd", "strong")
    contents = [
        f"<{kind}>{_escaped(text)}</{kind}>" for kind, text in zip(kinds * len(texts), texts, strict=False)
    ]
    read = chapter_texts(made(*site("".join(contents)), tmp_path).pdf)
    found = plain("".join(read)).split()
    signs = [char for text in texts for char in text if char != " "]
    assert missing(signs, [char for token in found for char in token if char != "•"]) == []


@given(st.text())
def test_a_string_ends_where_it_should(text: str) -> None:
    literal = string(text)
    assert _outside_of_strings(literal) == set()


_LONG_LINES = {
    "words": "<p>" + "longuement exceptionnellement été $x$ " * 13_000,
    "one word": "<p>" + "x" * 500_000,
    "code": "<pre>" + "mot été $x$ " * 42_000,
}


@pytest.mark.parametrize("html", _LONG_LINES.values(), ids=_LONG_LINES)
def test_a_line_of_half_a_megabyte_takes_seconds(html: str, tmp_path: Path) -> None:
    start = time.process_time()
    made(*site(html), tmp_path)
    assert time.process_time() - start < 60  # of any machine; a tenth of it on most


_HUGE: Mapping[str, str] = {
    "rows": "<table>" + "<tr><td>a<td>b" * 1000,
    "columns": "<table>" + ("<tr>" + "<td>x" * 500) * 4,
    "spans": "<table>" + ("<tr>" + "<td colspan=1000000000 rowspan=1000000000>x" * 5) * 50,
    "tables in tables": "<table><tr><td>x" * 300,
    "signs": "<p>" + "#$[]@*_~{}/" * 3000,
    "code in a line": "<p><code>" + "x/" * 10_000,
    "divisions": "<div>" * 5000 + "x",
    "quotes": "<blockquote>" * 5000 + "x",
    "lists": "<ul><li>x" * 500,
    "emphasis": "<b><i>" * 2500 + "x",
    "drawings": "<svg>" + "<g>" * 5000 + "<text>x",
    "rows of formulas": "<math>" + "<mrow>" * 3000 + "<mi>x",
    "fractions": "<math>" + "<mfrac>" * 300 + "<mi>x",
    "paragraphs": "<p>x</p>" * 1000,
    "footnotes": "<a class=footnote-ref href=#n>1</a>" * 300
    + "<div class=footnote><ol><li id=n><p>n<a class=footnote-ref href=#n>1</a>",
    "marks without letters": "<p>" + " ".join(map(chr, range(0x8C8, 0x8E3))),
    "characters that no page should have": "<p>" + " ".join(map(chr, range(1, 0x250))),
}


def test_huge_and_deep_pages_are_set(tmp_path: Path) -> None:
    texts = chapter_texts(made(*site(*_HUGE.values()), tmp_path).pdf)
    assert [name for name, text in zip(_HUGE, texts, strict=True) if not text] == []


def _outside_of_strings(code: str) -> set[str]:
    """Return the characters of Typst code that stand in no string literal."""
    found: set[str] = set()
    is_inside = is_escaped = False
    for char in code:
        if not is_inside:
            is_inside = char == '"'
            if not is_inside:
                found.add(char)
        elif is_escaped:
            is_escaped = False
        elif char == "\\":
            is_escaped = True
        else:
            is_inside = char != '"'
    assert not is_inside
    return found


def _no_file(name: str) -> None:
    """Read a site without images."""


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
