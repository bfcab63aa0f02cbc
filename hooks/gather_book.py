"""What a PDF of the site is made from: every page as its readers see it, in build/book.json."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from html import unescape
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.plugins import event_priority
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from coursekit.cache import current
from coursekit.files import has_utf8_name, state, write_atomically
from coursekit.fingerprints import fingerprint
from coursekit.pdf import book, settings
from coursekit.pdf.callouts import looks
from coursekit.problem import source_path
from coursekit.revisions import Revision, of_this_build

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure import StructureItem
    from mkdocs.structure.files import Files

    from coursekit.markdown import Document

_is_partial = False  # `mkdocs build --dirty` renders changed pages only
_nav: Navigation
_path = ""  # of the page being read
_lines: dict[str, dict[str, int]] = {}  # heading's identifier -> its line, by path


def on_startup(command: str, dirty: bool) -> None:
    """Take note of how MkDocs was started."""
    global _is_partial  # noqa: PLW0603
    _is_partial = dirty


def on_config(config: MkDocsConfig) -> None:
    """Ask the front end where headings are."""
    _lines.clear()
    config.mdx_configs.setdefault("coursekit.markdown", {}).setdefault("observers", []).append(_note)


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Take note of the navigation, which is the order of the book."""
    global _nav  # noqa: PLW0603
    _nav = nav


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Take note of the page that the front end is about to read."""
    global _path  # noqa: PLW0603 - pages are read one at a time
    _path = page.file.src_uri


@event_priority(-100)  # once every page is as its readers see it, and in its place
def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Write build/book.json."""
    if _is_partial:
        return
    root = Path(config.config_file_path).parent
    changes = of_this_build(Path(config.docs_dir))
    courses = tuple(
        book.Course(title, folder, tuple(_page(page, config, changes) for page in pages))
        for title, folder, pages in _courses(_nav.items)
    )
    callouts = config.mdx_configs["coursekit.markdown"]["callouts"].looks
    icons = config.theme["icon"].get("admonition") or {}
    gathered = book.Book(
        title=config.site_name,
        url=config.site_url or "",
        courses=courses,
        language=config.theme.get("language") or "fr",
        author=config.site_author or "",
        looks=looks(callouts, icons, partial(_icon, config)),
        settings=settings.read(config.extra.get("course") or {}),
        images=_images(files, config, root),
    )
    _write(root / "build" / "book.json", gathered)


def _write(path: Path, gathered: book.Book) -> None:
    """Write the book, unless it stands there already; of what does, much is taken over."""
    order = [[one.title, one.folder, [page.source for page in one.pages]] for one in gathered.courses]
    keys = {page.source: _key(page) for page in gathered.pages}
    key = fingerprint([replace(gathered, courses=()), order, keys]).hex()
    before, known, places = current().get("book", b"") or ("", (), {})
    is_ours = state(path) == tuple(known)
    if not (is_ours and before == key):
        data, places = book.dump_anew(gathered, keys, path.read_bytes() if is_ours else b"", places)
        write_atomically(path, data, lasting=False)  # each build makes it
        current().put("book", b"", [key, state(path), places])


def _key(page: book.Page) -> str:
    return fingerprint(page._replace(html=current().facts.digest(page.html).hex())).hex()


def _note(document: Document) -> None:
    _lines[_path] = {heading.identifier: heading.line for heading in document.headings}


def _courses(items: list[StructureItem]) -> Iterator[tuple[str, str, list[Page]]]:
    """Yield title, folder and pages: a section at the top is a course, other pages belong to none."""
    for is_course, group in groupby(items, lambda item: isinstance(item, Section)):
        for members in [[item] for item in group] if is_course else [list(group)]:
            pages = [page for page in _pages(members) if _is_printed(page)]
            if pages:
                title = unescape(members[0].title or "") if is_course else ""
                folder = pages[0].file.src_uri.rpartition("/")[0] if is_course else ""
                yield title, folder, pages


def _pages(items: list[StructureItem]) -> Iterator[Page]:
    for item in items:
        if isinstance(item, Page):
            yield item
        elif isinstance(item, Section):
            yield from _pages(item.children)


def _is_printed(page: Page) -> bool:
    """Tell whether a page is its author's, without a template of its own, and not kept out of the book."""
    is_own = page.file.generated_by is None and "template" not in page.meta
    return is_own and page.meta.get("pdf") is not False


def _page(page: Page, config: MkDocsConfig, changes: Mapping[str, Revision]) -> book.Page:
    meta = page.meta
    author = meta.get("authors") or meta.get("author") or []
    change = changes.get(page.file.abs_src_path or "", Revision("", ""))
    return book.Page(
        source=source_path(config.docs_dir, page.file.src_uri),
        url=page.file.url.removeprefix("./"),
        title=unescape(str(page.title or "")),
        html=page.content or "",
        lines=_lines.get(page.file.src_uri, {}),
        tags=tuple(str(tag) for tag in meta.get("tags") or ()),
        authors=tuple(str(one) for one in (author if isinstance(author, list) else [author])),
        licence=str(meta.get("license") or meta.get("licence") or ""),
        date=change.date,
        revision=change.name,
    )


def _icon(config: MkDocsConfig, name: str) -> str:
    files = (Path(folder, ".icons", f"{name}.svg") for folder in config.theme.dirs)
    return next((file.read_text(encoding="utf-8") for file in files if file.is_file()), "")


def _images(files: Files, config: MkDocsConfig, root: Path) -> dict[str, str]:
    """Return the site's images: those of its author, none that a link leads to outside of the project."""
    base, docs = root.resolve(), Path(config.docs_dir).resolve()
    found: dict[str, str] = {}
    for file in files.media_files():
        path = Path(file.abs_src_path or "").resolve()
        if not has_utf8_name(path):  # the book is JSON
            continue
        if path.suffix.lower() in book.IMAGES and (path.is_relative_to(base) or path.is_relative_to(docs)):
            found[file.url] = str(path.relative_to(base) if path.is_relative_to(base) else path)
    return found
