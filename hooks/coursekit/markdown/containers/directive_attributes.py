"""Attributes and labels of directives: `[label]{#id .class key="value"}`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from coursekit.markdown.containers.tokens import Fold

_ATTRIBUTE = re.compile(
    r"""[ \t]*(?:
        \#(?P<id>[^\s{}"'<>=`#.]+)
      | \.(?P<cls>[^\s{}"'<>=`#.]+)
      | (?P<key>[A-Za-z_:][\w:.-]*)
        (?:[ \t]*=[ \t]*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s{}"'<>=`]+)))?
    )""",
    re.VERBOSE,
)


def split_label(rest: str) -> tuple[str | None, str]:
    """Split `[label]` off the start of `rest`: brackets balance, a backslash escapes."""
    if not rest.startswith("["):
        return None, rest
    depth = 0
    skip = False
    for index, char in enumerate(rest):
        if skip:
            skip = False
        elif char == "\\":
            skip = True
        elif char in "[]":
            depth += 1 if char == "[" else -1
            if not depth:
                return rest[1:index], rest[index + 1 :]
    return None, rest


def split_attributes(rest: str) -> tuple[dict[str, str] | None, str]:
    """Split `{#id .class key="value"}` off the start of `rest`; None when it is malformed."""
    if not rest.startswith("{"):
        return {}, rest
    attributes: dict[str, str] = {}
    classes: list[str] = []
    position = 1
    while match := _ATTRIBUTE.match(rest, position):
        position = match.end()
        if match["id"]:
            attributes["id"] = match["id"]
        elif match["cls"]:
            classes.append(match["cls"])
        else:
            attributes[match["key"]] = match["double"] or match["single"] or match["bare"] or ""
    if classes:
        attributes["class"] = " ".join(classes)
    tail = rest[position:].lstrip(" \t")
    return (attributes, tail[1:]) if tail.startswith("}") else (None, rest)


def split_trailing(text: str) -> tuple[str, dict[str, str]]:
    """Split attributes off the end of a title; braces that name no identifier nor class stay in it."""
    start = text.rfind("{") if text.endswith("}") else -1
    if start > 0 and text[start - 1] in " \t\u00a0\u202f":
        attributes, _ = split_attributes(text[start:])
        if attributes and attributes.keys() & {"id", "class", "open"}:
            return text[:start].rstrip(" \t\u00a0\u202f"), attributes
    return text, {}


def fold_of(attributes: Mapping[str, str]) -> Fold | None:
    """Return the folding that attributes ask for: Quarto's `collapse`, VitePress' `open`."""
    if "collapse" in attributes:
        return "open" if attributes["collapse"].lower() == "false" else "closed"
    if "open" in attributes:
        return "closed" if attributes["open"].lower() == "false" else "open"
    return None
