"""What elements of formulas state of their looks: lengths and spaces in em, sizes, colours."""

from __future__ import annotations

import re

from coursekit.html_tree import Element
from coursekit.pdf.syntax import call, string

_LENGTH = re.compile(r"\s*([+-]?\d{0,9}(?:\.\d{0,9})?)\s*([a-z%]*)\s*", re.IGNORECASE)
# In em: CSS has 16 px in one, and 72 pt, 96 px in an inch.
_UNITS = {
    "em": 1.0, "rem": 1.0, "ex": 0.45, "px": 1 / 16, "pt": 1 / 12, "pc": 1.0, "in": 6.0,
    "cm": 2.3622, "mm": 0.23622,
}  # fmt: skip
_NAMED = {
    f"{size}mathspace": number / 18
    for number, size in enumerate(
        ("veryverythin", "verythin", "thin", "medium", "thick", "verythick", "veryverythick"), 1
    )
}
_COLOR = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})")
# Those that CSS and Typst both name.
_COLOR_NAMES = frozenset(
    [
        "black",
        "gray",
        "silver",
        "white",
        "navy",
        "blue",
        "aqua",
        "teal",
        "purple",
        "fuchsia",
        "maroon",
        "red",
        "orange",
        "yellow",
        "olive",
        "green",
        "lime",
    ]
)
_WIDEST = 20.0  # a page has some forty


def em(text: str) -> float | None:
    """Return a length that is no share of another, None if it cannot be read."""
    if (named := text.strip().lower().removeprefix("negative")) in _NAMED:
        return _NAMED[named] * (-1 if "negative" in text.lower() else 1)
    match = _LENGTH.fullmatch(text)
    if not match or not any(char.isdigit() for char in match[1]):
        return None
    value = float(match[1])
    if not value:
        return 0.0
    unit = _UNITS.get(match[2].lower())
    return None if unit is None else max(-_WIDEST, min(_WIDEST, value * unit))


def attribute_em(element: Element, name: str) -> float | None:
    """Return the length of an attribute, or of the property of that name in its `style`."""
    if name in element.attributes:
        return em(element.attributes[name])
    value = declared(element, name)
    return em(value) if value else None


def declared(element: Element, name: str) -> str:
    """Return what an element's `style` declares for a property, the last time it does."""
    found = ""
    for declaration in element.attributes.get("style", "").split(";"):
        key, _, value = declaration.partition(":")
        if key.strip().lower() == name:
            found = value.strip()
    return found


def space(width: float) -> str:
    """Return a space `width` em wide, nothing for none.

    Typst forgets the spaces around an operator where `h` follows; beside a box they stay, as in TeX.
    """
    if not round(width, 3):
        return ""
    return f"h({width:.3f}em)" if width < 0 else f"box(width: {width:.3f}em)"


def stated_size(element: Element) -> str:
    """Return Typst's function for the size of letters that an element states, nothing if it does not."""
    level = element.attributes.get("scriptlevel", "").strip().lstrip("+")
    if level in ("1", "2", "3"):
        return "math.script" if level == "1" else "math.sscript"
    is_display = element.attributes.get("displaystyle", "").lower()
    return {"true": "math.display", "false": "math.inline"}.get(is_display, "")


def stated_color(element: Element) -> str:
    """Return the colour that an element states, nothing if it does not."""
    name = (element.attributes.get("mathcolor") or declared(element, "color")).strip().lower()
    if _COLOR.fullmatch(name):
        return call("rgb", string(name))
    return name if name in _COLOR_NAMES else ""
