"""Gives back the characters of course pages: bytes or text in, sound text and a list of changes out.

    repair(text) -> Repair      undo mojibake in a text
    read(data) -> Repair        decode a file, then undo mojibake
    read_all(files) -> …        the same for the files of a site, each with what the others tell

Sound text comes back as it is. A page opts out with `encoding: intact` in its front matter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from coursekit.encoding.detect import may_be_damaged
from coursekit.encoding.page import find_damage
from coursekit.encoding.prior import Prior, shipped_prior
from coursekit.encoding.ranking import ranker_of
from coursekit.encoding.raw import decode
from coursekit.encoding.restore import restore
from coursekit.encoding.values import CERTAIN, Change, Repair, SiteKnowledge

__all__ = ["CERTAIN", "Change", "Repair", "SiteKnowledge", "read", "read_all", "repair"]

Key = TypeVar("Key")

_NO_SITE = SiteKnowledge()
_MOST_PASSES = 16  # a bound; misreading more often makes a text a thousand times longer
_LINE_END = re.compile(r"(\r\n|\r|\n)")
_INTACT = re.compile(
    r"---[ \t]*\r?\n(?:(?!---[ \t]*\r?$).*\n)*?encoding:[ \t]*intact[ \t]*\r?$", re.MULTILINE
)


def read(data: bytes, site: SiteKnowledge | None = None, *, prior: Prior | None = None) -> Repair:
    """Decode a file and undo its mojibake; never raises, what cannot be read is a problem of the result."""
    prior = prior or shipped_prior()
    decoded = decode(data, prior)
    repaired = repair(decoded.text, site, prior=prior)
    return replace(repaired, encoding=decoded.encoding, problems=decoded.problems + repaired.problems)


def read_all(files: Mapping[Key, bytes]) -> dict[Key, Repair]:
    """Read the files of a site; those that lost characters a second time, with what all of them tell."""
    first = {key: read(data) for key, data in files.items()}
    site = SiteKnowledge.gather(first.values())
    return {key: read(files[key], site) if repair.lost else repair for key, repair in first.items()}


def repair(text: str, site: SiteKnowledge | None = None, *, prior: Prior | None = None) -> Repair:
    """Undo the mojibake of a text, as often as it was misread; lines, their ends and their number are kept.

    `site` is what the other pages tell; `prior` what course pages are made of, the shipped one by default.
    """
    if not may_be_damaged(text) or _INTACT.match(text):
        return Repair(text)
    site = site or _NO_SITE
    prior = (prior or shipped_prior()).enriched(site.emoji)
    parts = _LINE_END.split(text)
    changes: list[Change] = []
    for _ in range(_MOST_PASSES):
        lines = parts[::2]
        damage = find_damage(lines, text, prior)
        if damage is None or not damage.lines:
            break
        parts[::2], found = restore(lines, damage, ranker_of(prior, site))
        changes += found
        text = "".join(parts)
        if not may_be_damaged(text):
            break
    return Repair(text, tuple(sorted(changes, key=lambda change: change.line)))
