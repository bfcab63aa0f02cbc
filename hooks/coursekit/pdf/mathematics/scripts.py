"""Scripts of formulas: indices and exponents, limits, accents, braces."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from coursekit.html_tree import Element
from coursekit.pdf.mathematics.operators import char, core, is_arrow
from coursekit.pdf.syntax import EMPTY, boolean, call, string

if TYPE_CHECKING:
    from coursekit.pdf.mathematics.formulas import Formula, Handler

_OVER = {
    **dict.fromkeys("‾―─\u0305\u0332_", "overline"),
    "⏞": "overbrace", "⎴": "overbracket", "⏜": "overparen", "⏠": "overshell",
}  # fmt: skip
_UNDER = {
    **dict.fromkeys("_‾―─¯\u0332", "underline"),
    "⏟": "underbrace", "⎵": "underbracket", "⏝": "underparen", "⏡": "undershell",
}  # fmt: skip
# What MathML writes above a base -> Typst's accents, Unicode's combining characters.
_ACCENTS = {
    "`": "\u0300", "´": "\u0301", "^": "\u0302", "ˆ": "\u0302", "~": "\u0303", "˜": "\u0303", "¯": "\u0304",
    "ˉ": "\u0304", "˘": "\u0306", "˙": "\u0307", "¨": "\u0308", "˚": "\u030a", "˝": "\u030b", "ˇ": "\u030c",
    "→": "\u20d7", "←": "\u20d6", "↔": "\u20e1", "⇀": "\u20d1", "↼": "\u20d0",
    **{mark: mark for mark in "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c"
       "\u20d0\u20d1\u20d6\u20d7"
       "\u20db\u20dc\u20e1"},
}  # fmt: skip
# MathML Core's operators whose limits move beside them within a line.
_MOVABLE = frozenset("∏∐∑⋀⋁⋂⋃⨀⨁⨂⨃⨄⨅⨆⨇⨈⨉⫼⫿")


def _scripts(*places: str) -> Handler:
    def write(formula: Formula, element: Element) -> str:
        parts = element.elements
        if len(parts) != len(places) + 1:
            return formula.row(element.children)
        named = {place: formula.element(part) for place, part in zip(places, parts[1:], strict=True)}
        return call("math.attach", formula.element(parts[0]), **named)

    return write


def _multiple(formula: Formula, element: Element) -> str:
    """Write pairs of an index and an exponent behind the base, then those before it."""
    if not element.elements:
        return formula.row(element.children)
    base, *rest = element.elements
    split = next((at for at, one in enumerate(rest) if one.tag == "mprescripts"), len(rest))
    body = formula.element(base)
    before = rest[split + 1 :][::-1]
    order = ("bl", "tl") if len(before) % 2 else ("tl", "bl")
    for scripts, places in ((rest[:split], ("br", "tr")), (before, order)):
        for at in range(0, len(scripts), 2):
            pair = zip(places, scripts[at : at + 2], strict=False)
            named = {place: shown for place, one in pair if (shown := formula.element(one)) != EMPTY}
            body = call("math.attach", body, **named) if named else body
    return body


def _limits(*places: str) -> Handler:
    def write(formula: Formula, element: Element) -> str:
        parts = element.elements
        if len(parts) != len(places) + 1:
            return formula.row(element.children)
        body = _base(formula, parts[0])
        is_wrapped = False
        named: dict[str, str] = {}
        for place, part in zip(places, parts[1:], strict=True):
            if decorate := _decoration(part, place):
                body, is_wrapped = decorate(body), True
            elif (shown := formula.element(part)) != EMPTY:
                named[place] = shown
        if not named:
            return body
        is_movable = not is_wrapped and _is_movable(parts[0])
        return call("math.attach", call("math.limits", body, inline=boolean(not is_movable)), **named)

    return write


def _base(formula: Formula, base: Element) -> str:
    """Return what has limits: an arrow is as long as they are wide."""
    arrow = core(base)
    if is_arrow(char(arrow)) and arrow.attributes.get("stretchy", "").lower() != "false":
        return call("math.stretch", formula.symbol(char(arrow)))
    return formula.element(base)


def _is_movable(base: Element) -> bool:
    sign = core(base)
    stated = sign.attributes.get("movablelimits", "").lower()
    return stated == "true" or (stated != "false" and char(sign) in _MOVABLE)


def _decoration(script: Element, place: str) -> Callable[[str], str] | None:
    """Return how what stands above or below is drawn with its base, None for other scripts."""
    mark = core(script)
    shown = char(mark)
    is_small = mark.attributes.get("stretchy", "").lower() == "false"
    if name := (_OVER if place == "t" else _UNDER).get(shown):
        return lambda body: call(f"math.{name}", body)
    if place == "t" and (accent := _ACCENTS.get(shown)):
        size = {"size": "0%"} if is_small else {}  # no wider than it is over one letter
        return lambda body: call("math.accent", body, string(accent), **size)
    return None


HANDLERS: dict[str, Handler] = {
    "msub": _scripts("br"),
    "msup": _scripts("tr"),
    "msubsup": _scripts("br", "tr"),
    "munder": _limits("b"),
    "mover": _limits("t"),
    "munderover": _limits("b", "t"),
    "mmultiscripts": _multiple,
}
