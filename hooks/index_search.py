"""What readers search: `search/index.js`, the text of all pages in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File

from coursekit.cache import remembered
from coursekit.search import index
from coursekit.search.sections import Section, sections

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
    pages = [file.page for file in files.documentation_pages() if file.page]
    found = index.script(_page(page) for page in pages if _is_searched(page))
    files.append(File.generated(config, _SCRIPT, content=found))


def _is_searched(page: Page) -> bool:
    """Tell whether the page is left in: `search: {exclude: true}`, the theme's own word, keeps it out."""
    setting = page.meta.get("search")
    return not (isinstance(setting, dict) and setting.get("exclude"))


def _page(page: Page) -> index.Page:
    tags = page.meta.get("tags")
    return index.Page(
        url=page.url.removeprefix("./"),
        title=Markup(str(page.title or "")).striptags(),  # HTML
        tags=tuple(str(tag) for tag in tags) if isinstance(tags, list) else (),
        description=str(page.meta.get("description") or ""),
        sections=tuple(Section(*row) for row in _sections(page.content or "")),
    )


def section_rows(html: str) -> list[list[str]]:
    """Return the sections of a page's content as plain values."""
    return [[one.identifier, one.title, one.text] for one in sections(html)]


_sections = remembered(section_rows)

