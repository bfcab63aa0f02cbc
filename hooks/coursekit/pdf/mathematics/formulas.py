r"""Formulas: MathML as a browser shows it -> Typst's code.

A writer of our own over the MathML of the page, because the site's formulas are read once, by one reader of
TeX: what it refuses is code in the book as on the site, what it accepts looks the same in both, and MathML
that an author wrote by hand is set too. TeX read a second time, for Typst, would be read otherwise.

Typst knows TeX's spaces between relations, operators and brackets, and so does the reader of the front end,
which states its own only where those of browsers would differ: what is stated is kept, Typst does the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coursekit.html_tree import Element
from coursekit.pdf import prose
from coursekit.pdf.mathematics import matrices, scripts
from coursekit.pdf.mathematics.looks import attribute_em, space, stated_color, stated_size
from coursekit.pdf.mathematics.operators import fenced, is_fence, operator
from coursekit.pdf.syntax import EMPTY, boolean, call, printable, sequence, string

Node = Element | str
Handler = Callable[["Formula", Element], str]

# Shown by no browser: the formula's source, a second form of it, what only marks a place.
_SILENT = frozenset(
    [
        "annotation",
        "annotation-xml",
        "malignmark",
        "maligngroup",
        "none",
        "mprescripts",
        "script",
        "style",
        "template",
        "title",
        "head",
        "meta",
        "link",
        "noscript",
    ]
)
_INVISIBLE = re.compile("[\u2061-\u2064\u200b\u2060\ufeff]")
_GREEK_CAPITALS = frozenset("ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩϴ∇")
# MathML's mathvariant -> Typst's functions, the inner one last.
_VARIANTS = {
    "normal": ("upright",),
    "bold": ("bold", "upright"),
    "italic": ("italic",),
    "bold-italic": ("bold", "italic"),
    "double-struck": ("bb",),
    "script": ("cal",),
    "bold-script": ("bold", "cal"),
    "fraktur": ("frak",),
    "bold-fraktur": ("bold", "frak"),
    "sans-serif": ("sans", "upright"),
    "bold-sans-serif": ("bold", "sans", "upright"),
    "sans-serif-italic": ("sans", "italic"),
    "sans-serif-bold-italic": ("bold", "sans", "italic"),
    "monospace": ("mono",),
}


def equation(math: Element, *, block: bool, unshowable: frozenset[str] = frozenset()) -> str:
    """Return a formula's expression; its TeX, or what it shows, is what a screen reader says.

    `unshowable` characters are those that no font has. The functions `emoji` and `missing` of our template
    are called for what Typst cannot show as it is.
    """
    is_display = block or math.attributes.get("display", "").lower() == "block"
    body = Formula(unshowable, is_display).element(math)
    if body == EMPTY:
        return EMPTY
    if is_display and not block:
        body = call("math.display", body)
    return call("math.equation", body, block=boolean(block), alt=string(_alternative(math)))


def _alternative(math: Element) -> str:
    sources = (one.text for one in math.walk() if one.attributes.get("encoding") == "application/x-tex")
    found = next(sources, "") or math.attributes.get("alttext", "") or math.text
    return prose.collapsed(printable(found)).strip() or "formule"


@dataclass(frozen=True, slots=True)
class Formula:
    """What the writing of one formula shares."""

    unshowable: frozenset[str]  # characters that no font has
    is_display: bool  # with its limits above and below

    def row(self, nodes: Sequence[Node]) -> str:
        """Return what stands side by side; brackets among it grow with the rest."""
        shown = [node for node in nodes if isinstance(node, Element) or node.strip()]
        if any(is_fence(node) for node in shown):
            return fenced(self, shown)
        return sequence([part for node in shown for part in self.parts(node)])

    def parts(self, node: Node) -> list[str]:
        """Return the expressions of one node."""
        if isinstance(node, str):
            return self.words(node.strip())
        if node.tag == "mo":
            return operator(self, node)
        if (
            node.tag in ("mrow", "semantics")
            and not _is_styled(node)
            and not any(map(is_fence, node.children))
        ):
            return [part for child in _children(node) for part in self.parts(child)]
        body = self.element(node)
        return [] if body == EMPTY else [body]

    def element(self, element: Element) -> str:
        """Return the expression of an element, in its style."""
        if element.tag in _SILENT:
            return EMPTY
        if element.tag == "mo":
            return sequence(operator(self, element))
        handler = _HANDLERS.get(element.tag, _plain)
        return _styled(element, handler(self, element))

    def words(self, text: str) -> list[str]:
        """Return a text that is no formula."""
        return prose.text(visible(text), self.unshowable, None)

    def symbol(self, char: str) -> str:
        """Return a character of a formula, or whatever shows it."""
        if char[0] in self.unshowable:
            return sequence(self.words(char))
        return call("symbol", string(char))


def visible(text: str) -> str:
    """Return the text of a token as it is shown."""
    return prose.collapsed(_INVISIBLE.sub("", printable(text)))


def _children(element: Element) -> list[Node]:
    """Return what is shown of an element: of alternatives, the first."""
    shown = [child for child in element.children if isinstance(child, Element) or child.strip()]
    return shown[:1] if element.tag == "semantics" else shown


def _is_styled(element: Element) -> bool:
    return not {"displaystyle", "scriptlevel", "mathcolor", "style"}.isdisjoint(element.attributes)


def _styled(element: Element, body: str) -> str:
    if body == EMPTY or not _is_styled(element):
        return body
    # A table says how its cells are set.
    if element.tag != "mtable" and (size := stated_size(element)):
        body = call(size, body)
    color = stated_color(element)
    return call("text", body, fill=color) if color else body


# -- elements ---------------------------------------------------------------------------------------------


def _plain(formula: Formula, element: Element) -> str:
    return formula.row(_children(element))


def _identifier(formula: Formula, element: Element) -> str:
    text = visible(element.text).strip()
    if not text:
        return EMPTY
    variant = element.attributes.get("mathvariant", "").lower()
    if len(text.rstrip("\ufe00\ufe01")) != 1:
        return _in_variant(sequence(formula.words(text)), variant)
    if not variant and text in _GREEK_CAPITALS:
        variant = "italic"  # in TeX and Typst they are upright
    return _in_variant(formula.symbol(text), variant)


def _number(formula: Formula, element: Element) -> str:
    words = formula.words(element.text.strip())
    return _in_variant(sequence(words), element.attributes.get("mathvariant", "").lower())


def _in_variant(body: str, variant: str) -> str:
    for name in reversed(_VARIANTS.get(variant, ())):
        body = call(f"math.{name}", body)
    return body


def _quoted(formula: Formula, element: Element) -> str:
    return sequence(formula.words('"' + element.text + '"'))


# How the front end's and authors' HTML in a text is set: the font for formulas has no italics.
_TEXT_STYLES = {
    **{tag: {"font": '"New Computer Modern"', "weight": '"bold"'} for tag in ("b", "strong")},
    **{tag: {"font": '"New Computer Modern"', "style": '"italic"'} for tag in ("i", "em", "var")},
    **{tag: {"font": '("JetBrains Mono", "DejaVu Sans Mono")'} for tag in ("code", "kbd", "samp", "tt")},
}


def _text(formula: Formula, element: Element) -> str:
    variant = element.attributes.get("mathvariant", "").lower()
    return _in_variant(sequence(_text_parts(formula, element)), variant)


def _text_parts(formula: Formula, element: Element) -> list[str]:
    parts: list[str] = []
    for child in element.children:
        if isinstance(child, str):
            parts += formula.words(child)
        elif child.tag in _HANDLERS or child.tag == "mo":
            parts += formula.parts(child)
        elif child.tag not in _SILENT and (inner := _text_parts(formula, child)):
            style = _TEXT_STYLES.get(child.tag)
            parts.append(call("text", sequence(inner), **style) if style else sequence(inner))
    return parts


def _blank(formula: Formula, element: Element) -> str:
    return space(attribute_em(element, "width") or 0.0) or EMPTY


def _fraction(formula: Formula, element: Element) -> str:
    parts = element.elements
    if len(parts) != 2:
        return _plain(formula, element)
    above, below = map(formula.element, parts)
    if attribute_em(element, "linethickness") == 0:
        return call("math.mat", f"({above},)", f"({below},)", delim="none")
    return call("math.frac", above, below)


def _square_root(formula: Formula, element: Element) -> str:
    return call("math.sqrt", _plain(formula, element))


def _root(formula: Formula, element: Element) -> str:
    parts = element.elements
    if len(parts) != 2:
        return _plain(formula, element)
    return call("math.root", formula.element(parts[1]), formula.element(parts[0]))


def _phantom(formula: Formula, element: Element) -> str:
    return call("hide", _plain(formula, element))


_STRIKES = {
    "updiagonalstrike": {},
    "downdiagonalstrike": {"inverted": "true"},
    "horizontalstrike": {"angle": "90deg"},
    "verticalstrike": {"angle": "0deg"},
}


def _enclosed(formula: Formula, element: Element) -> str:
    body = _plain(formula, element)
    names = element.attributes.get("notation", "longdiv").lower().split()
    for name in names:
        if name in _STRIKES and body != EMPTY:
            body = call("math.cancel", body, **_STRIKES[name])
    if "radical" in names:
        body = call("math.sqrt", body)
    sides: list[str] = [side for side in ("left", "right", "top", "bottom") if side in names]
    if not {"box", "roundedbox", "circle"}.isdisjoint(names):
        sides = ["rest"]
    return matrices.framed(formula, body, sides) if sides else body


_HANDLERS: dict[str, Handler] = {
    "mi": _identifier,
    "mn": _number,
    "ms": _quoted,
    "mtext": _text,
    "mspace": _blank,
    "mfrac": _fraction,
    "msqrt": _square_root,
    "mroot": _root,
    "mphantom": _phantom,
    "menclose": _enclosed,
    **dict.fromkeys(("math", "mrow", "mstyle", "mpadded", "merror", "semantics", "mtd"), _plain),
    **scripts.HANDLERS,
    **matrices.HANDLERS,
}
