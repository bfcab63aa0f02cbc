"""The feed of pages that are new or have changed, for a site that says where it is published."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from markupsafe import Markup
from mkdocs.structure.files import File

from coursekit.cache import remembered
from coursekit.pages.atom import Item, feed
from coursekit.pages.summaries import first_line, summary
from coursekit.revisions import Revision, of_this_build

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_NAME = "atom.xml"
_summary = remembered(summary)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Write the feed, now that every page is rendered; tell the templates where it is."""
    env.globals["feed"] = ""
    if not config.site_url or files.get_file_from_path(_NAME):
        return
    changes = of_this_build(Path(config.docs_dir))
    pages = [
        file.page for file in files.documentation_pages() if file.page and "template" not in file.page.meta
    ]
    items = [_item(page, change) for page in pages if (change := changes.get(page.file.abs_src_path or ""))]
    home = config.site_url
    author = config.site_author or config.site_name
    if text := feed(config.site_name, author, home, urljoin(home, _NAME), items):
        files.append(File.generated(config, _NAME, content=text))
        env.globals["feed"] = _NAME


def _item(page: Page, change: Revision) -> Item:
    meta = page.meta
    authors = meta.get("authors") or meta.get("author") or []
    return Item(
        title=unescape(Markup(page.title or "").striptags()),
        url=page.canonical_url or "",
        updated=change.time,
        published=change.created,
        summary=first_line(meta.get("description"), _summary(page.content or "")),
        authors=tuple(str(one) for one in (authors if isinstance(authors, list) else [authors])),
        tags=tuple(str(tag) for tag in meta.get("tags") or ()),
    )
