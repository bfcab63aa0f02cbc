"""What a page is, for search engines and catalogues of courses: JSON-LD in the terms of https://schema.org."""

from __future__ import annotations

import json
from typing import Any, NamedTuple


class Described(NamedTuple):
    """A page, or a course, as its author and the site describe it; an empty field is not known."""

    kind: str  # a type of schema.org: `WebSite`, `Course`, `LearningResource`, `WebPage`
    name: str
    description: str = ""
    url: str = ""  # absolute
    language: str = ""
    authors: tuple[str, ...] = ()
    licence: str = ""  # address of its text
    rights: str = ""  # what the author writes of rights and licence
    modified: str = ""  # ISO 8601
    keywords: tuple[str, ...] = ()
    site: str = ""  # who publishes it
    course: Described | None = None  # the course that it is part of


def json_ld(page: Described) -> str:
    """Return the description as JSON that can stand in a `script` element, whatever it says."""
    found = {"@context": "https://schema.org", **_properties(page)}
    text = json.dumps(found, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _properties(page: Described) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": page.kind,
        "@id": page.url,
        "url": page.url,
        "name": page.name,
        "description": page.description,
        "inLanguage": page.language,
        "author": [{"@type": "Person", "name": name} for name in page.authors],
        "license": page.licence,
        "copyrightNotice": page.rights,
        "dateModified": page.modified,
        "keywords": list(page.keywords),
        "isPartOf": _properties(page.course) if page.course else None,
        "isAccessibleForFree": True,
    }
    if page.kind == "Course":
        # What search engines want of a course, besides its name and description.
        found["provider"] = {"@type": "Organization", "name": page.site}
    return {name: value for name, value in found.items() if value}
