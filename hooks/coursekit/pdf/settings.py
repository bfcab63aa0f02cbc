"""What a site says of its PDFs, under `extra.course.pdf` of mkdocs.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from coursekit.pdf import measures, messages
from coursekit.problem import UnusableSettingError

SCOPES = ("page", "course", "site")
PAPERS = tuple(measures.PAPERS)
EDITIONS = ("teacher", "student")
CORRECTIONS = ("in-place", "at-end")

_CHOICES: Mapping[str, tuple[str, ...]] = {
    "offer": SCOPES,
    "edition": EDITIONS,
    "corrections": CORRECTIONS,
    "paper": PAPERS,
    "contents": tuple("0123456"),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """The PDFs of a site; the command's options win over them."""

    offer: tuple[str, ...] = ("page", "course")  # what has a PDF of its own on the site
    edition: Literal["teacher", "student"] = "teacher"  # `student`: without corrections
    corrections: Literal["in-place", "at-end"] = "in-place"  # where those of teachers stand
    answer_lines: int = 0  # to write on, where students have no correction
    paper: str = "a4"
    numbered: bool = False  # headings carry numbers
    contents: int = 3  # levels of the table of contents
    print_urls: bool = False  # links to other sites show their URL in a footnote
    archive: bool = False  # PDF/A-3a besides PDF/UA-1


def read(course: Mapping[str, Any]) -> Settings:
    """Return the settings of `extra.course`; `pdf: false` offers none. Raises UnusableSettingError."""
    said = course.get("pdf")
    if said is False:
        return Settings(offer=())
    if said is None or said is True:
        return Settings()
    if not isinstance(said, dict):
        raise UnusableSettingError(messages.settings_not_a_mapping())
    return Settings(**{key: _value(key, value) for key, value in said.items()})


def _value(key: object, value: object) -> Any:
    known = {field.name: field.default for field in fields(Settings)}
    if key not in known:
        raise UnusableSettingError(messages.unknown_setting(key, list(known)))
    name = str(key)
    if name == "offer":
        return tuple(_choice(name, one) for one in (value if isinstance(value, list) else [value]))
    if isinstance(known[name], bool):
        if not isinstance(value, bool):
            raise UnusableSettingError(messages.bad_setting(name, value, ("true", "false")))
        return value
    if name == "answer_lines":
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 100:
            raise UnusableSettingError(messages.bad_setting(name, value, ("0", "…", "100")))
        return value
    chosen = _choice(name, value)
    return int(chosen) if name == "contents" else chosen


def _choice(key: str, value: object) -> str:
    if str(value) not in _CHOICES[key]:
        raise UnusableSettingError(messages.bad_setting(key, value, _CHOICES[key]))
    return str(value)
