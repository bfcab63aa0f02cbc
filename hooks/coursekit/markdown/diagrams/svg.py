"""A drawing made safe and self-contained: what is not known to be harmless is left out.

Only shapes and text are kept, with the attributes that place and paint them: no script, no handler, no style
sheet, no link, no reference of any kind, hence no identifier that a page could hold twice.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Iterator
from itertools import pairwise

from coursekit.markdown.diagrams import palette

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ELEMENTS = frozenset(
    ("svg", "g", "text", "tspan", "path", "rect", "circle", "ellipse", "line", "polygon", "polyline")
)
_PAINT = frozenset(
    (
        "fill", "fill-opacity", "fill-rule", "opacity", "stroke", "stroke-width", "stroke-dasharray",
        "stroke-linecap", "stroke-linejoin", "stroke-opacity", "font-family", "font-size", "font-style",
        "font-weight", "text-anchor", "text-decoration", "dominant-baseline", "rx", "ry",
    )
)  # fmt: skip
_PLACE = frozenset(
    (
        "d", "points", "x", "y", "dx", "dy", "x1", "y1", "x2", "y2", "cx", "cy", "r", "width", "height",
        "transform", "viewBox", _SPACE,
    )
)  # fmt: skip
# Words, numbers, colours and transformations; never `url(…)`, an escape or a declaration.
_HARMLESS = re.compile(
    r"(?:(?:rgba?|hsla?|translate|rotate|scale|skew[XY]|matrix)\([\d.,%+\-\s/e]*\)|[\w#.,%+\-\s])*+"
)
_VARIABLE = re.compile(r"var\((--[\w-]+)(?:,([^()]*))?\)")
_MIX = re.compile(r"color-mix\(in srgb,\s*([^\s(),]+)[^()]*\)")
_DEEPEST = 100  # elements within elements; Pele's own drawings have about ten levels


def read(svg: str) -> etree.Element | None:
    """Return a drawing's root element as it was drawn; None: no sound XML."""
    try:
        return etree.fromstring(svg)
    except etree.ParseError:
        return None


def texts(root: etree.Element) -> list[str]:
    """Return what tells a drawing in words: its title if it has one, else its texts, those of nodes first."""
    for text in root.iter(f"{_NAMESPACE}text"):
        if text.get("class") == "pele-title":
            return [_words(text)]
    nodes = (node for node in root.iter(f"{_NAMESPACE}g") if node.get("class", "").startswith("pele-node"))
    found = [text for node in nodes for text in node.iter(f"{_NAMESPACE}text")]
    found += root.iter(f"{_NAMESPACE}text")
    return list(dict.fromkeys(filter(None, map(_words, found))))


def _words(text: etree.Element) -> str:
    return " ".join(" ".join(text.itertext()).split())


def has_painted_areas(root: etree.Element) -> bool:
    """Tell whether the author chose the colour of what others are drawn on, such as a subgraph."""
    areas = (area for area in root.iter() if re.search(r"\bpele-(?:cluster|rect)\b", area.get("class", "")))
    return any("fill:" in shape.get("style", "") for area in areas for shape in area.iter())


def clean(root: etree.Element) -> etree.Element | None:
    """Return what is harmless of a drawing, without namespace or variables; None: it is nested too deep."""
    variables = palette.VARIABLES | dict(_declarations(root.get("style", "")))
    if "pele-sankey" in root.get("class", ""):
        variables["--_m"] = variables["--pele-fg"]  # values stand on the flows, too dark for pale text
    try:
        kept = _copy(root, variables, _DEEPEST)
    except RecursionError:
        return None
    if kept is not None:
        _merge_halos(kept)
        kept.attrib.pop("style", None)
        kept.set("font-family", palette.MEASURES["font"])
        kept.set("font-size", "16")
    return kept


def write(root: etree.Element) -> str:
    """Return a drawing as SVG that stands alone as well as inside HTML, on one line."""
    root.set("xmlns", _NAMESPACE[1:-1])
    return etree.tostring(root, encoding="unicode")


def _copy(element: etree.Element, variables: dict[str, str], depth: int) -> etree.Element | None:
    """Copy what is harmless of an element."""
    name = str(element.tag).removeprefix(_NAMESPACE)
    if name not in _ELEMENTS:
        return None
    if not depth:
        raise RecursionError
    copy = etree.Element(name, dict(_attributes(element, variables)))
    if name in ("text", "tspan"):
        copy.text, copy.tail = element.text, element.tail if name == "tspan" else None
    for child in element:
        if (kept := _copy(child, variables, depth - 1)) is not None:
            if name == "text" and len(copy) and "x" in kept.attrib:
                # The next line of a text: what reads or copies the text wants a blank, the eye wants none.
                etree.SubElement(copy, "tspan", {"font-size": "0"}).text = " "
            copy.append(kept)
    return copy


def _merge_halos(root: etree.Element) -> None:
    """Paint a text and the halo behind it as one: search would find, and a reader copy, the text twice."""
    for parent in root.iter():
        for halo, text in pairwise(list(parent)):
            if halo.tag == text.tag == "text" and halo.get("fill") == "none" and _words(halo) == _words(text):
                text.attrib |= {name: value for name, value in halo.items() if name.startswith("stroke")}
                text.set("paint-order", "stroke")
                parent.remove(halo)


def _attributes(element: etree.Element, variables: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        if name in _PAINT or name in _PLACE:
            resolved = _resolve(value, variables)
            if _HARMLESS.fullmatch(resolved):
                yield name, resolved
    # What Pele itself styles stands in variables; the rest is the author's, and wins over the page's schemes.
    chosen = []
    for name, value in _declarations(element.get("style", "")):
        if name == "rx" and "var(" in value:
            yield name, _resolve(value, variables).removesuffix("px")
        elif name in _PAINT and _HARMLESS.fullmatch(resolved := _resolve(value, variables)):
            chosen.append(f"{name}:{resolved}")
    if chosen:
        yield "style", ";".join(chosen)


def _declarations(style: str) -> Iterator[tuple[str, str]]:
    for declaration in style.split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            yield name.strip().lower(), value.strip()


def _resolve(value: str, variables: dict[str, str]) -> str:
    """Replace variables by what they stand for, and a mixture of colours by its first."""
    for _ in range(4):  # a variable of the root names one of the page, whose default may name another
        if "var(" not in value:
            break
        value = _VARIABLE.sub(lambda match: variables.get(match[1], match[2] or ""), value)
    return _MIX.sub(r"\1", value) if "color-mix" in value else value
