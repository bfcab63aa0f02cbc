"""The patch for moved links: applied by git, it changes those links, and not a byte beside."""

from __future__ import annotations

import re
import subprocess
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.links.registered import Occurrence
from coursekit.links.reporting.patch import Patch, patch
from tests.rendering import render

ROOT = Path(__file__).parents[2]
OLD, NEW = "https://vieux.example/tp_(1)?a=1&b=2#fin", "https://neuf.example/tp?a=1&b=2#fin"
FILE = "docs/un cours/été.md"

# What is written -> what it becomes. `{}`: as it was.
CASES = {
    "inline": ("[tp]({old})", "[tp]({new})"),
    "with a title": ('[tp]({old} "le {old}")', '[tp]({new} "le {old}")'),
    "in angle brackets": ("[tp](<{old}>)", "[tp](<{new}>)"),
    "an autolink": ("<{old}>", "<{new}>"),
    "bare": ("Voir {old}, puis", "Voir {new}, puis"),
    "bare, at the end of a sentence": ("Voir {old}.", "Voir {new}."),
    "an image": ("![tp]({old})", "![tp]({new})"),
    "a definition": ("[tp][1] [encore][1]\n\n[1]: {old}", "[tp][1] [encore][1]\n\n[1]: {new}"),
    "a definition in angle brackets": ("[tp]\n\n[tp]: <{old}> 'T'", "[tp]\n\n[tp]: <{new}> 'T'"),
    "over lines": ("[un\ndeux](\n{old})", "[un\ndeux](\n{new})"),
    "in a table": ("| a |\n|---|\n| [tp]({old}) |", "| a |\n|---|\n| [tp]({new}) |"),
    "in a list in a quote": ("> - [tp]({old})", "> - [tp]({new})"),
    "in a box": (":::tip\n[tp]({old})\n:::", ":::tip\n[tp]({new})\n:::"),
    "raw HTML": ('<a href="{html}">tp</a>', '<a href="{newhtml}">tp</a>'),
    "raw HTML, single quotes": ("x <a href='{html}'>tp</a>", "x <a href='{newhtml}'>tp</a>"),
    "escaped": ("[tp](https://vieux.example/tp\\_(1)?a=1&b=2#fin)", "[tp]({new})"),
    "an entity": ("[tp](https://vieux.example/tp_(1)?a=1&amp;b=2#fin)", "[tp]({new})"),
    "beside its like in code": ("`{old}` [tp]({old})", "`{old}` [tp]({new})"),
    "beside its like in a fence": ("[tp]({old})\n\n```\n{old}\n```", "[tp]({new})\n\n```\n{old}\n```"),
    "a longer one": ("[tp]({old}ale) [tp]({old})", "[tp]({old}ale) [tp]({new})"),
    "twice on a line": ("[a]({old}) et [b]({old})", "[a]({new}) et [b]({new})"),
}


def occurrence(url: str, line: int = 1) -> Occurrence:
    return Occurrence(FILE, line, url, "tp", "link", "x/", "x")


def made(text: str) -> str:
    html = OLD.replace("&", "&amp;"), NEW.replace("&", "&amp;")
    for name, value in (("old", OLD), ("newhtml", html[1]), ("new", NEW), ("html", html[0])):
        text = text.replace(f"{{{name}}}", value)
    return text


def applied(folder: Path, data: bytes, made_of: Patch) -> bytes:
    """Have git apply a patch; return what the file has become."""
    if not made_of.text:
        return data
    file = folder / FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    subprocess.run(["git", "apply", "--whitespace=nowarn"], cwd=folder, input=made_of.text, check=True)
    return file.read_bytes()


@pytest.mark.parametrize("end", ["\n", "\r\n", ""], ids=["LF", "CRLF", "no end"])
@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES)
def test_a_link_wherever_it_is_written(tmp_path: Path, before: str, after: str, end: str) -> None:
    around = "# Été 📝\n\nDu texte.\n\n{}\n\n" + "Encore.\n\n" * 5 + "Fin."
    old, new = (made(around.replace("{}", text)) for text in (before, after))
    if end == "\r\n":
        old, new = old.replace("\n", end), new.replace("\n", end)
    data = (old + end).encode()
    found = patch({FILE: data}, [occurrence(OLD)], {OLD: NEW})
    assert found.problems == ()
    assert applied(tmp_path, data, found) == (new + end).encode()
    assert not patch({FILE: (new + end).encode()}, [], {OLD: NEW}).text


