"""Operators of formulas: `mo`, its brackets that grow, the spaces that it states."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coursekit.html_tree import Element
from coursekit.pdf.mathematics.looks import attribute_em, space
from coursekit.pdf.syntax import call, printable, sequence, string

if TYPE_CHECKING:
    from coursekit.pdf.mathematics.formulas import Formula, Node

# MathML Core's fences, which grow unless they say that they do not
# (https://w3c.github.io/mathml-core/#operator-dictionary).
_FENCES = frozenset("()[]{}|‖⌈⌉⌊⌋⟨⟩⟦⟧⟪⟫⟬⟭⟮⟯⦀⦃⦄⦅⦆⎰⎱❲❳")
# The spaces before and behind that TeX gives to the classes of operators, in em.
_CLASSES = {
    (0.0, 0.0): "normal",
    (0.28, 0.28): "relation",
    (0.22, 0.22): "binary",
    (0.0, 0.17): "punctuation",
}
_ARROWS = (range(0x2190, 0x2200), range(0x27F0, 0x2800), range(0x2900, 0x2980))


def char(node: Node) -> str:
    """Return what an operator shows, nothing for other elements; a hyphen is a minus sign."""
    if isinstance(node, str) or node.tag != "mo":
        return ""
    text = printable(node.text).strip(" \t\n\r\f\u2061\u2062\u2063\u2064\u200b")
    return "−" if text == "-" else text


def core(element: Element) -> Element:
    """Return the operator that an element is made of, or the element."""
    while element.tag in ("mrow", "mstyle", "semantics") and len(element.elements) == 1:
        element = element.elements[0]
    return element


def is_arrow(text: str) -> bool:
    """Tell an arrow that grows with what stands above or below it."""
    return len(text) == 1 and any(ord(text) in block for block in _ARROWS)


def is_fence(node: Node) -> bool:
    """Tell a bracket that is as high as the row that it stands in."""
    shown = char(node)
    if len(shown) != 1 or isinstance(node, str) or _size(node):
        return False
    stretchy = node.attributes.get("stretchy", "").lower()
    return stretchy == "true" or (shown in _FENCES and stretchy != "false")


def fenced(formula: Formula, nodes: Sequence[Node]) -> str:
    """Return a row with its brackets as high as the rest."""
    last = len(nodes) - 1
    # Typst would have the first and the last character grow whatever they are: an empty text is before.
    parts = [] if is_fence(nodes[0]) else [string("")]
    for index, node in enumerate(nodes):
        if not is_fence(node):
            parts += formula.parts(node)
            continue
        symbol = formula.symbol(char(node))
        if index == 0:
            parts.append(call("math.class", string("opening"), symbol))
        elif index == last:
            parts.append(call("math.class", string("closing"), symbol))
        else:
            parts.append(call("math.class", string(_side(node)), call("math.mid", symbol)))
    if not is_fence(nodes[last]):
        parts.append(string(""))
    return call("math.lr", sequence(parts))


def _side(node: Node) -> str:
    """Return the class of a bracket inside a row."""
    shown = char(node)
    if isinstance(node, Element) and attribute_em(node, "lspace") == attribute_em(node, "rspace") == 0:
        return "normal"
    if shown in "([{⌈⌊⟨⟦⟪⟬⟮⦃⦅⎰❲":
        return "opening"
    return "closing" if shown in ")]}⌉⌋⟩⟧⟫⟭⟯⦄⦆⎱❳" else "fence"


def operator(formula: Formula, mo: Element) -> list[str]:
    """Return an operator with the spaces that it states."""
    shown = char(mo)
    before, behind = attribute_em(mo, "lspace"), attribute_em(mo, "rspace")
    body = _glyphs(formula, mo, shown)
    if not body:
        return [part for part in (space(before or 0.0), space(behind or 0.0)) if part]
    if before is None or behind is None:
        form = {"prefix": "opening", "postfix": "closing"}.get(mo.attributes.get("form", "").lower())
        if form and shown in "|‖∣∥":
            body = call("math.class", string(form), body)
        elif len(shown) > 1:
            body = call("math.class", string("relation"), body)
    elif known := _CLASSES.get((round(before, 2), round(behind, 2))):
        return [call("math.class", string(known), body)]
    else:
        body = call("math.class", string("normal"), body)
    return [part for part in (space(before or 0.0), body, space(behind or 0.0)) if part]


def _glyphs(formula: Formula, mo: Element, shown: str) -> str:
    if not shown:
        return ""
    if len(shown) > 1:
        return sequence(formula.words(shown))
    body = formula.symbol(shown)
    if shown.isalpha():
        body = call("math.upright", body)
    if size := _size(mo):
        body = call("math.lr", body, size=f"{size:.3f}em")
    return body


def _size(mo: Element) -> float:
    """Return the height that an operator states, in em."""
    return max(attribute_em(mo, "minsize") or 0.0, 0.0)
