"""Addresses as written, as sent, and as redirects tell them."""

from __future__ import annotations

from typing import Any

from coursekit.links.checking.addresses import Address, join, parse
from tests.cases_data import cases


@cases("links/addresses")
def test_address(case: dict[str, Any]) -> None:
    expected = Address(case["sent"], case["fragment"]) if "sent" in case else None
    assert parse(case["url"]) == expected


@cases("links/locations")
def test_location(case: dict[str, Any]) -> None:
    target = join(Address("https://h.example/x/a", None), case["location"])
    assert (target.whole if target else None) == case["target"]


def test_a_fragment_goes_along() -> None:
    base = Address("https://h.example/a", "s")
    assert join(base, "/b") == Address("https://h.example/b", "s")
    assert join(base, "/b#t") == Address("https://h.example/b", "t")


def test_bytes_of_another_encoding_are_sent_on() -> None:
    target = join(Address("https://h.example/", None), "/caf\udce9#\udce9")
    assert target == Address("https://h.example/caf%E9", "%E9")
