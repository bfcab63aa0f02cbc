"""A page whose Markdown was rendered by an earlier build is not rendered again.

What holds:

- Every event of MkDocs takes place for every page, as ever: only `Page.render` is left out.
- The key is what rendering is given: the text, the page's place, the extensions and their settings. What it
  asks besides (where links lead, which files there are) has the same answers as long as the site has the same
  files and settings; where these have changed, all is asked again. The size of images is asked each time.
  Another answer than then, and the page is rendered.
- What the front end told its observers is told again: headings, directives, and what an author should mend.
  The register of links takes note of what it had found.
- A page that MkDocs or an extension said something about is rendered anew each time, so that it is said
  again.
- With an extension that is not known to depend on its text alone, every page is rendered.

It leans on what `Page.render` leaves in a page (see `_kept`), which a canary test watches.
"""

from __future__ import annotations

import json
import logging
import re
from contextlib import contextmanager, suppress
from copy import deepcopy
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents, get_toc
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from coursekit import cache, messages
from coursekit.facts import digest, known
from coursekit.fingerprints import UnknownValueError, fingerprint
from coursekit.links.register import PageLinks
from coursekit.markdown.document import Document, Link
from coursekit.markdown.ecosystem import pure
from coursekit.markdown.interview import Interview
from coursekit.markdown.options import NO_CHOICES
from coursekit.processes import forked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.toc import AnchorLink

_FRONT_END = "coursekit.markdown"

_LANGUAGE = re.compile(r"^[ \t>]*(?:`{3,}|~{3,})[ \t]*(\w+)", re.MULTILINE)

_log = get_plugin_logger("cache")
_is_possible = False
_known_settings: tuple[list[Any], bytes] = [], b""
_world = ""  # what stands for all that answers depend on: the site's files, and where links may lead


@event_priority(-200)  # once every plugin has added its extensions
def on_config(config: MkDocsConfig) -> None:
    """Find out whether pages depend on their texts."""
    global _is_possible, _known_settings  # noqa: PLW0603
    _known_settings = [], b""
    unsure = pure.unsure(config.markdown_extensions, config.mdx_configs)
    _is_possible = cache.current().is_kept and not unsure
    if unsure:
        _log.info("%s", messages.unsure_extensions(unsure))


@event_priority(-200)  # a plugin may give another page
def on_pre_page(page: Page, config: MkDocsConfig, files: Files) -> None:
    """Have the page rendered by us."""
    if _is_possible:
        vars(page)["render"] = partial(_render, page)


