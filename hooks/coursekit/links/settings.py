"""What `extra.course` of mkdocs.yml says of links."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Mapping
from typing import Any

from coursekit import messages
from coursekit.links.targets import Absence, Site
from coursekit.problem import UnusableSettingError

_PREFIX = re.compile(r"[^\s.:?#][^\s:?#]*/")


def site(course: Mapping[str, Any], files: Collection[str], absent: Mapping[str, Absence]) -> Site:
    """Return what links can lead to, as `extra.course` says; raises UnusableSettingError."""
    return Site(files, _origin(course.get("origin")), _aliases(course.get("aliases")), absent)


def checks_live(course: Mapping[str, Any]) -> bool:
    """Tell whether builds ask external links (`links: {check: live}`); raises UnusableSettingError."""
    links = course.get("links") or {}
    check = links.get("check") if isinstance(links, dict) else links
    if check not in (None, "live"):
        raise UnusableSettingError(messages.bad_link_check(check))
    return check == "live"


def _origin(value: object) -> str | None:
    if not value:
        return None
    if not re.match("https?://[^/]", str(value)):
        raise UnusableSettingError(messages.bad_origin(value))
    return str(value)


def _aliases(value: object) -> Mapping[str, str]:
    """Return the folder below docs/ that each prefix of a path stands for, `assets/` for `@assets/` say.

    Folders end in `/`; docs/ itself is empty.
    """
    if not value:
        return {}
    if not isinstance(value, dict):
        raise UnusableSettingError(messages.aliases_not_a_mapping())
    return {str(prefix): _folder(prefix, folder) for prefix, folder in value.items()}


def _folder(prefix: object, folder: object) -> str:
    if not isinstance(prefix, str) or not _PREFIX.fullmatch(prefix):
        raise UnusableSettingError(messages.bad_alias_prefix(prefix))
    path = posixpath.normpath(folder.strip("/") or ".") if isinstance(folder, str) else ".."
    if path.split("/")[0] == ".." or "\\" in path:
        raise UnusableSettingError(messages.bad_alias_folder(prefix, folder))
    return "" if path == "." else f"{path}/"
