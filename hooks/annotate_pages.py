"""Marks for browsers and screen readers, set as a page is written: neither PDF nor search show them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mkdocs.plugins import event_priority

from coursekit.pages.annotations import annotate

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page


@event_priority(-100)  # once everything has been read from the content
def on_page_context(context: object, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
    """Annotate the page's text."""
    own_host = urlsplit(config.site_url or "").hostname
    page.content = annotate(page.content or "", frozenset({own_host} if own_host else ()))
