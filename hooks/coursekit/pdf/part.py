"""What a document is made of: a page, a course or the whole site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from coursekit.pdf.book import Course, Page

Scope = Literal["page", "course", "site"]


@dataclass(frozen=True, slots=True)
class Part:
    """What a document is made of."""

    scope: Scope
    title: str
    courses: tuple[Course, ...]

    @property
    def pages(self) -> tuple[Page, ...]:
        """Return its pages, in reading order."""
        return tuple(page for course in self.courses for page in course.pages)
