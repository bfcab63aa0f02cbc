"""The repair of texts: cases, the course page, what it tells about itself."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from coursekit.encoding import Repair, SiteKnowledge, is_damaged, read, read_all, repair
from tests.cases_data import cases

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests/cases/encoding"
COURSE = ROOT / "docs/kubernetes/bonnes-pratiques.md"
SOUND = "# Été\n\nDéjà prêt, c’est l’œuvre d’été à l’hôtel.\n\n"


@cases("encoding/unchanged")
@pytest.mark.parametrize("above", ["", SOUND], ids=["alone", "in a sound page"])
def test_sound_text_is_never_touched(case: dict[str, str], above: str) -> None:
    text = above + case["text"]
    assert repair(text) == Repair(text)
    assert not is_damaged(text)


@cases("encoding/repaired")
def test_damage_is_undone(case: dict[str, str]) -> None:
    found = repair(case["text"])
    assert found.text == case["expected"]
    assert found.changes
    assert repair(found.text) == Repair(found.text)
    assert is_damaged(case["text"])


def test_whoever_remembers_what_is_damaged_reads_the_same() -> None:
    files = {"a": COURSE.read_bytes(), "b": SOUND.encode(), "c": "Ã la carte".encode(), "d": b"\xe9t\xe9"}
    assert read_all(files, suspect=is_damaged) == read_all(files)


@pytest.fixture(scope="module")
def course() -> Repair:
    return read(COURSE.read_bytes())


def test_the_course_page_shows_no_mojibake(course: Repair) -> None:
    assert not re.search("[ÃğŸ\ufffd]|â[€œšŒ]|ï¸", course.text)
    assert course.text.count("\n") == COURSE.read_bytes().count(b"\n")
    assert not course.problems


def test_the_course_page_gets_every_lost_character_back(course: Repair) -> None:
    expected = json.loads((CASES / "course_page.json").read_text("utf-8"))["lost"]
    assert [{"line": change.line, "after": change.after} for change in course.lost] == expected
    assert len(expected) == 60
    assert sum(change.after == "\ufe0f" for change in course.lost) == 13


def test_the_course_page_keeps_its_licence_glyph(course: Repair) -> None:
    assert "license: © 2025 Tom Avenel under \U000f0d6b  BY-SA 4.0\n" in course.text


def test_every_selector_of_the_course_page_follows_an_emoji(course: Repair) -> None:
    before = {course.text[match.start() - 1] for match in re.finditer("\ufe0f", course.text)}
    assert before == set("🏷⏱🗃🛠🛡⚖🏗🗺")
    assert all(unicodedata.category(char) == "So" for char in before)


def test_a_change_says_what_it_guessed() -> None:
    change = repair("## ğŸ” SÃ©curitÃ©\n").lost[0]
    assert (change.line, change.before, change.after) == (1, "ğŸ”", change.candidates[0])
    assert {"🔐", "🔍", "🔎", "🔏"} <= set(change.candidates)
    assert 0 < change.confidence < 1
    strict = [change for change in repair("DÃ©jÃ\u00a0 lÃ\u00a0\n").changes if not change.lost]
    assert [(change.before, change.after, change.confidence) for change in strict] == [
        ("Ã©", "é", 1.0),
        ("Ã\u00a0", "à", 1.0),
        ("Ã\u00a0", "à", 1.0),
    ]


def test_the_site_tips_the_scales() -> None:
    text = "DÃ©jÃ\u00a0 vu ğŸ”\n"
    chosen = {emoji: repair(text, SiteKnowledge({emoji: 50})).lost[0].after for emoji in ("🔎", "🔝", "🔏")}
    assert chosen == {"🔎": "🔎", "🔝": "🔝", "🔏": "🔏"}


def test_a_site_may_know_characters_that_no_prior_does() -> None:
    text = "# î° DÃ©marrage de lâ€™Ã©tÃ©\n"
    assert repair(text, SiteKnowledge({"\ue7b0": 3})).text == "# \ue7b0 Démarrage de l’été\n"


@cases("encoding/settled")
def test_an_author_settles_what_is_doubtful(case: dict[str, Any]) -> None:
    head = f"---\nencoding: {case['encoding']}\n---\n\n"
    found = repair(head + case["body"] + "\n")
    assert found.text == head + case["expected"] + "\n"
    assert [problem.line for problem in found.problems] == case["problems"]


def test_what_is_settled_is_certain() -> None:
    head = "---\nencoding: |\n  Clé 🔏\n---\n"
    (change,) = repair(head + "ClÃ© ğŸ”\n").lost
    assert (change.after, change.confidence, change.certain) == ("🔏", 1.0, True)


def test_guesses_do_not_confirm_themselves() -> None:
    found = repair("SÃ©curitÃ© ğŸ”, ğŸš€ dÃ©jÃ\u00a0\n")
    assert found.lost
    assert SiteKnowledge.gather([found]).emoji == {"🚀": 1}


@pytest.mark.parametrize("unit", ["Ã©tÃ© Ã\u00a0 la plage. ", "Ã©", "``é `Ã© ``` ", "<code>Ã© ", "â"])
def test_long_lines_take_linear_time(unit: str) -> None:
    def seconds(times: int) -> float:
        text = "DÃ©jÃ\u00a0 prÃªt\n" + unit * times
        start = time.process_time()
        repair(text)
        return time.process_time() - start

    seconds(100)  # tables are made once
    assert seconds(8_000) < 25 * max(seconds(1_000), 0.02)  # quadratic would be 64 times