@pytest.mark.parametrize(
    "text",
    ["Rien.\n", f"`{OLD}`\n", f"<!-- {OLD} -->\n", f"[tp]({OLD}ale)\n", "[tp](/docker/cours)\n"],
)
def test_what_cannot_be_found_is_mended_by_hand(text: str) -> None:
    found = patch({FILE: text.encode()}, [occurrence(OLD, 7)], {OLD: NEW})
    assert found.text == b""
    [(path, problem)] = found.problems
    assert (path, problem.line) == (FILE, 7)
    assert problem.message == f"lien déplacé à corriger à la main : {OLD} ; écrivez {NEW}"


def test_a_file_that_is_not_there_is_mended_by_hand() -> None:
    assert len(patch({}, [occurrence(OLD)], {OLD: NEW}).problems) == 1


def test_the_same_address_is_no_move() -> None:
    assert patch({FILE: f"<{OLD}>\n".encode()}, [occurrence(OLD)], {OLD: OLD}) == Patch(b"", ())


def test_a_damaged_page_stays_damaged_but_for_its_links(tmp_path: Path) -> None:
    data = (ROOT / "docs/kubernetes/bonnes-pratiques.md").read_bytes()
    urls = [
        "https://github.com/sailor-sh/CK-X",
        "https://git.sr.ht/~toma/iac",
        "https://2021-05-enix.container.training/4.yml.html#190",
    ]
    assert all(url.encode() in data for url in urls)
    moves = {url: f"https://neuf.example/{number}" for number, url in enumerate(urls)}
    found = patch({FILE: data}, [occurrence(url) for url in urls], moves)
    assert found.problems == ()
    expected = data
    for url, new in moves.items():
        expected = expected.replace(url.encode(), new.encode())
    assert applied(tmp_path, data, found) == expected


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_other_encodings_are_kept(tmp_path: Path, encoding: str) -> None:
    data = f"# Été\n\n[là]({OLD}) déjà\n".encode(encoding)
    found = patch({FILE: data}, [occurrence(OLD, 3)], {OLD: NEW})
    assert applied(tmp_path, data, found) == f"# Été\n\n[là]({NEW}) déjà\n".encode(encoding)


def test_a_thousand_links_in_one_file(tmp_path: Path) -> None:
    moves = {f"https://vieux.example/{n}": f"https://neuf.example/{n}" for n in range(1000)}
    data = "".join(f"- [tp]({url})\n" for url in moves).encode()
    found = patch({FILE: data}, [occurrence(url) for url in moves], moves)
    assert applied(tmp_path, data, found) == data.replace(b"vieux", b"neuf")


PIECES = st.lists(
    st.sampled_from(
        [*(before for before, _ in CASES.values()), "\n", "\n\n", " ", "`", "*", "texte", "- ", "é", "[", ")"]
    ),
    min_size=1,
)


@settings(max_examples=60)
@given(PIECES)
def test_any_page_keeps_all_but_its_links(pieces: list[str]) -> None:
    data = made("".join(pieces)).encode()
    found = patch({FILE: data}, [occurrence(OLD)], {OLD: NEW})
    with TemporaryDirectory() as folder:
        after = applied(Path(folder), data, found)
    (old, _), (new, _) = render(data.decode()), render(after.decode())
    assert re.findall("<code.*?</code>", new, re.DOTALL) == re.findall("<code.*?</code>", old, re.DOTALL)
    addresses = re.compile("(?:href|src)=[\"'](.*?)[\"']")
    moved = [escape(NEW) if url == escape(OLD) else url for url in addresses.findall(old)]
    assert addresses.findall(new) in (
        moved,
        addresses.findall(old),
    )  # all of it, or told to be mended by hand
    assert bool(found.problems) == (escape(OLD) in addresses.findall(new) or moved == addresses.findall(old))
