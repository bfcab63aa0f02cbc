"""How boxes look on paper: the site's own looks, and darker ones for the boxes that the theme draws."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from coursekit.markdown.containers import callouts
from coursekit.pdf.book import Look

# Classes that the theme draws -> colour with 4.5:1 on white (WCAG 2.2, 1.4.3), icon of the theme.
_THEME = {
    "note": ("#1d4ed8", "material/pencil-circle"),
    "abstract": ("#0369a1", "material/clipboard-text"),
    "info": ("#0e7490", "material/information"),
    "tip": ("#00796b", "material/fire"),
    "success": ("#15803d", "material/check"),
    "question": ("#4d7c0f", "material/help-circle"),
    "warning": ("#b45309", "material/alert"),
    "failure": ("#b91c1c", "material/close"),
    "danger": ("#be123c", "material/lightning-bolt-circle"),
    "bug": ("#be185d", "material/shield-bug"),
    "example": ("#6d28d9", "material/test-tube"),
    "quote": ("#57606a", "material/format-quote-close"),
}


def looks(
    site: Mapping[str, callouts.Look], icons: Mapping[str, str], svg: Callable[[str], str]
) -> dict[str, Look]:
    """Return the looks by class of a box.

    `site` are the site's own looks, `icons` the theme's icons by class where mkdocs.yml names them; `svg`
    reads an icon of the theme, empty where there is none.
    """
    found: dict[str, Look] = {}
    for name in [*_THEME, *site]:
        color, icon = _THEME.get(name, _THEME["note"])
        own = site.get(name, callouts.Look())
        color = own.color or color
        found[name] = Look(color, svg(icons.get(name) or own.icon or icon))
    return found
