"""A course's index lists the pages of the course, unless what its author wrote leads to all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs.structure.nav import Section
from mkdocs.structure.pages import Page

from coursekit.cache import current, remembered
from coursekit.pages.listing import Entry, destinations, leads_to_all
from coursekit.pages.summaries import first_line, summary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure import StructureItem
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation

_summary = remembered(summary)
_lists: dict[str, tuple[Entry, ...]] = {}  # by URL of an index
_nav: Navigation


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Take note of the navigation: `on_env` is not told of it."""
    global _nav  # noqa: PLW0603
    _nav = nav


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """List the pages, now that they are rendered and in their order."""
    _lists.clear()
    _entries(_nav.items)


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Give the template of an index its list."""
    context["course_pages"] = _lists.get(page.url, ())
    return context


def _entries(items: Iterable[StructureItem]) -> tuple[Entry, ...]:
    """Return what lists show of these, and keep the lists of the folders among them."""
    return tuple(
        _folder(item) if isinstance(item, Section) else _page(item)
        for item in items
        if isinstance(item, Section | Page)
    )


def _page(page: Page) -> Entry:
    return Entry(
        str(page.title), page.url, first_line(page.meta.get("description"), _summary(page.content or ""))
    )


def _folder(section: Section) -> Entry:
    index = next((one for one in section.children if isinstance(one, Page) and one.is_index), None)
    entries = _entries(one for one in section.children if one is not index)
    if index is None:
        return Entry(section.title, entries=entries)
    if entries:
        # Few pages are indexes: not `remembered`, which has the processes that render pages ask all of them.
        links = current().remember(destinations, index.content or "")
        if not leads_to_all(links, index.url, entries):
            _lists[index.url] = entries
    return Entry(section.title, index.url, entries=entries)
