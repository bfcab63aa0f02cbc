"""Navigation that stays small: what `partials/nav.html` shows of a large site, whatever its size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs.plugins import event_priority
from mkdocs.structure.nav import Section
from mkdocs.structure.pages import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure import StructureItem
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation

FEW = 12  # entries at the top of a site that every page shows
NEARBY = 60  # entries of a course that its pages show; beyond, those around the page

_positions: dict[int, int] = {}  # identity of an entry -> its rank among its siblings
_indexes: dict[int, Page] = {}  # identity of a section -> its index
_nav: Navigation


@dataclass(frozen=True, slots=True)
class Nearby:
    """The entries of a course that one of its pages shows."""

    items: Sequence[StructureItem]
    left_out: int  # how many are not among them


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Take note of the navigation: `on_env` is not told of it."""
    global _nav  # noqa: PLW0603
    _nav = nav


@event_priority(-100)  # once it is in its order
def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Give the template its bounds."""
    _positions.clear()
    _indexes.clear()
    _note(_nav.items)
    env.filters["few"] = lambda items: len(items) <= FEW
    env.filters["nearby"] = nearby
    env.filters["index"] = lambda section: _indexes.get(id(section))


def nearby(siblings: Sequence[StructureItem], page: StructureItem) -> Nearby:
    """Return the entries around the one that `page` is, or is in; all of them where they are few.

    A page that the navigation leaves out has nothing around it.
    """
    here = page
    while isinstance(here.parent, Section) and here.parent.children is not siblings:
        here = here.parent
    middle = _positions.get(id(here))
    if middle is None:
        return Nearby((), len(siblings))
    if len(siblings) <= NEARBY:
        return Nearby(siblings, 0)
    start = max(0, min(middle - NEARBY // 2, len(siblings) - NEARBY))
    return Nearby(siblings[start : start + NEARBY], len(siblings) - NEARBY)


def _note(items: Sequence[StructureItem]) -> None:
    for position, item in enumerate(items):
        _positions[id(item)] = position
        if isinstance(item, Section):
            _note(item.children)
            if index := next((one for one in item.children if isinstance(one, Page) and one.is_index), None):
                _indexes[id(item)] = index
