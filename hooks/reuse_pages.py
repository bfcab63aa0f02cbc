"""A page whose template would write what stands in site/ already is left as it stands.

What holds:

- Every event of MkDocs takes place for every page, as ever: only the template's own work is left out, and
  with it the writing of its file.
- The key is all that templates are known to read: the context's values, what is listed here of the page,
  its neighbours and the site (`_PAGE`, `_NEIGHBOUR` …), and once a build the settings, the environment and
  the files of the theme that are no package's. Most pages need not be looked at so closely: what these are
  made from is the same (`_glance`), which takes a tenth of the time.
- A template that reads anything else, the whole navigation say, is seen to do so (`_Watched`), and its page
  is written anew each time. So it is where a value cannot be told from another.
- A file is left alone only if nobody has touched it since it was written (`coursekit.site_folder`). Where a
  plugin may look at what is written, or at what stands there, every page is written, as MkDocs does.

It leans on Jinja's `Environment.template_class`, and on MkDocs' calling `render` with the context and writing
no file where nothing is returned. A canary test watches these.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Template
from mkdocs.plugins import event_priority
from mkdocs.structure.toc import TableOfContents

from coursekit import cache, site_folder
from coursekit.deferred import Deferred
from coursekit.fingerprints import UnknownValueError, contents, fingerprint, is_packaged
from coursekit.markdown.options import NO_CHOICES
from coursekit.watched import Reading

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.structure.toc import AnchorLink

_PAGE = (
    *("title", "url", "canonical_url", "abs_url", "edit_url", "meta", "children"),
    *("is_homepage", "is_index", "is_top_level", "is_page", "is_section", "is_link"),
)
_NEIGHBOUR = ("title", "url", "canonical_url", "is_homepage", "is_index", "is_page", "is_section", "is_link")
_SECTION = ("title", "is_page", "is_section", "is_link")
_FILE = ("src_uri", "src_path", "url", "name", "dest_uri")
_APART = frozenset({"theme", "plugins", "hooks", "mdx_configs", "markdown_extensions"})  # of the settings
_LEFT_OUT = ("exclude_docs", "draft_docs", "not_in_nav")  # of them too: patterns

_TRANSLATIONS = ("gettext", "ngettext", "pgettext", "npgettext")  # the theme's locale tells

_GIVEN = frozenset({"page", "nav", "pages", "config", "build_date_utc"})  # what MkDocs gives besides values

_SLOTS = {command: f"pages/{command}" for command in ("build", "serve")}

_command = ""
_folder = ""  # site/
_site: bytes | None = None  # what stands for all that pages share; None where every page is written
_kept: dict[str, Any] = {}  # path of a file below site/ -> glance, key and state, as an earlier build left it
_now: dict[str, tuple[str, str]] = {}  # the same of this build, without the state
_written: dict[str, int] = {}  # path of a file that this build writes -> checksum of what it writes
_expected: set[str] = set()  # what MkDocs says of files that are left as they stand


def on_startup(command: str, dirty: bool) -> None:
    """Take note of how MkDocs was started."""
    global _command  # noqa: PLW0603
    _command = command


@event_priority(-1000)  # once every plugin has prepared the environment
def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Have pages written by us."""
    global _site, _folder  # noqa: PLW0603
    for one in (_kept, _now, _written, _expected):
        one.clear()
    _folder = config.site_dir
    _site = None if site_folder.current() is None else _fingerprint_of_site(env, config)
    if _site is not None:
        env.template_class = _PageTemplate
        _kept.update(cache.current().get(_SLOTS[_command], _site) or {})
        logging.getLogger("mkdocs.commands.build").addFilter(_is_news)


@event_priority(-1000)  # once every stage has given what it gives
def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Make the values that pages are given, where each page is written."""
    return context if _site is not None else context | _made(context)


@event_priority(-500)  # behind what writes into site/, before the cache is closed
def on_post_build(config: MkDocsConfig) -> None:
    """Take note of what was written."""
    logging.getLogger("mkdocs.commands.build").removeFilter(_is_news)
    if (folder := site_folder.current()) and _site is not None:
        states = {path: folder.state(f"{_folder}/{path}", _written.get(path)) for path in _now}
        now = {path: [*keys, states[path]] for path, keys in _now.items()}
        cache.current().put(_SLOTS[_command], _site, now)
    cache.current().use(_SLOTS.values())


def _is_news(record: logging.LogRecord) -> bool:
    """MkDocs says of each file left as it stands that its template wrote nothing."""
    return record.msg not in _expected


def _fingerprint_of_site(env: Environment, config: MkDocsConfig) -> bytes | None:
    theme = config.theme
    folders = [Path(folder) for folder in theme.dirs if not is_packaged(folder)]
    shown = {name: value for name, value in config.items() if name not in _APART}
    shown |= {name: _patterns(config[name]) for name in _LEFT_OUT}
    front_end = config.mdx_configs["coursekit.markdown"]
    own = {name: value for name, value in front_end.items() if name not in NO_CHOICES}
    extensions = config.mdx_configs | {"coursekit.markdown": [own, front_end["callouts"].entries]}
    values = [
        [shown, config.markdown_extensions, extensions],
        [theme.name, str(theme.locale), {name: theme[name] for name in theme if name != "locale"}],
        [[name, dict(getattr(plugin, "config", {}))] for name, plugin in config.plugins.items()],
        [sorted(config.hooks), [contents(folder).hex() for folder in folders]],
        [dict(sorted(some.items())) for some in (_globals(env), env.filters, env.tests)],
        sorted(env.extensions),
    ]
    try:
        return fingerprint(values)
    except UnknownValueError:
        return None


def _patterns(spec: Any) -> list[str]:
    """Return how MkDocs' settings say which files it leaves out."""
    return [repr(pattern) for pattern in spec.patterns] if spec else []


