"""Images: the size of their files, and what the front end makes of it."""

from __future__ import annotations

import struct
import time
import zlib
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from coursekit.links.dimensions import UnreadableImageError, dimensions, has_dimensions
from coursekit.links.register import LinkedPage, Register
from coursekit.links.targets import Site
from coursekit.markdown import Link, Size
from tests.cases_data import cases


def png(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    rows = zlib.compress((b"\0" + b"\0" * ((width + 7) // 8)) * height)
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


# Heads of files as their formats' specifications lay them out: 300 pixels by 200.
_SIZES = struct.pack("<HH", 300, 200)
GIF = b"GIF89a" + _SIZES + b"\0\0\0;"
_SOF = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, 200, 300, 1) + b"\x01\x11\0"
JPEG = b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0\1\1\0\0\1\0\1\0\0" + _SOF + b"\xff\xd9"
_VP8 = b"\x30\x01\x00\x9d\x01\x2a" + _SIZES
WEBP = b"RIFF" + struct.pack("<I", 22) + b"WEBPVP8 " + struct.pack("<I", len(_VP8)) + _VP8


def box(name: bytes, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return struct.pack(">I", 8 + len(content)) + name + content


_ISPE = box(b"ispe", bytes(4), struct.pack(">II", 300, 200))
_INFE = box(b"infe", b"\2\0\0\0", struct.pack(">HH", 1, 0), b"av01\0")
AVIF = box(b"ftyp", b"avif", bytes(4), b"avifmif1") + box(
    b"meta",
    bytes(4),
    box(b"hdlr", bytes(8), b"pict", bytes(13)),
    box(b"pitm", bytes(4), struct.pack(">H", 1)),
    box(b"iinf", bytes(4), struct.pack(">H", 1), _INFE),
    box(b"iprp", box(b"ipco", _ISPE), box(b"ipma", bytes(4), struct.pack(">IHBB", 1, 1, 1, 0x81))),
)
FILES = {"a.png": png(300, 200), "a.gif": GIF, "a.jpg": JPEG, "a.JPEG": JPEG, "a.webp": WEBP, "a.avif": AVIF}


@pytest.mark.parametrize("name", FILES)
def test_sizes(name: str) -> None:
    assert has_dimensions(name)
    assert dimensions(BytesIO(FILES[name]), name) == (300, 200)


@cases("links/svg")
def test_sizes_of_svg(case: dict[str, Any]) -> None:
    size = dimensions(BytesIO(case["svg"].encode(case.get("encoding", "utf-8"))), "a.svg")
    assert size == (tuple(case["size"]) if case["size"] else None)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", b""),
        ("a.png", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n"),
        ("a.png", FILES["a.png"][:20]),
        ("a.png", b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 0, 5) + bytes(9)),
        ("a.jpg", JPEG[:12]),
        ("a.svg", b""),
        ("a.svg", b"<!DOCTYPE html><html></html>"),
        ("a.svg", b"<svg"),
        ("a.svg", b"\xff\xfe\x00"),
        ("a.svg", b"<?xml version='1.0' encoding='zorglub'?><svg/>"),
        ("a.svg", b"<!--" + b"-" * 300000 + b"--><svg width='1' height='1'/>"),
    ],
)
def test_files_that_are_no_images(name: str, content: bytes) -> None:
    with pytest.raises(UnreadableImageError):
        dimensions(BytesIO(content), name)


@given(st.sampled_from(sorted(FILES)), st.data())
def test_a_damaged_file_has_a_size_or_is_unreadable(name: str, data: st.DataObject) -> None:
    content = bytearray(FILES[name][: data.draw(st.integers(0, len(FILES[name])))])
    for place in data.draw(st.lists(st.integers(0, max(0, len(content) - 1)), max_size=6)):
        if content:
            content[place] = data.draw(st.sampled_from([0, 1, 255]))
    try:
        size = dimensions(BytesIO(bytes(content)), name)
    except UnreadableImageError:
        return
    assert size is not None
    assert min(size) > 0


@given(st.text('<svg viewBox="0 1e-9,%px/>!-[]&;', max_size=60))
def test_any_svg_has_a_size_or_none_or_is_unreadable(text: str) -> None:
    source = f'<svg width="{text}" viewBox="0 0 {text}"/>'
    try:
        size = dimensions(BytesIO(source.encode()), "a.svg")
    except UnreadableImageError:
        return
    assert size is None or min(size) > 0


def test_entities_without_end_cost_nothing() -> None:
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    source = f'<!DOCTYPE svg [<!ENTITY e0 "0123456789">{entities}]><svg width="&e9;" height="1"/>'
    start = time.perf_counter()
    with pytest.raises(UnreadableImageError):
        dimensions(BytesIO(source.encode()), "a.svg")
    assert time.perf_counter() - start < 5


def render(text: str, size: Size | None = (600, 400), **settings: Any) -> str:
    settings = {"lazy_images": True, "measure": lambda link: size} | settings
    return Markdown(
        extensions=["coursekit.markdown"], extension_configs={"coursekit.markdown": settings}
    ).convert(text)


@cases("markdown/images")
def test_images(case: dict[str, Any]) -> None:
    size = case.get("size", [600, 400])
    # A first image stands before each case's: only the others wait.
    html = render(f"![](première.png)\n\n{case['markdown']}", tuple(size) if size else None)
    assert html.partition("</p>")[2].lstrip("\n") == case["html"]


def test_the_first_image_does_not_wait() -> None:
    first, *others = render("![a](1)\n\n[l](x) ![b](2)\n\n> ![c](3)\n").split("<img")[1:]
    assert 'loading="lazy"' not in first
    assert all('loading="lazy"' in other for other in others)
    assert len(others) == 2


def test_a_page_alone_has_plain_images() -> None:
    html = Markdown(extensions=["coursekit.markdown"]).convert('![a](b.png "c")\n')
    assert html == '<p><img alt="a" src="b.png" title="c" /></p>'


PAGE = LinkedPage("tp/un.md", "docs/tp/un.md", "tp/un/")


def test_each_file_is_read_once_and_a_damaged_one_told_at_each_place() -> None:
    opened: list[str] = []
    contents = {"tp/a.png": png(3, 2), "tp/b.png": b"", "tp/c.tiff": b"", "tp/d.png": None}

    def open_file(source: str) -> BytesIO:
        opened.append(source)
        content = contents[source]
        if content is None:
            raise FileNotFoundError(source)
        return BytesIO(content)

    register = Register(Site(contents), lambda source, page: source, open_file)

    def measure(url: str, line: int = 1) -> Size | None:
        link = Link(url, "", line, "image")
        register.resolve(PAGE, link)
        return register.measure(PAGE, link)

    assert measure("a.png") == measure("./a.png") == (3, 2)
    assert measure("b.png") is measure("b.png", 9) is measure("c.tiff") is measure("d.png") is None
    assert measure("https://a.example/a.png") is measure("data:image/png;base64,") is None
    assert opened == ["tp/a.png", "tp/b.png", "tp/d.png"]
    told = [problem.at(path) for path, problem in register.take_problems()]
    assert [message.partition(" ;")[0] for message in told] == [
        "docs/tp/un.md:1: image illisible « b.png »",
        "docs/tp/un.md:9: image illisible « b.png »",
    ]
