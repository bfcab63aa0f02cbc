"""What a page may load, and from where: the Content-Security-Policy of the site.

Levels and grammar are those of https://www.w3.org/TR/CSP3/.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator

_SCRIPT = re.compile(r"<script(?:\s[^>]*)?>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_SOURCE = re.compile(r"\ssrc\s*=", re.IGNORECASE)
_JINJA = re.compile(r"\{[{%#]")

_FOR_EVERY_SITE = (
    "default-src 'self'",
    # Drawings, tables and what the theme sets by script carry styles of their own.
    "style-src 'self' 'unsafe-inline'",
    # An author may show images of other sites: the build lists them.
    "img-src 'self' data: http: https:",
    "font-src 'self' data:",
    "object-src 'none'",
    "base-uri 'self'",
)
# A `meta` element cannot say who may frame the page.
_FOR_A_HEADER = "frame-ancestors 'self'"


def inline_scripts(template: str) -> Iterator[str]:
    """Yield the scripts written out in a template whose text is the same on every page."""
    for found in _SCRIPT.finditer(template):
        opening = found[0][: found.start(1) - found.start()]
        if found[1] and not _SOURCE.search(opening) and not _JINJA.search(found[1]):
            yield found[1]


def content_security_policy(scripts: Iterable[str]) -> str:
    """Return the policy that lets these inline scripts run and no other; without `eval` in any form."""
    hashes = sorted({_hash(script) for script in scripts})
    first, *others = _FOR_EVERY_SITE
    return "; ".join([first, " ".join(["script-src 'self'", *hashes]), *others])


def while_writing() -> str:
    """Return the policy for a site that its author looks at, which a script in the page reloads."""
    first, *others = _FOR_EVERY_SITE
    return "; ".join([first, "script-src 'self' 'unsafe-inline'", *others])


def headers(policy: str) -> str:
    """Return what a server should send with every page, as a `_headers` file of static hosts says it."""
    lines = (
        f"Content-Security-Policy: {policy}; {_FOR_A_HEADER}",
        "Referrer-Policy: strict-origin-when-cross-origin",
        "X-Content-Type-Options: nosniff",
    )
    return "".join(["/*\n", *(f"  {line}\n" for line in lines)])


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
