"""What an author settles in the front matter of a page: `encoding: intact`, or passages as they should read.

    ---
    encoding: |
      🔎 Trouver la cause
      ⏱️ Durée
    ---

A passage settles every lost character it shows, wherever the page reads like it around them. Passages are
told by their words and not by line numbers, which move. They are no YAML to this room: one stands on one
line, whatever marks of Markdown or YAML it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from coursekit import messages
from coursekit.encoding.stretches import UNKNOWN, Piece
from coursekit.problem import Problem

_SELECTOR = "\ufe0f"  # seen by no author
_BLANKS = " \u00a0\u202f"
_INTACT = re.compile(r"encoding:[ \t]*(['\"]?)intact\1[ \t]*(?:#.*)?")
_PASSAGES = re.compile(r"encoding:[ \t]*[|>][-+]?[ \t]*")
_MOST_LINES = 1_000  # of a front matter


def _alternatives(char: str) -> str:
    """Return the pattern of a character of a passage: it may be lost, and no blank is seen from another."""
    return f"[{_BLANKS if char in _BLANKS else re.escape(char)}{UNKNOWN}]"


@dataclass(frozen=True)
class Passage:
    """How a stretch of a line should read."""

    line: int  # 1-based line of the file where it is settled
    text: str

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(f"{_SELECTOR}*".join(map(_alternatives, self._seen)))

    @cached_property
    def _seen(self) -> str:
        return self.text.replace(_SELECTOR, "")

    def settle(self, draft: str) -> Iterator[dict[int, str]]:
        """Yield, for each place where a draft reads like the passage, what its unknown characters are."""
        for match in self._pattern.finditer(draft):
            places = [place for place in range(*match.span()) if draft[place] != _SELECTOR]
            yield {
                place: char
                for place, char in zip(places, self._seen, strict=True)
                if draft[place] == UNKNOWN and char != UNKNOWN
            }


@dataclass(frozen=True, slots=True)
class Settings:
    """What the front matter of a page says of its encoding."""

    intact: bool = False  # the page is not to be repaired
    passages: tuple[Passage, ...] = ()
    lines: frozenset[int] = frozenset()  # 0-based: those that say it, which tell nothing of the page


def settings_of(lines: Sequence[str]) -> Settings:
    """Read the settings in the front matter of a page; none where it is not closed."""
    intact = listing = False
    passages: list[Passage] = []
    told: set[int] = set()
    for index in range(1, _end_of_front_matter(lines)):
        line = lines[index]
        if not line.startswith((" ", "\t")) and line.strip(" \t"):
            listing = _PASSAGES.fullmatch(line) is not None
            intact = intact or _INTACT.fullmatch(line) is not None
            if line.startswith("encoding:"):
                told.add(index)
        elif listing and (text := line.strip(" \t")):
            passages.append(Passage(index + 1, text))
            told.add(index)
    return Settings(intact, tuple(passages), frozenset(told))


def _end_of_front_matter(lines: Sequence[str]) -> int:
    """Return the index of the line that closes the front matter, 0 when there is none."""
    if not lines or lines[0].removeprefix("\ufeff").rstrip(" \t") != "---":
        return 0
    ends = (i for i, line in enumerate(lines[1:_MOST_LINES], start=1) if line.rstrip(" \t") in ("---", "..."))
    return next(ends, 0)


def settle(pieces: Sequence[Piece], passages: Sequence[Passage]) -> tuple[list[Piece], set[Passage]]:
    """Return the pieces of a line with what the passages settle, and the passages it reads like."""
    places: dict[int, int] = {}  # offset of an unknown character in the draft -> its piece
    drafts = [piece.draft for piece in pieces]
    for index, end in enumerate(accumulate(map(len, drafts))):
        if len(pieces[index].candidates) > 1:
            places[end - len(drafts[index])] = index
    draft = "".join(drafts)
    settled = list(pieces)
    used: set[Passage] = set()
    for passage in passages:
        for found in passage.settle(draft):
            if all(_may_be(pieces, places.get(place), char) for place, char in found.items()):
                used.add(passage)
                for place, char in found.items():
                    piece = pieces[places[place]]
                    settled[places[place]] = Piece(piece.before, (char,), lost=True)
    return settled, used


def _may_be(pieces: Sequence[Piece], index: int | None, char: str) -> bool:
    return index is not None and char in pieces[index].candidates


def unmatched(passages: Sequence[Passage], used: Set[Passage], text: str) -> list[Problem]:
    """Return a problem for each passage that stands nowhere in a repaired text but in its front matter."""
    return [
        Problem(passage.line, messages.unmatched_passage(passage.text))
        for passage in passages
        if passage not in used and text.count(passage.text) < 2
    ]
