"""Clean Markdown -> HTML: front matter, then the CommonMark front end, whose problems are logged."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from markdown import Markdown
from mkdocs.exceptions import ConfigurationError
from mkdocs.plugins import event_priority, get_plugin_logger

from coursekit import messages
from coursekit.front_matters import split
from coursekit.markdown import Document
from coursekit.markdown.ecosystem.idle import idle_extensions
from coursekit.markdown.front_matter import Page as Source
from coursekit.problem import UnusableSettingError, source_path

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_EXTENSION = "coursekit.markdown"
_log = get_plugin_logger("markdown")
_source = Source()  # the page being read
_path = ""  # its path, as its author sees it


@event_priority(-100)  # once every plugin has added its extensions
def on_config(config: MkDocsConfig) -> None:
    """Ask the front end to tell what it finds, and say which other extensions it leaves nothing to do."""
    settings = config.mdx_configs.setdefault(_EXTENSION, {})
    settings.setdefault("observers", []).append(_report)
    try:
        Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)
    except UnusableSettingError as error:
        raise ConfigurationError(str(error)) from error
    for name in idle_extensions(config.markdown_extensions, config.mdx_configs):
        _log.warning("mkdocs.yml: %s", messages.idle_extension(name))


def on_page_read_source(page: Page, config: MkDocsConfig) -> str:
    """Take the front matter off, since MkDocs would show one that is no YAML."""
    global _source, _path  # noqa: PLW0603 - pages are read one at a time
    _source = split(page.file.content_string).with_usable_meta(partial(_theme_has, config))
    _path = source_path(config.docs_dir, page.file.src_uri)
    for problem in _source.problems:
        _log.warning("%s", problem.at(_path))
    # MkDocs looks for metadata on the first line: a blank one keeps it from eating `Note: …`.
    return "\n" + _source.body


@event_priority(100)  # before the plugins that read a page's metadata
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give the page its metadata and its text, with every line where its author put it."""
    page.meta = dict(_source.meta)  # plugins change it
    config.mdx_configs[_EXTENSION]["first_line"] = _source.first_line
    # What another plugin read in our stead stays, at the price of its lines.
    return _source.body if markdown == _source.body.lstrip("\n") else markdown


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Title a page that has none after its first heading, whatever the level."""
    # A title that `nav` in mkdocs.yml gives stands on the page itself, in front of MkDocs' own property.
    if "title" not in page.meta and "title" not in vars(page) and page.toc.items:
        page.title = page.toc.items[0].title


def _theme_has(config: MkDocsConfig, template: str) -> bool:
    return any(Path(folder, template).is_file() for folder in config.theme.dirs)


def _report(document: Document) -> None:
    for problem in document.problems:
        _log.warning("%s", problem.at(_path))
