"""The copy of a site for a disk: its addresses, what it embeds, its fonts, its policy, its zip."""

from __future__ import annotations

import zipfile
from base64 import b64decode
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from coursekit.offline import archive, copy, embeds, names, policy, styles
from coursekit.offline.addresses import Places
from coursekit.offline.pictures import FOLDER, Picture, picture
from tests.cases_data import cases
from tests.html_tree import tree
from tests.unit.test_images import png

FILES = ("index.html", "docker/cours/index.html", "docker/tp/index.html", "café/index.html", "assets/a.css")
PLACES = Places(FILES, "https://ecole.example/cours/")
UN = Picture(f"{FOLDER}/un.png", b"", (30, 20))
KEPT = {"https://a.example/un.png": UN}
SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 4"/>'


def body(html: str, kept: dict[str, Picture] | None = None) -> str:
    made = copy.page(f"<!doctype html><body>{html}".encode(), "tp/index.html", PLACES, kept or {})
    return made.decode().partition("<body>")[2].removesuffix("</body></html>")


@cases("offline_addresses")
def test_addresses(case: dict[str, Any]) -> None:
    assert PLACES.from_page(case["page"], case["address"]) == case["expected"]


def test_a_site_that_is_published_nowhere() -> None:
    places = Places(FILES)
    assert places.from_page("index.html", "feed.xml") == "feed.xml"
    assert places.from_page("index.html", "/docker/tp/") == "/docker/tp/"
    assert places.from_page("index.html", "docker/tp/") == "docker/tp/index.html"


@given(st.text() | st.from_regex(r"[./#?%:\\a-z\[\]é]*", fullmatch=True))
def test_any_address(address: str) -> None:
    once = PLACES.from_page("docker/tp/index.html", address)
    assert PLACES.from_page("docker/tp/index.html", once) == once


@cases("offline_embeds")
def test_embeds(case: dict[str, Any]) -> None:
    assert tree(body(case["html"], KEPT)) == tree(case["expected"])


def test_what_is_to_be_fetched() -> None:
    html = (
        '<img src="//a.example/1.png" srcset="https://a.example/2.png 1x,https://a.example/3,4.png 2x, a">'
        '<video poster="http://a.example/5.png" src="ici.mp4"></video><img src="https://a.example/2.png">'
        '<iframe src="https://video.example/"></iframe><audio><source src="https://a.example/6.ogg"></audio>'
    )
    parsed = copy.parse(html.encode())
    assert [url.rpartition("/")[2] for url in embeds.images(parsed)] == [
        "2.png",
        "3,4.png",
        "1.png",
        "5.png",
    ]
    assert embeds.images(parsed)[2] == "https://a.example/1.png"
    assert embeds.contents(parsed) == ["https://video.example/", "https://a.example/6.ogg"]


@given(st.text(alphabet="<>/= \"'\n&;abimgsrcpreahx:[]()!-"))
def test_no_page_stops_it(html: str) -> None:
    made = copy.page(html.encode(), "index.html", PLACES, {})
    assert LexborHTMLParser(made).html == LexborHTMLParser(LexborHTMLParser(made).html or "").html


def test_policy() -> None:
    told = policy.for_disk(
        "script-src 'self' 'sha256-x'; font-src 'self'; connect-src 'self' ;object-src 'none'"
    )
    assert told == (
        "script-src 'self' 'sha256-x' file:; font-src 'self' file: data:; connect-src 'self' file:;"
        " object-src 'none'; img-src 'self' file: data:"
    )
    assert (
        policy.for_disk("default-src 'none'")
        == "default-src 'none'; font-src data:; img-src 'self' file: data:"
    )
    assert policy.for_disk(policy.for_disk("font-src 'self'")).count("data:") == 2


def test_head() -> None:
    html = (
        "<head><meta http-equiv=content-security-policy content=\"script-src 'self'\">"
        '<link rel=canonical href="https://ecole.example/cours/tp/"><link rel=preload as=font href=x.woff2>'
        "<link rel=alternate type=application/rss+xml href=feed.xml><link rel=icon href=../assets/a.css>"
    )
    made = copy.page(html.encode(), "tp/index.html", PLACES, {}).decode()
    assert "script-src 'self' file:" in made
    assert 'href="https://ecole.example/cours/tp/"' in made
    assert "preload" not in made
    assert "feed.xml" not in made
    assert 'href="../assets/a.css"' in made


