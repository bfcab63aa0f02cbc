"""Links that lead out of the site: marked in a page's HTML, for style sheets, browsers and screen readers."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit

# One comment, element of raw text or start tag after the other: an attribute's value is no markup.
_MARKUP = re.compile(
    r"<!--.*?-->"
    r"|<(script|style|textarea|title|iframe)\b.*?</\1\s*>"
    r"""|<a\b(?P<attributes>(?:[^"'>]|"[^"]*"|'[^']*')*)>"""
    r"""|<[a-z](?:[^"'>]|"[^"]*"|'[^']*')*>""",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""\s(?P<name>href|rel)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_MARKS = ("noopener", "external")


def mark_external(html: str, own_hosts: frozenset[str]) -> str:
    """Return the HTML with `rel="noopener external"` on every link to another host than these.

    What the author wrote in `rel` stays; nothing else is changed.
    """
    return _MARKUP.sub(lambda found: _marked(found, own_hosts), html)


def _marked(found: re.Match[str], own_hosts: frozenset[str]) -> str:
    attributes = found["attributes"]
    if attributes is None:
        return found[0]
    values = {one["name"].lower(): one for one in reversed([*_ATTRIBUTE.finditer(attributes)])}
    if "href" not in values or not _is_external(_value(values["href"]), own_hosts):
        return found[0]
    own = _value(values["rel"]).split() if "rel" in values else []
    relation = f' rel="{" ".join([*own, *(mark for mark in _MARKS if mark not in own)])}"'
    if "rel" in values:
        start, end = values["rel"].span()
        attributes = f"{attributes[:start]}{relation}{attributes[end:]}"
    else:
        attributes = f"{relation}{attributes}"
    return f"<{found[0][1]}{attributes}>"


def _value(attribute: re.Match[str]) -> str:
    return next((value for value in attribute.groups()[1:] if value is not None), "")


def _is_external(href: str, own_hosts: frozenset[str]) -> bool:
    address = unescape(href).strip()
    if not address.lower().startswith(("http:", "https:", "//")):
        return False
    try:
        host = urlsplit(address).hostname
    except ValueError:  # no address at all: the register tells
        return False
    return bool(host) and host not in own_hosts