def _globals(env: Environment) -> dict[str, Any]:
    return {name: value for name, value in env.globals.items() if name not in _TRANSLATIONS}


class _PageTemplate(Template):
    """A template that asks the cache, when it writes a page."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        context = dict(*args, **kwargs)
        if not context.keys() >= _GIVEN:
            return super().render(context)
        page = context["page"]
        path = page.file.dest_uri if page else self.name or ""
        written = _page(self.name or "", path, context, super().render)
        if written and (folder := site_folder.current()):
            folder.overwrite(f"{_folder}/{path}")  # another page may have its place there too
            data = written.encode("utf-8", "xmlcharrefreplace")  # as MkDocs does
            _written[path] = site_folder.checksum(data)
        return written


def _page(template: str, path: str, context: dict[str, Any], write: Callable[[dict[str, Any]], str]) -> str:
    """Return what the template writes; nothing when its file is left as it stands."""
    page = context["page"]
    values = {name: value for name, value in context.items() if name not in _GIVEN}
    _now.pop(path, None)
    glance_before, key_before = _untouched(path)
    said = _said(context)
    try:
        glance = _glance(template, context, values, said)
        if glance_before == glance:
            return _leave(path, (glance, key_before), page)
        context |= _made(values)
        reading = Reading()
        shown = context | _watched(context, reading)
        key = fingerprint([template, _made(values), reading.known, said]).hex()
    except UnknownValueError:
        return write(context | _made(values) | _watched(context, Reading()))  # parts may be shared
    if key_before == key:
        return _leave(path, (glance, key), page)
    written = write(shown)
    if not reading.is_more and written.strip():
        _now[path] = glance, key
    return written


def _untouched(path: str) -> tuple[str, str]:
    """Return the glance and the key of a file that stands as an earlier build left it; else empty ones."""
    glance, key, known = _kept.get(path, ("", "", None))
    folder = site_folder.current()
    return (glance, key) if folder and folder.is_untouched(f"{_folder}/{path}", known) else ("", "")


def _leave(path: str, keys: tuple[str, str], page: Page | None) -> str:
    """Return what has MkDocs leave the file as it stands."""
    if folder := site_folder.current():
        folder.leave(f"{_folder}/{path}")
    _now[path] = keys
    what = f"Page skipped: '{page.file.src_uri}'. G" if page else f"Template skipped: '{path}' g"
    _expected.add(f"{what}enerated empty output.")
    return ""


def _made(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value.value if isinstance(value, Deferred) else value for name, value in values.items()}


def _glance(template: str, context: dict[str, Any], values: dict[str, Any], said: list[str]) -> str:
    """Return what changes with all that a template is known to read, and with more."""
    page, home = context["page"], context["nav"].homepage
    keys = {name: value.key if isinstance(value, Deferred) else value for name, value in values.items()}
    known: list[Any] = [template, keys, home and [*_place(home), home.meta], said]
    if page is not None:
        around = [page.previous_page, page.next_page]
        known += [
            [*_place(page), page.abs_url, page.edit_url, page.meta],
            [page.file.src_uri, page.file.url, page.file.dest_uri, _contents(page.toc)],
            cache.current().facts.digest(page.content or "").hex(),
            [one and _place(one) for one in around],
            [one.title for one in page.ancestors],
        ]
    return fingerprint(known).hex()


def _said(context: dict[str, Any]) -> list[str]:
    """Return what authors and stages say, to the letter: JSON takes `{1: a}` for `{"1": a}`."""
    pages = (context["page"], context["nav"].homepage)
    return [repr(page and page.meta) for page in pages] + [repr(context["config"].extra)]


def _place(page: Page) -> list[Any]:
    return [page.title, page.url, page.canonical_url, page.is_homepage]


def _contents(toc: object) -> object:
    """Return the entries, or what they are to be made from; what else a plugin may have put there."""
    if not isinstance(toc, TableOfContents):
        return toc
    known = vars(toc)
    return [_plain(item) for item in toc] if "items" in known else known


def _watched_page(page: Page, reading: Reading) -> Any:
    """Return the page as its template is given it."""
    reading.known += [_contents(page.toc), cache.current().facts.digest(page.content or "").hex()]
    more = {
        "content": page.content,
        "toc": page.toc,
        "active": page.active,
        "previous_page": reading.watched(page.previous_page, _NEIGHBOUR),
        "next_page": reading.watched(page.next_page, _NEIGHBOUR),
        "ancestors": [reading.watched(section, _SECTION) for section in page.ancestors],
        "file": reading.watched(page.file, _FILE),
    }
    return reading.watched(page, _PAGE, more)


def _watched(context: dict[str, Any], reading: Reading) -> dict[str, Any]:
    """Return MkDocs' objects as templates are given them."""
    page, nav = context["page"], context["nav"]
    home = {"homepage": reading.watched(nav.homepage, (*_NEIGHBOUR, "meta"))}
    return {
        "page": None if page is None else _watched_page(page, reading),  # some templates write none
        "nav": reading.watched(nav, (), home),
        "pages": reading.watched(context["pages"], ()),
        "build_date_utc": reading.watched(context["build_date_utc"], ()),
    }


def _plain(item: AnchorLink) -> list[Any]:
    return [item.title, item.id, item.level, [_plain(child) for child in item.children]]
