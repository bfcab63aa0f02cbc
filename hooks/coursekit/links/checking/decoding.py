"""The characters of an answer's body: in the encoding that browsers take it for, as far as codecs go."""

from __future__ import annotations

import codecs
import re

from coursekit.links.checking.exchange import Answer

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta\b[^<>]{0,500}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_SNIFFED = 4096  # bytes; the HTML Standard looks at 1024, authors put more before it
_WEB_NAMES = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
}


def decoded(answer: Answer) -> str:
    """Return an answer's text; bytes that mean nothing become U+FFFD."""
    for mark, encoding in _BOMS:
        if answer.body.startswith(mark):
            return answer.body[len(mark) :].decode(encoding, "replace")
    name = _declared(answer)
    if name:
        try:
            return answer.body.decode(_WEB_NAMES.get(name, name), "replace")
        except (LookupError, UnicodeError):  # no such codec, or none of text
            pass
    try:
        return answer.body.decode("utf-8")
    except UnicodeError:
        return answer.body.decode("utf-8" if not answer.complete else "cp1252", "replace")


def _declared(answer: Answer) -> str:
    if match := _CHARSET.search(answer.headers.get("content-type", "")):
        return match[1].lower()
    found = _META.search(answer.body[:_SNIFFED])
    return found[1].decode("ascii", "replace").lower() if found else ""