@event_priority(-1000)  # once MkDocs and every plugin have listed the pages
def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Render what is not kept in several processes, whose results are kept until MkDocs asks for them."""
    global _world  # noqa: PLW0603
    if not _is_possible:
        return
    places = [[file.src_uri, file.url, file.inclusion.value] for file in files]
    _world = fingerprint([places, _links(config).world]).hex()
    try:
        missing = _missing([file.page for file in files.documentation_pages() if file.page], config)
    except UnknownValueError:
        return
    render = partial(_render_ahead, config=config, files=files)
    for rows in forked(render, missing, prepare=partial(_prepare, missing)):
        cache.current().take(rows)


def _missing(pages: Sequence[Page], config: MkDocsConfig) -> list[Page]:
    """Guess which pages are not kept, from their sources: what plugins make of the text is not known yet."""
    key = _settings_key(config)
    before = cache.current().get("sources", key) or {}
    now = {}
    for page in pages:
        with suppress(OSError, ValueError):  # MkDocs will say so
            now[page.file.src_uri] = cache.current().facts.digest(page.file.content_string).hex()
    cache.current().put("sources", key, now)
    uris = {uri for uri, digest in now.items() if before.get(uri) != digest}
    return [page for page in pages if page.file.src_uri in uris]


def _prepare(pages: Sequence[Page]) -> None:
    """Load what these pages want, once for all processes: Pygments takes a second to compile its lexers."""
    import coursekit.markdown.front_end  # noqa: F401, PLC0415 - builds that render nothing need not
    from coursekit.markdown.diagrams import pele  # noqa: PLC0415

    languages = {name for page in pages for name in _LANGUAGE.findall(page.file.content_string)}
    for name in sorted(languages):
        with suppress(ClassNotFound):
            get_lexer_by_name(name)
    if "mermaid" in languages:
        pele.prepare()


def _render_ahead(page: Page, config: MkDocsConfig, files: Files) -> list[cache.Row]:
    """Do in a process of its own what MkDocs will do in this one up to `Page.render`, and say nothing."""
    cache.enter_fork()
    for logger in (logging.getLogger(), logging.getLogger("mkdocs")):
        logger.handlers.clear()
    config._current_page = page
    page = config.plugins.on_pre_page(page, config=config, files=files)
    page.read_source(config)
    page.markdown = config.plugins.on_page_markdown(
        page.markdown or "", page=page, config=config, files=files
    )
    _render_and_keep(page, _key(page, config), config, files)
    return cache.current().drain()


def _slots(page: Page) -> Iterator[str]:
    """Yield where a page is kept: what builds want to know of it, its HTML, and what they seldom ask for."""
    return (f"{kind}/{page.file.src_uri}" for kind in ("read", "html", "asked"))


def _render(page: Page, config: MkDocsConfig, files: Files) -> None:
    try:
        key = _key(page, config)
    except UnknownValueError:
        return Page.render(page, config, files)
    if kept := _kept(page, key, config, files):
        documents = [Document.from_values(one) for one in kept["documents"]]
    else:
        _links(config).forget()
        documents = _render_and_keep(page, key, config, files)
    for document in documents:
        for observe in config.mdx_configs[_FRONT_END]["observers"]:
            observe(document)
    return None


def _kept(page: Page, key: bytes, config: MkDocsConfig, files: Files) -> dict[str, Any] | None:
    """Give the page what an earlier build made of it, and return that; None where it must be rendered."""
    read, html, asked = _slots(page)
    kept = cache.current().get(read, key)
    if kept is None:
        return None
    told = bytes.fromhex(kept["known"][0])  # of the HTML: another build may have written some of the slots
    content = cache.current().get_text(html, told)
    if content is None:
        return None
    is_same = kept["world"] == _world
    validates = config.validation.links.anchors > logging.DEBUG
    more = {} if is_same and not validates else cache.current().get(asked, key + told)
    if more is None:
        return None
    if is_same:
        _links(config).recall(kept["links"])
    if not _interview(config, files).is_same(kept["measured"] if is_same else more["asked"]):
        return None
    if not is_same:
        kept |= {"world": _world, "links": _links(config).found()}
        cache.current().put(read, key, kept)
    cache.current().facts.know(content, kept["known"])
    cache.current().use([*kept["slots"], asked])
    page.content = content
    page.toc = _Contents(kept["toc"])
    page._title_from_render = kept["title"]
    if validates:
        targets = ((files.get_file_from_path(path), dict(found)) for path, found in more["anchors"])
        page.links_to_anchors = {file: found for file, found in targets if file is not None}
        page.present_anchor_ids = set(more["ids"])
    result: dict[str, Any] = kept
    return result


def _links(config: MkDocsConfig) -> PageLinks:
    found = config.mdx_configs[_FRONT_END]["resolve"]
    assert isinstance(found, PageLinks)
    return found


def _key(page: Page, config: MkDocsConfig) -> bytes:
    file = page.file
    place = [file.src_uri, file.url, file.inclusion.value, config.use_directory_urls]
    line = config.mdx_configs[_FRONT_END].get("first_line")
    return fingerprint([digest(page.markdown or "").hex(), place, line, _settings_key(config).hex()])


def _settings_key(config: MkDocsConfig) -> bytes:
    """Return what stands for the extensions and their settings, which seldom change from page to page."""
    global _known_settings  # noqa: PLW0603
    own = config.mdx_configs[_FRONT_END]
    plain = {name: own[name] for name in own if name not in NO_CHOICES}
    settings = [config.markdown_extensions, dict(config.mdx_configs) | {_FRONT_END: plain}, own["callouts"]]
    if settings != _known_settings[0]:
        key = fingerprint([*settings[:2], own["callouts"].entries])
        _known_settings = [*deepcopy(settings[:2]), own["callouts"]], key
    return _known_settings[1]


def _interview(config: MkDocsConfig, files: Files) -> Interview:
    """Return what rendering asks other stages, and MkDocs, with."""
    own = config.mdx_configs[_FRONT_END]

    def find(path: str) -> list[Any] | None:
        file = files.get_file_from_path(path)
        return None if file is None else [file.url, file.inclusion.value]

    def measure(link: list[Any]) -> list[int] | None:
        size = own["measure"](Link(*link))
        return None if size is None else list(size)

    return Interview({"file": find, "resolve": lambda link: own["resolve"](Link(*link)), "measure": measure})


class _AskedFiles:
    """The site's files, of which MkDocs asks one at a time."""

    def __init__(self, files: Files, interview: Interview) -> None:
        self._files = files
        self._interview = interview

    def get_file_from_path(self, path: str) -> File | None:
        """Return the file, and note that it was asked for."""
        self._interview.ask("file", path)
        return self._files.get_file_from_path(path)


