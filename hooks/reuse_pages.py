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
- A file is left alone only if nobody has touched it since it was written: same size, same inode, same time
  of its last change, which no program can set.
- What a build has neither written nor left alone is removed at its end, whoever had put it there: site/ is
  what a build into an empty folder makes. A build that fails removes nothing.
- Where a plugin may look at what is written, or at what stands there, every page is written, as MkDocs
  does.

It leans on Jinja's `Environment.template_class`; on MkDocs' calling `render` with the context, writing no
file where nothing is returned, and cleaning the folder by `utils.clean_directory`. A canary test watches
these.
"""

from __future__ import annotations

import base64
import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import BytecodeCache, Template
from mkdocs import utils
from mkdocs.plugins import event_priority

from coursekit import cache
from coursekit.deferred import Deferred
from coursekit.files import State, state
from coursekit.fingerprints import UnknownValueError, contents, fingerprint, is_packaged

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.bccache import Bucket
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.structure.toc import AnchorLink, TableOfContents

_PAGE = (
    *("title", "url", "canonical_url", "abs_url", "edit_url", "meta", "children"),
    *("is_homepage", "is_index", "is_top_level", "is_page", "is_section", "is_link"),
)
_NEIGHBOUR = ("title", "url", "canonical_url", "is_homepage", "is_index", "is_page", "is_section", "is_link")
_SECTION = ("title", "is_page", "is_section", "is_link")
_FILE = ("src_uri", "src_path", "url", "name", "dest_uri")
_APART = frozenset({"theme", "plugins", "hooks", "mdx_configs", "markdown_extensions"})  # of the settings

_TRANSLATIONS = ("gettext", "ngettext", "pgettext", "npgettext")  # the theme's locale tells

_GIVEN = frozenset({"page", "nav", "pages", "config", "build_date_utc"})  # what MkDocs gives besides values

_clean = utils.clean_directory

_command = ""
_folder: Path  # site/
_site: bytes | None = None  # what stands for all that pages share; None where it cannot be told
_before: dict[str, State] | None = None  # what stood in site/, by path; None where MkDocs has cleaned it
_left: set[str] = set()  # paths of files that are left as they stand
_expected: set[str] = set()  # what MkDocs says of them
_kept: dict[str, Any] = {}  # path of a file -> its glance, its key and its state, as an earlier build left it
_now: dict[str, tuple[str, str]] = {}  # the same of this build, without the state


def on_startup(command: str, dirty: bool) -> None:
    """Take note of how MkDocs was started."""
    global _command  # noqa: PLW0603
    _command = command


@event_priority(-1000)  # right before MkDocs cleans the folder
def on_pre_build(config: MkDocsConfig) -> None:
    """Have MkDocs find nothing to clean, once."""
    global _before, _folder
    _before, _folder = None, Path(config.site_dir)
    for one in (_kept, _now, _left, _expected):
        one.clear()
    logging.getLogger("mkdocs.commands.build").removeFilter(_is_news)
    if not cache.current().is_kept or not _is_ours_alone(config):
        return
    utils.clean_directory = _look
    logging.getLogger("mkdocs.commands.build").addFilter(_is_news)


def on_build_error(error: Exception) -> None:
    """Have MkDocs clean again, should the build have failed before it did."""
    utils.clean_directory = _clean


@event_priority(-1000)  # once every plugin has prepared the environment
def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Have pages written by us."""
    global _site  # noqa: PLW0603
    _site = None if _before is None else _fingerprint_of_site(env, config)
    if _site is not None:
        env.template_class = _PageTemplate
        kept = cache.current().get(_slot(), _site) or {}
        _kept.update({f"{_folder}{name}": one for name, one in kept.items()})
    env.bytecode_cache = _Compiled()


