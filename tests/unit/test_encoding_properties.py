"""What must hold for every text and every file."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.encoding import Repair, read, repair
from tests.damage import misread

TEXT = "été déjà à où l’hôtel « cœur » naïf — forêt 5 € œuvre ça très ✅ 🚀 📝 → CAFÉ ÎLE voilà… plaît aiguë"
WORDS = TEXT.split()
DAMAGE = [
    "Ã©",
    "Ã\u00a0",
    "â€™",
    "ğŸ”",
    "ï¸",
    "ðŸ˜€",
    "Ã",
    "Ã©",
    "├⌐",
    "√©",
    "\x8f",
    "\ufffd",
    "?",
    " ",
    "\r\n",
    "\n",
    "é",
]
sound_french = st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join)
anything = st.text(st.characters())  # surrogates too, as `json.loads` and file names give them
mangled = st.lists(st.sampled_from(DAMAGE) | st.text(max_size=3), max_size=40).map("".join)
settled = st.tuples(st.sampled_from(["🔎 été", "déjà 🔏", "\ufe0f", "?", "\ufffd"]), mangled).map(
    lambda parts: f"---\nencoding: |\n  {parts[0]}\n---\n{parts[1]}"
)


@settings(deadline=None)  # the first makes the tables
@given(anything | mangled | settled)
def test_any_text_keeps_its_lines(text: str) -> None:
    ends = re.compile(r"\r\n|\r|\n")
    assert ends.findall(repair(text).text) == ends.findall(text)


@settings(deadline=None)  # the first makes the tables
@given(anything | mangled | settled)
def test_repair_is_idempotent(text: str) -> None:
    once = repair(text).text
    assert repair(once).text == once
    assert not repair(once).changes


@settings(deadline=None)
@given(st.binary())
def test_any_bytes_can_be_read(data: bytes) -> None:
    found = read(data)
    assert not (found.problems and found.text)


@settings(deadline=None)
@given(sound_french)
def test_sound_french_is_unchanged(text: str) -> None:
    assert read(text.encode()) == Repair(text)


@settings(max_examples=50, deadline=None)  # the first of each code page makes its table
@given(sound_french, st.sampled_from(["cp437", "cp850", "mac_roman", "latin-1", "cp1251"]))
def test_what_is_misread_whole_is_given_back(text: str, codec: str) -> None:
    page = f"Le déploiement était préparé à l’école, déjà.\n{text}\n"
    assert repair(misread(page, codec)).text == page
