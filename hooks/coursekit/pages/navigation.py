"""What a page shows of the site's navigation: values, all that `partials/nav.html` and `path.html` see."""

from __future__ import annotations

from typing import NamedTuple

FEW = 12  # entries at the top of a site that every page shows
NEARBY = 60  # entries of a course that its pages show; beyond, those around the page


class Entry(NamedTuple):
    """A page, a folder of pages, or a link of `nav` in mkdocs.yml."""

    title: str  # HTML
    url: str | None  # relative to the site's root, or absolute; None for a folder without an index
    is_current: bool = False  # the page that shows the navigation, or the index of its folder when it is that
    is_open: bool = False  # a folder around that page, whose entries are shown
    entries: tuple[Entry, ...] = ()
    total: int = 0  # how many entries the folder has, where these are not all of them


class Navigation(NamedTuple):
    """What one page shows."""

    entries: tuple[Entry, ...]
    home: Entry | None = None  # of a large site, whose other entries are left out
    home_lists_courses: bool = False
    path: tuple[Entry, ...] = ()  # from the home page to the folder that the page is in


def window(count: int, middle: int) -> slice:
    """Return which of so many siblings are near the one at `middle`; all of them where they are few."""
    start = max(0, min(middle - NEARBY // 2, count - NEARBY))
    return slice(start, start + NEARBY)