@event_priority(-1000)  # once every stage has given what it gives
def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Make the values that pages are given, where each page is written."""
    return context if _site is not None else context | _made(context)


@event_priority(-500)  # behind what writes into site/, before the cache is closed
def on_post_build(config: MkDocsConfig) -> None:
    """Remove what is left over from earlier builds, and take note of what this one wrote."""
    if _before is None:
        return
    for path, known in _before.items():
        if path not in _left and state(path) == known:
            Path(path).unlink()
            _remove_empty(Path(path).parent)
    if _site is not None:
        root = str(_folder)
        states = {path: _before[path] if path in _left else state(path) for path in _now}
        now = {path.removeprefix(root): [*keys, states[path]] for path, keys in _now.items()}
        cache.current().put(_slot(), _site, now)


def _look(directory: str) -> None:
    """Take note of what stands in the folder, in the place of cleaning it."""
    global _before  # noqa: PLW0603
    utils.clean_directory = _clean
    _before = _states(Path(directory))


def _is_ours_alone(config: MkDocsConfig) -> bool:
    """Tell whether hooks alone take part in the build, and none asks for pages as they are written."""
    are_hooks = all(name in config.hooks for name in config.plugins)
    return are_hooks and not config.plugins.events["post_page"]


def _is_news(record: logging.LogRecord) -> bool:
    """MkDocs says of each file left as it stands that its template wrote nothing."""
    return record.msg not in _expected


def _states(folder: Path) -> dict[str, State]:
    """Return the files below a folder, but those with a dot in front, which MkDocs never cleans."""
    found: dict[str, State] = {}
    folders = [str(folder)] if folder.is_dir() else []
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if not (entry.name.startswith(".") and Path(entry.path).parent == folder):
                        folders.append(entry.path)
                elif known := state(entry.path):
                    found[entry.path] = known
    return found


def _remove_empty(folder: Path) -> None:
    while folder != _folder:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def _slot() -> str:
    return f"pages/{_command}"


def _fingerprint_of_site(env: Environment, config: MkDocsConfig) -> bytes | None:
    theme = config.theme
    folders = [Path(folder) for folder in theme.dirs if not is_packaged(folder)]
    shown = {name: value for name, value in config.items() if name not in _APART}
    callouts = config.mdx_configs["coursekit.markdown"]["callouts"].entries
    extensions = config.mdx_configs | {"coursekit.markdown": callouts}
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


def _globals(env: Environment) -> dict[str, Any]:
    return {name: value for name, value in env.globals.items() if name not in _TRANSLATIONS}


class _Compiled(BytecodeCache):
    """Templates as Python's code, kept too: to compile them takes longer than to write a page."""

    def load_bytecode(self, bucket: Bucket) -> None:
        if code := cache.current().get(f"template/{bucket.key}", _source(bucket)):
            bucket.bytecode_from_string(base64.b64decode(code))

    def dump_bytecode(self, bucket: Bucket) -> None:
        code = base64.b64encode(bucket.bytecode_to_string()).decode()
        cache.current().put(f"template/{bucket.key}", _source(bucket), code)


def _source(bucket: Bucket) -> bytes:
    return fingerprint([bucket.checksum, sorted(bucket.environment.extensions)])


