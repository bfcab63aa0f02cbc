"""Whether a page has the place that a fragment names."""

from __future__ import annotations

import re
from enum import Enum
from unicodedata import normalize
from urllib.parse import unquote

from coursekit.links.checking.page import Page

_DIRECTIVE = ":~:"  # of the URL Fragment Text Directives draft
_TEXT = re.compile(r"(?:^|&)text=([^&]*)")

# Places that scripts make: routes, lines of code, states of an application, remarks of readers.
_MADE = re.compile(
    r"[!/?]|(?:L|l|R|n|lines?-?|LC|cl-|diff-)\d|[\w.:-]+=|(?:\w+-)?(?:comment|discussion_r|note_)-?\d"
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
    if page.has_script and (not page.anchors or _MADE.match(name) or _is_heading(name, page)):
        return Found.UNKNOWN
    return Found.NO


def _spellings(name: str) -> set[str]:
    plain = unquote(name)
    return {name, plain, unquote(name, "cp1252"), normalize("NFC", plain), normalize("NFD", plain)}


def _is_heading(name: str, page: Page) -> bool:
    """Tell whether a name is what scripts that give headings their identifiers would make of one."""
    wanted = _letters(unquote(name))
    return bool(wanted) and any(_letters(heading) == wanted for heading in page.headings)


def _letters(text: str) -> str:
    return "".join(re.findall(r"[^\W_]", normalize("NFKD", text).casefold()))


def _find_text(directive: str, page: Page) -> Found:
    """Look for the first words of a text directive: `text=[prefix-,]start[,end][,-suffix]`."""
    wanted = []
    for value in _TEXT.findall(directive):
        terms = [term for term in value.split(",") if not term.endswith("-") and not term.startswith("-")]
        if terms:
            wanted.append(_folded(unquote(terms[0])))
    shown = _folded(page.whole_text)
    if not wanted or any(term in shown for term in wanted):
        return Found.YES
    return Found.UNKNOWN if not page.complete or page.has_script else Found.NO


def _folded(text: str) -> str:
    """Return what two spellings of one text share; tags within words have become spaces."""
    return "".join(normalize("NFKC", text).casefold().split())
