"""Bytes to text: which encoding a file is in."""

from __future__ import annotations

import codecs

import pytest

from coursekit.encoding import Repair, read

PAGE = "# Été à l’école\r\n\r\nDéjà : « œuvre » – 5 €\n\rÎle\u00a0! \n"


@pytest.mark.parametrize("codec", ["cp1252", "cp1254"])
def test_single_byte_files(codec: str) -> None:
    found = read(PAGE.encode(codec))
    assert found.text == PAGE
    assert found.encoding == "cp1252"  # the two agree on these letters


def test_latin_1_has_controls_where_windows_has_none() -> None:
    assert read("été \x90 déjà\n".encode("latin-1")).text == "été \x90 déjà\n"


def test_mac_roman() -> None:
    page = "Déjà prêt à l’été, élève.\n"
    assert read(page.encode("mac_roman")) == Repair(page, encoding="mac_roman")


@pytest.mark.parametrize("codec", ["cp850", "iso8859-15"])
def test_other_single_byte_files(codec: str) -> None:
    page = "Déjà prêt à l’école : le cœur du système coûte 5 €.\n".replace("’", "'")
    page = page.encode(codec, "ignore").decode(codec)
    assert read(page.encode(codec)).text == page


def test_a_misread_byte_order_mark_is_one() -> None:
    page = "---\ntitle: Été\n---\n"
    found = read(f"ï»¿{page}".encode())
    assert (found.text, found.encoding) == (page, "utf-8-sig")
    assert [change.before for change in found.changes] == ["ï»¿"]


def test_turkish_letters_tell_windows_1254() -> None:
    page = "Le séjour d’Erdoğan à Beşiktaş a été décalé, déjà prévu l’été.\n"
    assert read(page.encode("cp1254")).text == page


@pytest.mark.parametrize(
    ("mark", "codec", "name"),
    [
        (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32-le"),
    ],
)
def test_a_byte_order_mark_decides(mark: bytes, codec: str, name: str) -> None:
    assert read(mark + PAGE.encode(codec)) == Repair(PAGE, encoding=name)


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_one_foreign_line_in_a_utf_8_file(mark: bytes) -> None:
    lines = ["# Été", "RÉSERVATION à l’hôtel", "Déjà 🚀"]
    data = mark + b"\n".join(
        line.encode("cp1252") if index == 1 else line.encode() for index, line in enumerate(lines)
    )
    assert read(data).text == "\n".join(lines)


@pytest.mark.parametrize(
    ("data", "line", "offset"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\xff", 2, 6),  # a picture
        (b"abc\nd\xff\x00e\n", 2, 6),  # a NUL in no UTF-8 text
        (codecs.BOM_UTF16_LE + b"a\x00b", 0, 4),  # cut in the middle of a character
        ("Съешь ещё этих мягких французских булок".encode("cp1251"), 1, 0),  # a code page nobody offers
    ],
)
def test_what_nobody_can_read_is_a_problem_with_its_place(data: bytes, line: int, offset: int) -> None:
    found = read(data)
    assert found.text == ""
    (problem,) = found.problems
    assert problem.line == line
    assert f"octet {offset} " in problem.message


def test_mojibake_in_a_foreign_file_is_undone_too() -> None:
    assert read("DÃ©jÃ\u00a0 prÃªt\n".encode("utf-16")).text == "Déjà prêt\n"
