"""The characters of an answer's body: in the encoding that browsers take it for, as far as codecs go."""

from __future__ import annotations

import codecs
import re

from coursekit.links.checking.exchange import Answer

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta\b[^<>]{0,500}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_SNIFFED = 4096  # bytes; the HTML Standard looks at 1024, authors put more before it
# The encodings of the web (Encoding Standard), as far as Python has them: others may be no text, or slow.
_ENCODING = re.compile(
    r"utf-?8|utf-?16(?:-?[lb]e)?|iso-?8859-\d+|windows-\d+|cp\d+|koi8-[ru]|mac-?\w*"
    r"|gbk|gb2312|gb18030|big5|euc-(?:jp|kr)|iso-2022-jp|shift[-_]jis|sjis"
)
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
        except LookupError:  # no such codec
            pass
    try:
        return answer.body.decode("utf-8")
    except UnicodeError:
        return answer.body.decode("utf-8" if not answer.complete else "cp1252", "replace")


def _declared(answer: Answer) -> str:
    """Return the name of the encoding that a header or the page itself tells; empty for one unknown."""
    if match := _CHARSET.search(answer.headers.get("content-type", "")):
        name = match[1].lower()
    else:
        found = _META.search(answer.body[:_SNIFFED])
        name = found[1].decode("ascii", "replace").lower() if found else ""
    return name if name in _WEB_NAMES or _ENCODING.fullmatch(name) else ""
