"""Navigation that stays small: each page is given what it shows of it, however large the site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs.plugins import event_priority
from mkdocs.structure.nav import Link, Section
from mkdocs.structure.pages import Page

from coursekit.deferred import Deferred
from coursekit.fingerprints import fingerprint
from coursekit.pages.navigation import FEW, NEARBY, Entry, Navigation, window

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure import StructureItem
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation as SiteNavigation

_closed: dict[int, Entry] = {}  # identity of an entry -> what is shown of it on pages elsewhere
_positions: dict[int, int] = {}  # identity of an entry -> its rank among its siblings
_indexes: dict[int, Page] = {}  # identity of a section -> its index
# Identity of an entry at the top -> what stands for it and all below; None: for the top itself.
_keys: dict[int | None, str] = {}
_nav: SiteNavigation


def on_nav(nav: SiteNavigation, config: MkDocsConfig, files: Files) -> None:
    """Take note of the navigation: `on_env` is not told of it."""
    global _nav  # noqa: PLW0603
    _nav = nav


@event_priority(-100)  # once it is in its order
def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Prepare what pages share."""
    for known in (_closed, _positions, _indexes, _keys):
        known.clear()
    _note(_nav.items)
    home = _nav.homepage
    top = [[_closed.get(id(item)) for item in _nav.items], home and [home.url, home.meta.get("template")]]
    _keys[None] = fingerprint(top).hex()
    _keys.update({id(item): fingerprint(_all_of(item)).hex() for item in _nav.items})


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: SiteNavigation
) -> dict[str, Any]:
    """Give the page its navigation."""
    around = [id(one) for one in page.ancestors]
    key = [page.url, _keys[None], _keys.get(around[-1]) if around else None]
    context["navigation"] = Deferred(key, lambda: _navigation(page)._replace(path=tuple(_path(page))))
    return context


def on_template_context(context: dict[str, Any], template_name: str, config: MkDocsConfig) -> dict[str, Any]:
    """Give it to what is no page, such as the page for addresses that lead nowhere."""
    context["navigation"] = _navigation(None)
    return context


def _note(items: Sequence[StructureItem]) -> None:
    for position, item in enumerate(items):
        _positions[id(item)] = position
        if isinstance(item, Section):
            _note(item.children)
            if index := next((one for one in item.children if isinstance(one, Page) and one.is_index), None):
                _indexes[id(item)] = index
        if (url := _address(item)) is not None:
            _closed[id(item)] = Entry(item.title or "", url)


def _all_of(item: StructureItem) -> list[Any]:
    """Return all that pages below an entry at the top may show of it."""
    children = item.children if isinstance(item, Section) else ()
    return [item.title, _closed.get(id(item)), [_all_of(child) for child in children]]


def _address(item: StructureItem | None) -> str | None:
    """Return where an entry leads, a section to its first page; None for one without pages."""
    if isinstance(item, Section):
        return _address(_indexes.get(id(item)) or next(iter(item.children), None))
    if isinstance(item, Page):
        return item.url
    return item.url if isinstance(item, Link) else None


def _navigation(page: Page | None) -> Navigation:
    """Return the whole of it where it is small, else the home page and the course that the page is in."""
    home = _nav.homepage
    if len(_nav.items) <= FEW or (page and page is home):
        return Navigation(tuple(_entries(_nav.items, page)))
    around: Sequence[StructureItem] = ()
    if page and page.parent:
        around = list(page.ancestors)[-1:]
    elif page and id(page) in _positions:
        around = _nav.items[window(len(_nav.items), _positions[id(page)])]
    return Navigation(
        entries=tuple(_entries([item for item in around if item is not home], page)),
        home=_closed[id(home)] if home else None,
        home_lists_courses=home is not None and home.meta.get("template") == "accueil.html",
    )


def _entries(items: Sequence[StructureItem], page: Page | None) -> Iterator[Entry]:
    around = {id(one) for one in page.ancestors} if page else set()
    for item in items:
        if isinstance(item, Section) and id(item) in around:
            yield _open(item, page)
        elif item is page:
            yield _closed[id(item)]._replace(is_current=True)
        elif id(item) in _closed:
            yield _closed[id(item)]


def _open(section: Section, page: Page | None) -> Entry:
    """Return a section that the page is in, with the entries near the page."""
    index = _indexes.get(id(section))
    children = section.children
    here: StructureItem | None = page
    while here and here.parent is not section:
        here = here.parent
    near = children[window(len(children), _positions[id(here)])] if len(children) > NEARBY else children
    return Entry(
        title=section.title,
        url=index.url if index else None,
        is_current=index is page,
        is_open=True,
        entries=tuple(_entries([item for item in near if item is not index], page)),
        total=len(children) if len(near) < len(children) else 0,
    )


def _path(page: Page) -> Iterator[Entry]:
    sections = [one for one in page.ancestors if isinstance(one, Section)]
    if sections and _nav.homepage:
        yield _closed[id(_nav.homepage)]
    for section in reversed(sections):
        index = _indexes.get(id(section))
        if index is None or index is not page:
            yield Entry(section.title, index.url if index else None)
