"""What the head of a page says of it: description, what shared links show, JSON-LD."""

from __future__ import annotations

from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.structure.nav import Section
from mkdocs.structure.pages import Page

from coursekit.cache import current, remembered
from coursekit.deferred import Deferred
from coursekit.pages.licences import holder, licence
from coursekit.pages.schema_org import Described, json_ld
from coursekit.pages.summaries import shortened, summary
from coursekit.revisions import Revision, of_this_build

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation

_summary = remembered(summary)
_licence = lru_cache(maxsize=100)(licence)  # a site has few
_changes: Mapping[str, Revision] = {}
_indexes: dict[int, Page | None] = {}  # identity of a course -> its first page
_courses: dict[str, Described] = {}  # what is known of that page -> what is said of it


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Ask git once when the pages changed; MkDocs keeps hook modules from one build to the next."""
    global _changes  # noqa: PLW0603
    _indexes.clear()
    _courses.clear()
    _changes = of_this_build(Path(config.docs_dir))


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Give the template what it says of the page."""
    course = _course_index(page)
    key = [_date(page), _told(course) if course else None]
    described = Deferred(key, lambda: _described(page, course, config))
    language = config.theme.get("language") or ""
    context["described"] = described
    context["json_ld"] = Deferred(key, lambda: json_ld(described.value))
    context["locale"] = _LOCALES.get(language, language)
    return context


_LOCALES = {"fr": "fr_FR", "en": "en_US"}  # Open Graph wants the country too


def _told(course: Page) -> list[Any]:
    """Return all that is said of a course, by its first page."""
    content = current().facts.digest(course.content or "").hex()
    return [course.title, course.url, course.canonical_url, course.meta, content, _date(course)]


def _date(page: Page) -> str:
    return _changes.get(page.file.abs_src_path or "", Revision("", "")).date


def _described(page: Page, course: Page | None, config: MkDocsConfig) -> Described:
    kind = "WebSite" if page.is_homepage else "Course" if course is page else "LearningResource"
    meta = page.meta
    rights = str(meta.get("license") or meta.get("licence") or "")
    author = meta.get("authors") or meta.get("author") or holder(rights) or config.site_author or []
    named = _licence(rights)
    return Described(
        kind=kind,
        name=config.site_name if page.is_homepage else unescape(str(page.title or "")),
        description=_description(page, config),
        url=page.canonical_url or "",
        language=config.theme.get("language") or "",
        authors=tuple(str(one) for one in (author if isinstance(author, list) else [author])),
        licence=named.url if named else "",
        rights=f"{named.before}{named.name}{named.after}" if named else rights,
        modified=_date(page),
        keywords=tuple(str(tag) for tag in meta.get("tags") or ()),
        site=config.site_author or config.site_name,
        course=_course(course, config) if course and course is not page else None,
    )


def _course(index: Page, config: MkDocsConfig) -> Described:
    """Return what is said of a course, on each of its pages; a plugin may change it between them."""
    told = repr(_told(index))
    if told not in _courses:
        _courses[told] = _described(index, index, config)
    return _courses[told]


def _description(page: Page, config: MkDocsConfig) -> str:
    """Return `description:` of the page (of the site for its home), else the first paragraph."""
    own = page.meta.get("description") or (config.site_description if page.is_homepage else "")
    return shortened(str(own), 300) if own else _summary(page.content or "")


def _course_index(page: Page) -> Page | None:
    """Return the first page of the course, the section at the top of the navigation, that the page is in."""
    *_, course = [None, *page.ancestors]
    if not isinstance(course, Section):
        return None
    if id(course) not in _indexes:
        pages = (one for one in course.children if isinstance(one, Page) and one.is_index)
        _indexes[id(course)] = next(pages, None)
    return _indexes[id(course)]
