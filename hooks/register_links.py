"""Links: internal ones resolved and checked, external ones registered in build/links.json."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mkdocs.exceptions import ConfigurationError
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import InclusionLevel
from mkdocs.utils import get_relative_url

from coursekit import messages
from coursekit.cache import remembered
from coursekit.files import write_atomically
from coursekit.fingerprints import fingerprint
from coursekit.links import settings
from coursekit.links.anchors import anchors
from coursekit.links.register import LinkedPage, PageLinks, Register
from coursekit.links.targets import Absence
from coursekit.problem import UnusableSettingError, source_path

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.pages import Page

_log = get_plugin_logger("liens")
_anchors = remembered(anchors, of_every_page=False)  # few are pointed into
_register: Register
_links: PageLinks
_is_partial = False  # `mkdocs build --dirty` renders changed pages only


def on_startup(command: str, dirty: bool) -> None:
    """Take note of how MkDocs was started."""
    global _is_partial  # noqa: PLW0603
    _is_partial = dirty


@event_priority(-100)  # once every plugin has added its files
def on_files(files: Files, config: MkDocsConfig) -> None:
    """Start the register anew, and have the front end ask about each link and image."""
    global _register, _links  # noqa: PLW0603 - MkDocs keeps hook modules from one build to the next
    published = {
        file.src_uri: file for file in files if file.inclusion.value >= InclusionLevel.NOT_IN_NAV.value
    }
    absent: dict[str, Absence] = {
        file.src_uri: "draft" if file.inclusion is InclusionLevel.DRAFT else "excluded"
        for file in files
        if file.src_uri not in published
    }
    try:
        site = settings.site(config.extra.get("course") or {}, published, absent)
    except UnusableSettingError as error:
        raise ConfigurationError(str(error)) from error
    _register = Register(
        site,
        lambda source, page: get_relative_url(published[source].url, page.url),
        lambda source: BytesIO(published[source].content_bytes),
    )
    urls = [[source, file.url] for source, file in published.items()]
    paths = source_path(config.docs_dir, ".")
    world = fingerprint([urls, absent, site.origin, site.aliases, paths])
    _links = PageLinks(_register, world)
    asked = config.mdx_configs.setdefault("coursekit.markdown", {})
    asked |= {"resolve": _links, "measure": _links.measure, "lazy_images": True}


def on_pre_page(page: Page, config: MkDocsConfig, files: Files) -> None:
    """Take note of the page that the front end is about to read."""
    _links.page = _linked_page(page.file, config)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Tell the author what leads nowhere."""
    _warn()


@event_priority(-100)  # once every plugin has added to the pages, such as the list of tags
def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Check the links to places of a page, now that every page is rendered."""
    for file in files.documentation_pages(inclusion=InclusionLevel.is_in_serve):
        if file.page and file.page.content is not None:  # None: not read by `--dirty`
            _register.add_page(_linked_page(file, config), partial(_anchors, file.page.content))
    _register.check_fragments()
    _warn()
    for path, images in _register.from_elsewhere("image").items():
        _log.info("%s : %s", path, messages.images_from_elsewhere(images))
    for path, embeds in _register.from_elsewhere("embed").items():
        _log.info("%s : %s", path, messages.embeds_from_elsewhere(embeds))


def on_post_build(config: MkDocsConfig) -> None:
    """Write the register beside the site, for the link checker."""
    if _is_partial:
        return
    file = Path(config.config_file_path).parent / "build" / "links.json"
    contact = config.site_url or (config.extra.get("course") or {}).get("origin") or ""
    write_atomically(file, _register.dump(contact, urlsplit(config.site_url or "").path or "/"))


def _linked_page(file: File, config: MkDocsConfig) -> LinkedPage:
    url = file.url.removeprefix("./")  # of the home page
    return LinkedPage(file.src_uri, source_path(config.docs_dir, file.src_uri), url)


def _warn() -> None:
    for path, problem in _register.take_problems():
        _log.warning("%s", problem.at(path))
