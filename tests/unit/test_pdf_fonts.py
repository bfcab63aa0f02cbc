"""The fonts of the book: those that stand here are what their README says, and no other is used."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import coursekit.pdf
from coursekit.pdf.press import fonts

FOLDER = Path(coursekit.pdf.__file__).parent / "fonts"


def test_the_files_are_those_of_the_packages() -> None:
    table = (FOLDER / "README.md").read_text("utf-8")
    told = dict(re.findall(r"^\| `([\w.-]+)` \|.*\| `([0-9a-f]{64})` \|$", table, re.MULTILINE))
    assert told == {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in FOLDER.glob("*.ttf")}


def test_no_font_of_the_system() -> None:
    ours = [Path(font.path) for font in fonts().fonts() if font.path]
    assert {path.parent.name for path in ours} == {"files", "fonts"}
    assert {font.family for font in fonts().fonts() if font.path} == {
        "Inter", "JetBrains Mono", "Symbols Nerd Font Mono", "Twemoji Mozilla"
    }  # fmt: skip
