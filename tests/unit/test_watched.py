"""Objects whose reader is watched."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from coursekit.watched import Reading


class Item(SimpleNamespace):
    """Something with attributes, entries and a length."""

    def __getitem__(self, key: int) -> int:
        return key

    def __len__(self) -> int:
        return 2

    def __str__(self) -> str:
        return "un"


READS: dict[str, tuple[Callable[[Any], Any], Any, bool]] = {
    "what is known": (lambda one: one.title, "Un", False),
    "what is given besides": (lambda one: one.parent, "au-dessus", False),
    "whether it is there": (bool, True, False),
    "another attribute": (lambda one: one.url, "un/", True),
    "an entry": (lambda one: one[7], 7, True),
    "its length": (len, 2, True),
    "its entries": (lambda one: next(iter(one)), 0, True),
    "its text": (str, "un", True),
    "itself": (lambda one: one == Item(title="Un", url="un/"), True, True),
}


@pytest.mark.parametrize(("read", "found", "is_more"), READS.values(), ids=READS)
def test_what_is_read(read: Callable[[Any], Any], found: object, is_more: bool) -> None:
    reading = Reading()
    given = reading.watched(Item(title="Un", url="un/"), ("title",), {"parent": "au-dessus"})
    assert reading.known == [[{"title": "Un"}, True]]
    assert read(given) == found
    assert reading.is_more == is_more


def test_nothing_is_known_too() -> None:
    reading = Reading()
    assert reading.watched(None, ("title",)) is None
    assert reading.known == [None]
