"""Tags: a page for each, and their list where a page has `<!-- material/tags -->`."""

from __future__ import annotations

import re
from html import escape
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Section
from mkdocs.utils import get_relative_url

from coursekit import messages
from coursekit.cache import remembered
from coursekit.front_matters import split
from coursekit.pages.listing import Entry
from coursekit.pages.summaries import first_line, summary
from coursekit.pages.tags import Tag, fold, gather, listing
from coursekit.problem import source_path

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

_FOLDER = "etiquettes"
_LIST = re.compile(r"<!--\s*material/tags\b[^>]*-->", re.IGNORECASE)

_log = get_plugin_logger("étiquettes")
_summary = remembered(summary)


def has_list_of_tags(html: str) -> bool:
    """Tell whether a page asks for the list."""
    return _LIST.search(html) is not None


_is_list = remembered(has_list_of_tags)
_tags: dict[str, tuple[Tag, File]] = {}  # with its page, by folded name
_made: dict[str, Tag] = {}  # by path of the page that is ours
_entries: dict[str, tuple[int, Entry]] = {}  # of tagged pages, by path, with their rank
_lists: set[str] = set()  # paths of pages that list the tags
_nav: Navigation


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Add the pages, unless their author has one at their address."""
    _tags.clear()
    _made.clear()
    taken = {file.dest_uri: file for file in files}
    for tag in gather((file.src_uri, _names(file.content_string)) for file in files.documentation_pages()):
        path = f"{_FOLDER}/{tag.slug}.md"
        file = File.generated(config, path, content="", inclusion=InclusionLevel.NOT_IN_NAV)
        if own := taken.get(file.dest_uri):
            place = source_path(config.docs_dir, own.src_uri)
            _log.info("%s: %s", place, messages.taken_by_a_page(place, tag.name))
        else:
            files.append(file)
            _made[path] = tag
        _tags[fold(tag.name)] = tag, own or file


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Take note of the navigation, in whose order pages are listed."""
    global _nav  # noqa: PLW0603
    _nav = nav


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Give the page of a tag its title and template; what it lists is found by itself."""
    if tag := _made.get(page.file.src_uri):
        title = escape(f"Étiquette « {tag.name} »", quote=False)
        page.meta.update(title=title, template="etiquette.html", search={"exclude": True})


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """List tags and pages, now that the navigation is in its order."""
    _entries.clear()
    _lists.clear()
    tagged = {path for tag, _ in _tags.values() for path in tag.pages}
    others = [file.page for file in files.documentation_pages() if file.page]
    for path, page in {page.file.src_uri: page for page in [*_nav.pages, *others]}.items():
        if path in tagged:
            _entries[path] = len(_entries), _entry(page)
        if page.content and _is_list(page.content):
            html = listing((tag, get_relative_url(file.url, page.url)) for tag, file in _tags.values())
            page.content = _LIST.sub(html.replace("\\", r"\\"), page.content)
            _lists.add(path)


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Give the templates the page's tags, and the page of a tag what it lists."""
    folded = dict.fromkeys(fold(str(name)) for name in page.meta.get("tags") or ())
    chips = [_tags[one] for one in folded if one in _tags]
    context["tags"] = [{"name": tag.name, "url": file.url} for tag, file in chips]
    context["is_list_of_tags"] = page.file.src_uri in _lists
    if tag := _made.get(page.file.src_uri):
        ranked = [_entries[path] for path in tag.pages if path in _entries]
        context["tagged"] = [entry for _, entry in sorted(ranked, key=itemgetter(0))]
    return context


def _names(text: str) -> list[str]:
    found = split(text).with_usable_meta(lambda _: True).meta if "tags" in text else {}
    return found.get("tags") or []


def _entry(page: Page) -> Entry:
    line = first_line(page.meta.get("description"), _summary(page.content or ""))
    sections = (one for one in page.ancestors if isinstance(one, Section))
    around = [section for section in sections if any(one.is_page for one in section.children)]
    course = around[-1].title if around and not page.is_index else ""
    return Entry(str(page.title), page.url, line, course or "")
