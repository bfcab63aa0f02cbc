"""What readers search: `search/index.js`, the text of all pages in their order."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from markupsafe import Markup
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File

from coursekit.cache import current
from coursekit.fingerprints import fingerprint
from coursekit.search import index

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_SCRIPT = "search/index.js"
_is_partial = False  # `mkdocs build --dirty` renders changed pages only


def on_startup(command: str, dirty: bool) -> None:
    """Take note of how MkDocs was started."""
    global _is_partial  # noqa: PLW0603
    _is_partial = dirty


@event_priority(-100)  # once every page is as its readers see it
def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Add the index to the site; a partial build leaves the last one."""
    if _is_partial:
        return
    pages = {file.url: file.page for file in files.documentation_pages() if file.page}
    searched = [url for url, page in pages.items() if _is_searched(page)]
    parts = [_packed([pages[url] for url in lot]) for lot in index.lots(searched)]
    files.append(File.generated(config, _SCRIPT, content=index.script(parts)))


def _is_searched(page: Page) -> bool:
    """Tell whether the page is left in: `search: {exclude: true}`, the theme's own word, keeps it out."""
    setting = page.meta.get("search")
    return not (isinstance(setting, dict) and setting.get("exclude"))


def _packed(pages: list[Page]) -> index.Packed:
    """Return some pages as an earlier build packed them, if they are the same."""
    known = [(_page(page), current().facts.digest(page.content or "").hex()) for page in pages]
    key = fingerprint(known)
    slot = f"search/{known[-1][0].url}"
    if kept := current().get(slot, key):
        deflated, *rest = kept
        return index.Packed(base64.b64decode(deflated), *rest)
    from coursekit.search.sections import sections  # noqa: PLC0415 - builds mostly know all of their pages

    packed = index.pack(
        page._replace(sections=sections(source.content or ""))
        for (page, _), source in zip(known, pages, strict=True)
    )
    current().put(slot, key, [base64.b64encode(packed.deflated).decode(), *packed[1:]])
    return packed


def _page(page: Page) -> index.Page:
    """Return what is known of a page without its sections."""
    tags = page.meta.get("tags")
    return index.Page(
        url=page.url.removeprefix("./"),
        title=Markup(str(page.title or "")).striptags(),  # HTML
        tags=tuple(str(tag) for tag in tags) if isinstance(tags, list) else (),
        description=str(page.meta.get("description") or ""),
        sections=(),
    )
