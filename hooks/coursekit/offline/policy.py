"""The page's Content-Security-Policy, for a page that is read from a disk.

There no site is `'self'` (CSP 3: an opaque origin matches nothing; browsers differ), so that what was the
site's own comes from `file:`. Fonts stand in the style sheet, see `styles`. Images too may come from nowhere
else: the copy holds those that could be had.
"""

from __future__ import annotations

_OWN = "'self'"


def for_disk(policy: str) -> str:
    """Return the policy to write in place of `policy`, the `content` of a `meta` element."""
    directives: dict[str, list[str]] = {}
    for directive in policy.split(";"):
        name, *sources = directive.split() or [""]
        if name:
            directives.setdefault(name.lower(), sources)  # a second one of a name is not heeded
    for name, sources in directives.items():
        if _OWN in sources:
            directives[name] = [*sources, "file:"]
    fonts = directives.get("font-src") or directives.get("default-src") or [_OWN, "file:"]
    directives["font-src"] = _with_data([source for source in fonts if source != "'none'"])
    directives["img-src"] = [_OWN, "file:", "data:"]
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())


def _with_data(sources: list[str]) -> list[str]:
    return sources if "data:" in sources else [*sources, "data:"]
