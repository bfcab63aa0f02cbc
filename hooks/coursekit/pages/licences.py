"""Creative Commons licences, found in what an author writes of a page's licence."""

from __future__ import annotations

import re
from typing import NamedTuple

_LONGEST = 2000  # characters that are looked through; a licence is named in the first line

# The logo in texts: icon fonts' private characters (Material Design Icons, Font Awesome), Unicode's own.
_LOGO = "[\U000f0d6b\uf25e\U0001f16d]"
# The elements of https://creativecommons.org/share-your-work/cclicenses/, as the licences' short, English and
# French names have them.
_ELEMENTS = {
    "by": r"by|attribution|paternité",
    "nc": r"nc|non[\s-]?commerciale?|pas d['’]utilisation commerciale",
    "nd": r"nd|no[\s-]?deriv(?:ative)?s?|pas de modifications?",
    "sa": r"sa|share[\s-]?alike|partage (?:dans les mêmes conditions|à l['’]identique)",
}
_COMBINATIONS = frozenset({"by", "by-nc", "by-nc-nd", "by-nc-sa", "by-nd", "by-sa"})
_SEPARATOR = r"[\s_/–—,+&-]{0,4}"
_ELEMENT = "|".join(f"(?:{names})(?![^\\W_])" for names in _ELEMENTS.values())
# Both are compiled by the first page that says anything of its licence.
_CC = (
    rf"(?:https?://creativecommons\.org/(?:licenses|publicdomain)/"
    rf"|(?<![^\W_])(?:cc|creative[\s-]?commons)|{_LOGO}){_SEPARATOR}(?:cc(?=[\s_-]))?{_SEPARATOR}"
    rf"(?:(?P<zero>0|zero)(?![^\W_])|(?P<elements>(?:{_ELEMENT})(?:{_SEPARATOR}(?:{_ELEMENT})){{0,3}}))"
    r"(?:[\s_/,-]{0,3}v?(?P<version>[1-4]\.[05])(?!\d))?"
    r"(?:[\s/-](?P<port>fr|be|ch|ca|lu)(?![^\W_]))?"
    r"(?:\s(?:international|unported|universal))?(?:/deed[.\w]*|/legalcode[.\w]*)?/?"
)
_HOLDER = (
    r"(?:©|\(c\)|copyright)[\s©]*"
    r"(?:\d{4}(?:\s*[-–,]\s*\d{2,4})*)?[\s,]*"
    r"(?P<name>[^\d\W][^,;.()<>\n]{1,80}?)\s*"
    rf"(?:[,;.()<>\n]|\b(?:under|sous|licen[cs]ed|all rights|tous droits|cc|creative)\b|{_LOGO}|$)"
)


class Licence(NamedTuple):
    """A licence of Creative Commons, and the text that names it."""

    name: str  # `CC BY-SA 4.0`
    url: str  # of the licence, `https://creativecommons.org/licenses/by-sa/4.0/`; empty without a version
    marks: tuple[str, ...]  # what its logos stand for, in their order: `cc`, `by`, `nc`, `sa`, `nd`, `zero`
    before: str = ""  # what the author writes in front of its name: `© 2026 Ada, `
    after: str = ""  # and behind

    @property
    def deed(self) -> str:
        """Return the address of its summary in French, empty if that of the licence is."""
        return f"{self.url}deed.fr" if self.url else ""


def licence(text: str) -> Licence | None:
    """Return the first licence of Creative Commons that the text names by its elements, if there is one."""
    if not text:
        return None
    text = text[:_LONGEST]
    for match in re.finditer(_CC, text, re.IGNORECASE):
        around = (text[: match.start()], text[match.end() :])
        if match["zero"]:
            url = "https://creativecommons.org/publicdomain/zero/1.0/"
            return Licence("CC0 1.0", url, ("cc", "zero"), *around)
        elements = _elements(match["elements"])
        if "-".join(elements) in _COMBINATIONS:
            version, port = match["version"], _port(match["version"], match["port"])
            name = " ".join(filter(None, ["CC", "-".join(elements).upper(), version, port.upper()]))
            place = "/".join(filter(None, ["-".join(elements), version, port]))
            url = f"https://creativecommons.org/licenses/{place}/" if version else ""
            return Licence(name, url, ("cc", *elements), *around)
    return None


def holder(text: str) -> str:
    """Return who holds the rights, as `© 2025 Ada Lovelace under CC BY 4.0` says it; empty if nobody does."""
    found = re.search(_HOLDER, text[:_LONGEST], re.IGNORECASE) if text else None
    return found["name"].strip() if found else ""


def _port(version: str | None, port: str | None) -> str:
    """Return the country of a licence that has been ported to its law, which those of version 4 are not."""
    return port.lower() if port and version and version != "4.0" else ""


def _elements(written: str) -> list[str]:
    """Return the elements in the order of the licences' names."""
    return [
        element
        for element, names in _ELEMENTS.items()
        if re.search(rf"(?<![^\W_])(?:{names})(?![^\W_])", written, re.IGNORECASE)
    ]