class _PageTemplate(Template):
    """A template that asks the cache, when it writes a page."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        context = dict(*args, **kwargs)
        if not context.keys() >= _GIVEN:
            return super().render(context)
        return _page(self.name or "", context, super().render)


def _page(template: str, context: dict[str, Any], write: Callable[[dict[str, Any]], str]) -> str:
    """Return what the template writes; nothing when its file is left as it stands."""
    page = context["page"]
    values = {name: value for name, value in context.items() if name not in _GIVEN}
    path = page.file.abs_dest_path if page else str(_folder / template)
    glance_before, key_before = _untouched(path)
    try:
        glance = _glance(template, context, values)
        if glance_before == glance:
            return _leave(path, (glance, key_before), template, page)
        reading = _Reading()
        context |= _made(values)
        shown = context | reading.of_page(page) | reading.of_site(context)
        key = fingerprint([template, _made(values), reading.known]).hex()
    except UnknownValueError:
        return write(context | _made(values))
    if key_before == key:
        return _leave(path, (glance, key), template, page)
    written = write(shown)
    if not reading.is_more and written.strip():
        _now[path] = glance, key
    return written


def _untouched(path: str) -> tuple[str, str]:
    """Return the glance and the key of a file that stands as an earlier build left it; else empty ones."""
    glance, key, known = _kept.get(path, ("", "", ()))
    return (glance, key) if _before and _before.get(path) == tuple(known) else ("", "")


def _leave(path: str, keys: tuple[str, str], template: str, page: Page | None) -> str:
    """Return what has MkDocs leave the file as it stands."""
    _left.add(path)
    _now[path] = keys
    what = f"Page skipped: '{page.file.src_uri}'. G" if page else f"Template skipped: '{template}' g"
    _expected.add(f"{what}enerated empty output.")
    return ""


def _made(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value.value if isinstance(value, Deferred) else value for name, value in values.items()}


def _glance(template: str, context: dict[str, Any], values: dict[str, Any]) -> str:
    """Return what changes with all that a template is known to read, and with more."""
    page, home = context["page"], context["nav"].homepage
    known = [
        [
            template,
            {name: value.key if isinstance(value, Deferred) else value for name, value in values.items()},
        ],
        home and [*_place(home), home.meta],
    ]
    if page is not None:
        around = [page.previous_page, page.next_page]
        known += [
            [*_place(page), page.abs_url, page.edit_url, page.meta],
            [page.file.src_uri, page.file.url, page.file.dest_uri, _contents(page.toc)],
            cache.current().digest(page.content or "").hex(),
            [one and _place(one) for one in around],
            [one.title for one in page.ancestors],
        ]
    return fingerprint(known).hex()


def _place(page: Page) -> list[Any]:
    return [page.title, page.url, page.canonical_url, page.is_homepage]


def _contents(toc: TableOfContents) -> object:
    """Return the entries, or what they are to be made from."""
    known = vars(toc)
    return [_plain(item) for item in toc] if "items" in known else known


class _Reading:
    """What a template reads of MkDocs' objects."""

    def __init__(self) -> None:
        self.known: list[Any] = []
        self.is_more = False  # than what is known

    def of_page(self, page: Page | None) -> dict[str, Any]:
        """Return the page as its template is given it; some templates write none."""
        if page is None:
            return {}
        self.known.append(_contents(page.toc))
        self.known.append(cache.current().digest(page.content or "").hex())
        more = {
            "content": page.content,
            "toc": page.toc,
            "active": page.active,
            "previous_page": self._watched(page.previous_page, _NEIGHBOUR),
            "next_page": self._watched(page.next_page, _NEIGHBOUR),
            "ancestors": [self._watched(section, _SECTION) for section in page.ancestors],
            "file": self._watched(page.file, _FILE),
        }
        return {"page": self._watched(page, _PAGE, more)}

    def of_site(self, context: dict[str, Any]) -> dict[str, Any]:
        """Return what else of MkDocs' objects a template is given."""
        nav = context["nav"]
        home = {"homepage": self._watched(nav.homepage, (*_NEIGHBOUR, "meta"))}
        return {
            "nav": self._watched(nav, (), home),
            "pages": self._watched(context["pages"], ()),
            "build_date_utc": self._watched(context["build_date_utc"], ()),
        }

    def _watched(self, target: Any, names: tuple[str, ...], more: dict[str, Any] | None = None) -> Any:
        if target is None:
            self.known.append(None)
            return None
        known = {name: getattr(target, name, None) for name in names}
        self.known.append([known, bool(target)])
        return _Watched(target, known | (more or {}), self)


class _Watched:
    """An object, and whether more is read of it than is known."""

    def __init__(self, target: Any, known: dict[str, Any], reading: _Reading) -> None:
        vars(self).update(known, _target=target, _reading=reading)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._more(), name)

    def __getitem__(self, name: Any) -> Any:
        return self._more()[name]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._more())

    def __len__(self) -> int:
        return len(self._more())

    def __contains__(self, one: Any) -> bool:
        return one in self._more()

    def __str__(self) -> str:
        return str(self._more())

    def __bool__(self) -> bool:
        return bool(self._target)

    def __eq__(self, other: object) -> bool:
        return bool(self._more() == (other._more() if isinstance(other, _Watched) else other))

    def __hash__(self) -> int:
        return hash(self._target)

    def _more(self) -> Any:
        self._reading.is_more = True
        return self._target


def _plain(item: AnchorLink) -> list[Any]:
    return [item.title, item.id, item.level, [_plain(child) for child in item.children]]
