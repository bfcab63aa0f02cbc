"""The front matter keys that the site reads, in the shape in which it can read them.

Keys of other generators are nobody's mistake and are left alone, unless the theme would stumble over them.
Those of the authors' guide (`title`, `tags`, `order`, `verified`) are told when they cannot be used.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from coursekit import messages
from coursekit.dates import read_date

# What the theme reads besides, and the type without which it would fail.
_THEME_KEYS: dict[str, type | tuple[type, ...]] = {
    "hide": list,
    "search": dict,
    "description": str,
    "subtitle": str,
}
_THEME_FILES = {"template": "{}", "icon": ".icons/{}.svg"}


def usable(
    meta: Mapping[str, Any], theme_has: Callable[[str], bool]
) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Return the metadata that can be used, and what is wrong with the rest: (key, sentence).

    `theme_has` tells whether the theme has a template of that path.
    """
    kept = dict(meta)
    problems: list[tuple[str, str]] = []
    for written, (key, read) in _readers().items():
        if written in meta:
            value = kept.pop(written)
            if (used := read(value)) is not None:
                kept[key] = used
            elif value not in (None, "", []):  # `tags:` with nothing behind it says nothing
                problems.append((written, messages.unusable_key(written, key)))
    for key, kind in _THEME_KEYS.items():
        if not isinstance(kept.get(key), kind):
            kept.pop(key, None)
    for key, path in _THEME_FILES.items():
        if key in kept and not theme_has(path.format(kept[key])):
            del kept[key]
    return kept, problems


@functools.cache
def _readers() -> dict[str, tuple[str, Callable[[Any], Any]]]:
    """Return what reads each key, as it may be written, and the key under which the site finds its value."""
    verified = ("vérifié", "vérifiée", "verifie", "verifiee", "verified")  # the last one wins
    texts = {"title": ("title", _title), "tags": ("tags", _texts), "order": ("order", _number)}
    return texts | dict.fromkeys(verified, ("verified", read_date))


def _text(value: Any) -> str | None:
    """Return a scalar as text: `title: 2025` is a title."""
    return None if value is None or isinstance(value, list | dict) else str(value).strip() or None


def _title(value: Any) -> str | None:
    """Return a title as HTML, which is what MkDocs takes titles for."""
    text = _text(value)
    return None if text is None else escape(text, quote=False)


def _texts(value: Any) -> list[str] | None:
    if isinstance(value, str):
        value = value.split(",")  # `tags: docker, git`, as some generators take it
    values = value if isinstance(value, list) else [value]
    texts = [text for text in map(_text, values) if text]
    return texts if len(texts) == len(values) else None


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
