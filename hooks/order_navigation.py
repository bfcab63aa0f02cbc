"""Navigation from the folders: a folder is a course, titled by its index, sorted by `order:`."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from coursekit import messages
from coursekit.markdown.front_matter import split

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure import StructureItem
    from mkdocs.structure.files import Files


_LAST = float("inf")  # pages without an `order:` follow those that have one


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


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Sort pages and courses; a navigation that `mkdocs.yml` spells out is its author's, and stays."""
    global _nav  # noqa: PLW0603 - on_env is not told of it
    _nav = nav
    if config.nav is not None:
        return nav
    meta = {page.file.src_uri: _usable_meta(page) for page in nav.pages}
    nav.items = _sorted(nav.items, meta)
    nav.pages = _pages(nav.items)
    for before, page, after in zip([None, *nav.pages], nav.pages, [*nav.pages[1:], None], strict=False):
        page.previous_page, page.next_page = before, after
    return nav


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Title the courses whose index says its title in a heading, known only now that pages are rendered."""
    if config.nav is None:
        _title(_nav.items)


def _title(items: list[StructureItem]) -> None:
    for section in (item for item in items if isinstance(item, Section)):
        index = next((page for page in section.children if _is_index(page)), None)
        if isinstance(index, Page) and (index.toc.items or "title" in index.meta):
            section.title = index.title or section.title
        _title(section.children)


def _usable_meta(page: Page) -> dict[str, Any]:
    # Which templates the theme has says nothing of order and titles.
    return split(page.file.content_string).with_usable_meta(lambda template: True).meta


def _sorted(items: list[StructureItem], meta: dict[str, dict[str, Any]]) -> list[StructureItem]:
    for item in items:
        if isinstance(item, Section):
            item.children = _sorted(item.children, meta)
    # `sorted` is stable: equals keep MkDocs' order, which is the file names', the index first.
    return sorted(items, key=lambda item: (not _is_index(item), _meta(item, meta).get("order", _LAST)))


def _meta(item: StructureItem, meta: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return the front matter of a page, or of a section's index."""
    if isinstance(item, Section):
        return next((_meta(child, meta) for child in item.children if _is_index(child)), {})
    return meta.get(item.file.src_uri, {}) if isinstance(item, Page) else {}


def _is_index(item: StructureItem) -> bool:
    return isinstance(item, Page) and item.is_index


def _pages(items: list[StructureItem]) -> list[Page]:
    pages: list[Page] = []
    for item in items:
        if isinstance(item, Page):
            pages.append(item)
        elif isinstance(item, Section):
            pages.extend(_pages(item.children))
    return pages
