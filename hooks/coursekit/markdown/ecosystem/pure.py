"""Extensions whose work depends on what they are given, and on nothing that stands on the disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

_ROOMS = ("markdown.extensions.", "pymdownx.", "material.extensions.", "coursekit.")
_SHORT = frozenset(
    {
        *("abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes"),
        *("md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc"),
    }
)
_READS_FILES = frozenset({"pymdownx.b64", "pymdownx.snippets", "pymdownx.emoji"})


def unsure(extensions: Iterable[str], settings: Mapping[str, Any]) -> list[str]:
    """Return those of which this is not known, by their name; `settings` are theirs, by name."""
    return [name for name in extensions if not _is_pure(name, settings.get(name) or {})]


def _is_pure(name: str, own: Mapping[str, Any]) -> bool:
    if name == "pymdownx.emoji":
        return not own.get("options", {}).get("custom_icons")
    return name not in _READS_FILES and (name in _SHORT or name.startswith(_ROOMS))
