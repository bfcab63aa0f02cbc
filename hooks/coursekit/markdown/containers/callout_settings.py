"""A site's own boxes, as mkdocs.yml gives them: `{name: {title, like, color, icon, folded}}`."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from coursekit import messages
from coursekit.markdown.containers.callouts import CALLOUTS, LOOKS, Callout, Callouts, Look
from coursekit.problem import UnusableSettingError

_NAME = re.compile(r"[^\W\d_](?:[\w-]*[^\W_])?")  # what the dialects of containers read
_COLOR = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")
_ICON = re.compile(r"[\w-]+(?:/[\w-]+)*", re.ASCII)
_STANDARD = Callouts()


def _matches(pattern: re.Pattern[str]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


_KEYS: Mapping[str, Callable[[object], bool]] = {
    "title": _matches(re.compile(r"(?s).*\S.*")),
    "like": lambda value: isinstance(value, str),
    "color": _matches(_COLOR),
    "icon": _matches(_ICON),
    "folded": lambda value: isinstance(value, bool),
}


def read_callouts(settings: object) -> Callouts:
    """Return the table of a site with these settings; without any, the standard one.

    A table is returned as it is. Raises UnusableSettingError. Whether an icon exists is for the theme to say.
    """
    if not settings:
        return _STANDARD
    if isinstance(settings, Callouts):
        return settings
    if not isinstance(settings, Mapping):
        raise UnusableSettingError(messages.callouts_not_a_mapping())
    table, looks = dict(CALLOUTS), dict(LOOKS)
    for given, described in settings.items():
        if not _matches(_NAME)(given):
            raise UnusableSettingError(messages.unusable_callout_name(given))
        name = unicodedata.normalize("NFC", given)
        entry = _checked(name, described)
        table[name] = _callout(name, entry, Callouts(table))
        if "color" in entry or "icon" in entry:
            before = looks.pop(name, Look())  # the last rule of a style sheet wins
            looks[name] = Look(entry.get("color", before.color), entry.get("icon", before.icon))
    return Callouts(table, looks)


def _checked(name: str, entry: object) -> Mapping[str, Any]:
    entry = {} if entry is None else entry
    if not isinstance(entry, Mapping):
        raise UnusableSettingError(messages.callout_not_a_mapping(name))
    for key, value in entry.items():
        if key not in _KEYS:
            near = difflib.get_close_matches(str(key), _KEYS, n=1)
            raise UnusableSettingError(messages.unknown_callout_key(name, key, near[0] if near else None))
        if not _KEYS[key](value):
            raise UnusableSettingError(messages.unusable_callout_value(name, key))
    return entry


def _callout(name: str, entry: Mapping[str, Any], known: Callouts) -> Callout:
    """Return the box of an entry: what it leaves out is as it was, else as in the box it is like."""
    like = entry.get("like", name)
    if like not in known and "like" in entry:
        raise UnusableSettingError(messages.unknown_callout_model(name, like, known.nearest(like)))
    model = known.box(like) if like in known else Callout("", name.capitalize())
    title = known.box(name).title if name in known else model.title
    classes = dict.fromkeys([name, *model.kind.split()])
    return Callout(" ".join(classes), entry.get("title", title), entry.get("folded", model.folded))
