"""What a page says of itself below its title and at its end: reading time, dates, licence."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from coursekit.cache import remembered
from coursekit.dates import build_day, in_french, is_older, read_date
from coursekit.pages.licences import licence
from coursekit.pages.reading_time import minutes
from coursekit.revisions import Revision, of_this_build

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

_CORRECTION = re.compile(r'<details class="(?:[^"]* )?correction[ "]')
YEARS = 2  # after which a page that nobody looked at says so

_changes: Mapping[str, Revision] = {}
_today: date


class Facts(NamedTuple):
    """What a page's line says; None is not known."""

    minutes: int | None  # to read it; an index, which leads on, has none
    updated: date | None  # by git
    verified: date | None  # by the author
    is_old: bool  # neither in the last years
    has_corrections: bool  # folded, for which there is a switch


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Ask git once when the pages changed."""
    global _changes, _today
    _changes, _today = of_this_build(Path(config.docs_dir)), build_day(os.environ)
    env.filters["in_french"] = in_french
    env.filters["licence"] = licence


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Give the template what it says; pages that are not an author's text say nothing."""
    if not page.is_homepage and page.file.generated_by is None and "template" not in page.meta:
        context["facts"] = _facts(page)
    return context


def _facts(page: Page) -> Facts:
    updated = read_date(_changes.get(page.file.abs_src_path or "", Revision("", "")).date)
    verified: date | None = page.meta.get("verified")
    newest = max(filter(None, (updated, verified)), default=None)
    is_old = newest is not None and is_older(newest, YEARS, _today)
    content = page.content or ""
    reading_time = None if page.is_index else _minutes(content)
    return Facts(reading_time, updated, verified, is_old, _corrections(content))


def has_corrections(html: str) -> bool:
    """Tell whether a page's content has corrections that are folded away."""
    return _CORRECTION.search(html) is not None


_minutes, _corrections = remembered(minutes), remembered(has_corrections)
