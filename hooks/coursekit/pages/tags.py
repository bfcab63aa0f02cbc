"""Tags: the names that pages give, gathered whatever their case and accents, each with its address."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from html import escape
from typing import NamedTuple

_LONGEST = 60  # characters of a slug; file systems take 255 bytes
# What tells « C », « C++ » and « C# » apart is part of the slug.
_SPELT_OUT = {"+": " plus ", "#": " diese ", "&": " et "}
_NO_WORD = re.compile(r"[\W_]+")


class Tag(NamedTuple):
    """A tag, and the pages that have it."""

    name: str  # as its pages write it most often
    slug: str  # its place in addresses: letters, digits and hyphens, the only one of its kind
    pages: tuple[str, ...]  # keys of the pages, each once, in the order given


def fold(name: str) -> str:
    """Return what the spellings of one tag share: `réseau`, `Réseau ` and `RESEAU` are one."""
    letters = unicodedata.normalize("NFKD", name.casefold().replace("œ", "oe").replace("æ", "ae"))
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def gather(pages: Iterable[tuple[str, Iterable[str]]]) -> tuple[Tag, ...]:
    """Return the tags of pages, given as (key, names), in alphabetical order; empty names are none."""
    spellings: dict[str, Counter[str]] = {}
    tagged: dict[str, dict[str, None]] = {}
    for key, names in pages:
        for name in names:
            if folded := fold(name):
                spellings.setdefault(folded, Counter())[" ".join(name.split())] += 1
                tagged.setdefault(folded, {})[key] = None
    taken: set[str] = set()
    return tuple(
        Tag(_usual(spellings[folded]), _free(_slug(folded), taken), tuple(tagged[folded]))
        for folded in sorted(tagged)
    )


def listing(tags: Iterable[tuple[Tag, str]]) -> str:
    """Return the HTML that lists tags, given with their addresses, and how many pages each has."""
    items = "".join(
        f'<li id="tag:{tag.slug}"><a href="{escape(url)}">{escape(tag.name)}</a> '
        f"<span>{len(tag.pages)} page{'s' if len(tag.pages) > 1 else ''}</span></li>"
        for tag, url in tags
    )
    return f'<ul class="tag-list">{items}</ul>' if items else ""


def _usual(spellings: Counter[str]) -> str:
    """Return the most frequent spelling; among equals the one that sorts first, whatever the pages' order."""
    return min(spellings, key=lambda name: (-spellings[name], name))


def _slug(folded: str) -> str:
    for character, word in _SPELT_OUT.items():
        folded = folded.replace(character, word)
    slug = _NO_WORD.sub("-", folded).strip("-")
    # Of emoji and punctuation nothing is left: their code points are as lasting.
    slug = slug or "-".join(f"u{ord(character):x}" for character in folded[:8] if not character.isspace())
    return slug[:_LONGEST].strip("-")


def _free(slug: str, taken: set[str]) -> str:
    """Return the slug, numbered if another tag has it, and take it."""
    number, free = 1, slug
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    taken.add(free)
    return free