def test_fonts() -> None:
    held = {"assets/fonts/é.woff2": b"\0font"}
    css = "a{src:url( '../fonts/%C3%A9.woff2?v=1' ) format('woff2')}b{src:url(nul.woff)}c{fill:url(a.png)}"
    assert styles.with_fonts("@font-face{font-display: optional}", "a.css", held.get).endswith(": block}")
    made = styles.with_fonts(css, "assets/styles/a.css", held.get)
    data = made.partition("base64,")[2].partition('"')[0]
    assert b64decode(data) == b"\0font"
    assert made.replace(data, "") == css.replace(
        "url( '../fonts/%C3%A9.woff2?v=1' )", 'url("data:font/woff2;base64,")'
    )


@pytest.mark.parametrize(
    ("data", "ending", "size"),
    [
        (png(3, 2), ".png", (3, 2)),
        (b"GIF89a\x05\0\x04\0\0\0\0;", ".gif", (5, 4)),
        (SVG, ".svg", (8, 4)),
        (b"\xef\xbb\xbf<!-- x -->" + SVG.partition(b"\n")[2], ".svg", (8, 4)),
    ],
)
def test_an_image_is_told_by_its_bytes(data: bytes, ending: str, size: tuple[int, int]) -> None:
    found = picture(data)
    assert found is not None
    assert found.path.startswith(FOLDER)
    assert found.path.endswith(ending)
    assert found.size == size


@given(st.binary() | st.binary().map(lambda rest: b"\x89PNG\r\n\x1a\n" + rest))
def test_anything_else_is_no_image(data: bytes) -> None:
    found = picture(data)
    assert found is None or found.data == data


@pytest.mark.parametrize(
    "html", [b"<!doctype html><svg></svg>", b"<html><body>404", b"", b"\x89PNG\r\n\x1a\n"]
)
def test_pages_are_no_images(html: bytes) -> None:
    assert picture(html) is None


@pytest.mark.parametrize(
    ("path", "word"),
    [("tp/où ?.html", "Windows refuse"), ("aux/index.html", "refuse"), ("a/com1.pdf", "refuse"),
     ("a./b", "refuse"), ("é" * 181, "trop long"), ("TP/index.html", "ne font qu'un")],
)  # fmt: skip
def test_names_that_windows_refuses(path: str, word: str) -> None:
    (told,) = names.troubles(["tp/index.html", "auxiliaire/index.html", ".nojekyll", "a/b.c.d", path])
    assert word in told
    assert path in told


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Cours", "cours"), ("  L'Œuvre d'été — 2026 !", "l-oeuvre-d-ete-2026"), ("Курс", "site"), ("", "site")],
)
def test_slug(name: str, expected: str) -> None:
    assert archive.slug(name) == expected


def test_the_zip() -> None:
    files = {"index.html": b"a", "été/x.html": b"b" * 99}
    packed = archive.pack(files, "cours", 1_700_000_000)
    assert packed == archive.pack(dict(reversed(files.items())), "cours", 1_700_000_000)
    with zipfile.ZipFile(BytesIO(packed)) as opened:
        assert opened.namelist() == ["cours/index.html", "cours/été/x.html"]
        assert {entry.date_time for entry in opened.infolist()} == {(2023, 11, 14, 22, 13, 20)}
        assert opened.read("cours/été/x.html") == b"b" * 99
    for epoch in (0, -5, 10**13):
        archive.pack(files, "cours", epoch)


@pytest.mark.parametrize(
    ("path", "expected"),
    [("404.html", True), ("sitemap.xml.gz", True), ("assets/a.css.map", True), (".nojekyll", True),
     ("_headers", True), ("a/.git/x", True), ("docker/404.html", False), ("tp/sitemap.xml", False)],
)  # fmt: skip
def test_left_out(path: str, expected: bool) -> None:
    assert copy.is_left_out(path) is expected
