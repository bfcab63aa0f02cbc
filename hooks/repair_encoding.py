"""MkDocs stage 1: give every page back the characters it lost before anything reads it.

All pages are read, the damaged ones a second time with what the others tell. The repaired text becomes the
content of the file, so every later stage and plugin sees it. A page that cannot be read is
shown as a notice that says so: neither its bytes nor a guess at them reach the site.
"""

from __future__ import annotations

import os
from urllib.parse import quote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel

from coursekit import messages
from coursekit.cache import remembered
from coursekit.encoding import Repair, is_damaged, read_all
from coursekit.files import has_utf8_name
from coursekit.problem import source_path

log = get_plugin_logger("encodage")
_is_damaged = remembered(is_damaged, of_every_page=False)


@event_priority(100)  # before plugins that read the pages
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Repair the text of all pages."""
    _give_addresses(files, config)
    pages = {file.src_uri: file for file in files.documentation_pages(inclusion=InclusionLevel.is_in_serve)}
    data = {uri: content for uri, file in pages.items() if (content := _bytes(file, config)) is not None}
    for uri, repaired in read_all(data, suspect=_is_damaged).items():
        _tell(repaired, source_path(config.docs_dir, uri))
        _set_text(pages[uri], repaired)
    return files


def _give_addresses(files: Files, config: MkDocsConfig) -> None:
    """Have files with names of an old system copied as MkDocs does, which makes no address of such names."""
    for file in list(files):
        if has_utf8_name(file.src_uri):
            continue
        name = os.fsencode(file.src_uri)
        if file.is_documentation_page():
            files.remove(file)
            path = source_path(config.docs_dir, name.decode(errors="replace"))
            log.warning("%s: %s", path, messages.unusable_name())
        else:
            vars(file)["url"] = quote(name)


def _bytes(file: File, config: MkDocsConfig) -> bytes | None:
    """Return what the file holds; a page that the system refuses to read is told and shown as a notice."""
    try:
        return file.content_bytes
    except OSError as error:
        path = source_path(config.docs_dir, file.src_uri)
        log.warning("%s: %s", path, messages.cannot_access(error))
        file.content_string = messages.unreadable_page()
        return None


def _tell(repair: Repair, path: str) -> None:
    for problem in repair.problems:
        log.warning(problem.at(path))
    if repair.changes:
        doubtful = [
            messages.doubtful_character(change.line, change.after, change.candidates[1:])
            for change in repair.lost
            if not change.certain
        ]
        log.info(f"{path} : {messages.repaired_page(len(repair.lost), doubtful)}")


def _set_text(file: File, repair: Repair) -> None:
    """Make the text the content of a file that keeps its place on disk; nobody reads that again."""
    text = messages.unreadable_page() if repair.unreadable else repair.text
    path = file.abs_src_path
    # Line ends as MkDocs reads them from disk, for plugins that read the file's content.
    file.content_string = text.replace("\r\n", "\n").replace("\r", "\n")
    file.abs_src_path = path  # the setter clears it; edit links and other plugins want it