def _render_and_keep(page: Page, key: bytes, config: MkDocsConfig, files: Files) -> list[Document]:
    """Render a page, keep it unless something was said, and return what observers are to be told."""
    interview = _interview(config, files)
    documents: list[Document] = []
    asking = {
        "resolve": lambda link: interview.ask("resolve", list(link)),
        "measure": lambda link: tuple(interview.ask("measure", list(link)) or ()) or None,
        "observers": [documents.append],
    }
    with _settings(config, asking), _listening() as said, cache.current().noting() as slots:
        Page.render(page, config, _AskedFiles(files, interview))  # type: ignore[arg-type]
    if said:
        return documents
    content, contents = page.content or "", _Contents(json.dumps([_token(item) for item in page.toc]))
    told = known(content)
    kept = {
        "known": told,
        "toc": contents.text,
        "title": page._title_from_render,
        "documents": [document.as_values() for document in documents],
        "measured": [one for one in interview.asked if one[0] == "measure"],
        "links": _links(config).found(),
        "slots": slots,
        "world": _world,
    }
    more = {
        "asked": interview.asked,
        "ids": sorted(page.present_anchor_ids or ()),
        "anchors": [[file.src_uri, list(found.items())] for file, found in _anchors(page)],
    }
    page.toc = contents  # as it will be from now on
    cache.current().facts.know(content, told)
    read, html, asked = _slots(page)
    cache.current().put(read, key, kept)
    of_html = bytes.fromhex(told[0])
    cache.current().put_text(html, of_html, content)
    cache.current().put(asked, key + of_html, more)
    return documents


def _anchors(page: Page) -> list[tuple[File, dict[str, str]]]:
    return list((page.links_to_anchors or {}).items())


class _Contents(TableOfContents):
    """The contents of a kept page, whose entries are made when somebody asks for them."""

    def __init__(self, text: str) -> None:
        self.text = text  # JSON

    @cached_property
    def items(self) -> list[AnchorLink]:  # type: ignore[override]
        return get_toc(json.loads(self.text)).items


def _token(item: AnchorLink) -> dict[str, Any]:
    children = [_token(child) for child in item.children]
    return {"name": item.title, "id": item.id, "level": item.level, "children": children}


@contextmanager
def _settings(config: MkDocsConfig, changed: dict[str, Any]) -> Iterator[None]:
    own = config.mdx_configs[_FRONT_END]
    config.mdx_configs[_FRONT_END] = own | changed
    try:
        yield
    finally:
        config.mdx_configs[_FRONT_END] = own


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.said: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record)


@contextmanager
def _listening() -> Iterator[list[logging.LogRecord]]:
    listener = _Listener()
    loggers = (logging.getLogger(), logging.getLogger("mkdocs"))
    for logger in loggers:
        logger.addHandler(listener)
    try:
        yield listener.said
    finally:
        for logger in loggers:
            logger.removeHandler(listener)
