"""Whether a page has the place that a fragment names."""

from __future__ import annotations

import re
from enum import Enum
from unicodedata import normalize
from urllib.parse import unquote

from coursekit.links.checking.page import Page

_DIRECTIVE = ":~:"  # of the URL Fragment Text Directives draft
_TEXT = re.compile(r"(?:^|&)text=([^&]*)")

# Places that scripts or viewers make: lines of code, routes, states of an application, parts of a medium.
_MADE = re.compile(
    r"[!/]|(?:L|l|R|n|line-?|lines-?|LC|cl-|diff-)\d|[\w.:-]+=|comment|issuecomment|discussion"
)
_PREFIXES = ("", "user-content-")  # GitHub puts the second before the identifiers of its authors


class Found(Enum):
    """Whether the place is there."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"  # no robot can tell


def find(fragment: str, page: Page | None) -> Found:
    """Look for a fragment, without `#`, in a page; None is a document that is no HTML."""
    name, _, directive = fragment.partition(_DIRECTIVE)
    if not name or name.lower() == "top":
        return _find_text(directive, page) if directive and page else Found.YES
    if page is None:
        return Found.UNKNOWN
    if any(prefix + spelling in page.anchors for spelling in _spellings(name) for prefix in _PREFIXES):
        return Found.YES
    if not page.complete or page.is_shell:
        return Found.UNKNOWN
    if page.has_script and (_MADE.match(name) or not page.anchors):
        return Found.UNKNOWN
    return Found.NO


def _spellings(name: str) -> set[str]:
    plain = unquote(name)
    return {name, plain, normalize("NFC", plain), normalize("NFD", plain)}


def _find_text(directive: str, page: Page) -> Found:
    """Look for the first words of a text directive: `text=[prefix-,]start[,end][,-suffix]`."""
    wanted = []
    for value in _TEXT.findall(directive):
        terms = [term for term in value.split(",") if not term.endswith("-") and not term.startswith("-")]
        if terms:
            wanted.append(_folded(unquote(terms[0])))
    shown = _folded(page.text)
    if not wanted or any(term in shown for term in wanted):
        return Found.YES
    return Found.UNKNOWN if not page.complete or page.has_script or len(shown) > 19_000 else Found.NO


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", normalize("NFKC", text)).casefold().strip()
