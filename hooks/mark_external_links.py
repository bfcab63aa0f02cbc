"""Links to other sites: marked where the page is written, so that neither PDF nor search show the mark."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mkdocs.plugins import event_priority

from coursekit.links.outward import mark_external

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page


@event_priority(-100)  # once everything has been read from the content
def on_page_context(context: object, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
    """Mark the links of the page's text."""
    own_host = urlsplit(config.site_url or "").hostname
    page.content = mark_external(page.content or "", frozenset({own_host} if own_host else ()))
