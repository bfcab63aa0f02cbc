"""Navigation from the folders: a folder is a course, titled by its index, sorted by `order:`."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from coursekit import messages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure import StructureItem
    from mkdocs.structure.files import Files


_LAST = float("inf")
_nav: Navigation


class _ReadmeBesideIndex(logging.Filter):
    """MkDocs leaves out a README.md beside an index.md, which is for the repository's readers: no mistake."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell it in French, as an information."""
        if match := re.match(r"Excluding '((?:.*/)?README\.md)'", record.getMessage()):
            record.levelno, record.levelname = logging.INFO, "INFO"
            record.msg = messages.readme_left_out(match[1])
        return True


_readme_beside_index = _ReadmeBesideIndex()


def on_config(config: MkDocsConfig) -> None:
    """Listen to MkDocs while it lists the files."""
    logging.getLogger("mkdocs.structure.files").addFilter(_readme_beside_index)


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Take note of the navigation: `on_env` is not told of it."""
    global _nav  # noqa: PLW0603
    _nav = nav


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Sort and title pages and courses, now that every front matter and first heading is known.

    A navigation that `mkdocs.yml` spells out is its author's, and stays. Pages lead on within their course.
    """
    if config.nav is None:
        _nav.items = _sorted(_nav.items)
        _nav.pages = _pages(_nav.items)
    for pages in _readings(_nav.items):
        for before, page, after in zip([None, *pages], pages, [*pages[1:], None], strict=False):
            page.previous_page, page.next_page = before, after


def _sorted(items: list[StructureItem]) -> list[StructureItem]:
    for item in items:
        if isinstance(item, Section):
            item.children = _sorted(item.children)
            index = _index_of(item.children)
            # Not read by `--dirty`, or without a heading, an index says nothing of its course.
            if index and index.content and ("title" in index.meta or index.toc.items):
                item.title = index.title or item.title
    first = _index_of(items)
    # `sorted` is stable: equals keep MkDocs' order, which is the file names'.
    return sorted(items, key=lambda item: (item is not first, _order(item)))


def _index_of(items: list[StructureItem]) -> Page | None:
    return next((item for item in items if isinstance(item, Page) and item.is_index), None)


def _order(item: StructureItem) -> float:
    """Return the `order:` of a page, or of a course's index; what has none comes last."""
    page = _index_of(item.children) if isinstance(item, Section) else item
    order = page.meta.get("order", _LAST) if isinstance(page, Page) else _LAST
    return float(order)


def _readings(items: list[StructureItem]) -> Iterator[list[Page]]:
    """Yield what is read one page after the other: courses, and the pages of each folder around them.

    A course is a folder that holds pages, with all below it; folders of folders only are shelves of courses.
    """
    yield [item for item in items if isinstance(item, Page)]
    for section in items:
        if isinstance(section, Section):
            is_course = any(isinstance(child, Page) for child in section.children)
            yield from [_pages(section.children)] if is_course else _readings(section.children)


def _pages(items: list[StructureItem]) -> list[Page]:
    pages: list[Page] = []
    for item in items:
        if isinstance(item, Page):
            pages.append(item)
        elif isinstance(item, Section):
            pages.extend(_pages(item.children))
    return pages
