"""What a crawl of the built site proves: who asks for what is not there."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal, get_args
from urllib.parse import unquote

from coursekit.links.targets import PLAIN_FRAGMENTS, nearest_anchor

# `missing`: no such file; `anchor`: no such place in the page; `malformed`: a URL that no browser could open;
# `unreadable`: the file is there, and could not be served or read.
Fault = Literal["missing", "anchor", "malformed", "unreadable"]
FAULTS: tuple[Fault, ...] = get_args(Fault)


@dataclass(frozen=True, slots=True, order=True)
class DeadLink:
    """One link, image or resource of the built site that leads nowhere."""

    page: str  # URL of what asks for it: a page, a style sheet
    target: str  # URL asked for, fragment included; as written when it is malformed
    text: str
    fault: Fault
    near: str = ""  # for `anchor`, the place of the page that was most likely meant


@dataclass(frozen=True, slots=True)
class _Asked:
    page: str
    fragment: str  # as written, without `#`
    text: str


class Crawled:
    """Puts together who asks for what, and what is there, in whichever order a crawl finds them.

    `tell` is called as soon as a link is proved dead, so that a crawl that is cut has told what it knew. URLs
    are any strings that are the same for the same thing, without fragment.
    """

    def __init__(self, tell: Callable[[DeadLink], None]) -> None:
        self._tell = tell
        self._faults: dict[str, Fault] = {}
        self._places: dict[str, Collection[str] | None] = {}  # None: not a page, any fragment will do
        self._waiting: dict[str, list[_Asked]] = {}

    def link(self, page: str, target: str, fragment: str, text: str) -> None:
        """Note that `page` asks for `target`."""
        asked = _Asked(page, fragment, text)
        if not self._settle(target, asked):
            self._waiting.setdefault(target, []).append(asked)

    def malformed(self, page: str, url: str, text: str) -> None:
        """Note that `page` holds what is no URL."""
        self._tell(DeadLink(page, url, text, "malformed"))

    def dead(self, target: str, fault: Fault) -> None:
        """Note that `target` cannot be had."""
        self._faults[target] = fault
        self._settle_all(target)

    def good(self, target: str, places: Collection[str] | None) -> None:
        """Note that `target` is there; `places` are the identifiers of a page, None for any other file."""
        self._places[target] = places
        self._settle_all(target)

    def _settle_all(self, target: str) -> None:
        for asked in self._waiting.pop(target, ()):
            self._settle(target, asked)

    def _settle(self, target: str, asked: _Asked) -> bool:
        """Tell of a link when it is dead; return whether that can be known yet."""
        if fault := self._faults.get(target):
            self._tell(DeadLink(asked.page, _joined(target, asked.fragment), asked.text, fault))
            return True
        if target not in self._places:
            return False
        places = self._places[target]
        if places is not None and not _is_place(asked.fragment, places):
            near = nearest_anchor(unquote(asked.fragment), places) or ""
            self._tell(DeadLink(asked.page, _joined(target, asked.fragment), asked.text, "anchor", near))
        return True


def _joined(target: str, fragment: str) -> str:
    return f"{target}#{fragment}" if fragment else target


def _is_place(fragment: str, places: Collection[str]) -> bool:
    if not fragment or fragment.startswith(PLAIN_FRAGMENTS):
        return True
    return fragment in places or unquote(fragment) in places
