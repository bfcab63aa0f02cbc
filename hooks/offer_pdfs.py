"""PDFs on the site: those of build/pdf that are up to date; with COURSE_PDF=1, the others are made.

`make site` sets it. Other builds, and `mkdocs serve` at each change, offer what there is and no dead link.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import ConfigurationError
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File
from mkdocs.utils import get_relative_url

from coursekit.pdf import book, settings
from coursekit.problem import UnusableSettingError

if TYPE_CHECKING:
    from collections.abc import Collection

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from coursekit.pdf.shelf import Made

_FOLDER = "pdf"  # of build/, and of the site

_log = get_plugin_logger("pdf")
_offered: dict[tuple[str, str], str] = {}  # what a PDF is of -> its URL


def on_config(config: MkDocsConfig) -> None:
    """Refuse settings that cannot be followed."""
    try:
        settings.read(config.extra.get("course") or {})
    except UnusableSettingError as error:
        raise ConfigurationError(str(error)) from error


@event_priority(-200)  # once build/book.json is written
def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Make PDFs if asked, and have those that are up to date copied into the site."""
    _offered.clear()
    root = Path(config.config_file_path).parent
    folder = root / "build" / _FOLDER
    is_asked = os.environ.get("COURSE_PDF") == "1"
    if not (is_asked or folder.is_dir()):
        return  # none is made yet, and none will be
    try:
        known = book.load((root / "build" / "book.json").read_bytes())
    except (OSError, book.UnusableBookError):
        return
    if not known.settings.offer:
        return
    from coursekit.pdf import shelf  # noqa: PLC0415 - a quarter of a second that sites without PDFs save

    kept = shelf.Shelf(known, folder, root, known.settings, shelf.epoch(os.environ))
    wanted = shelf.documents(known, known.settings.offer, known.settings)
    made = {one.name: one for one in (kept.make(wanted) if is_asked else kept.up_to_date(wanted))}
    if is_asked:
        _tell(made.values())
    for document in wanted:
        if document.name in made and made[document.name].pages:
            file = File.generated(
                config, f"{_FOLDER}/{document.name}", abs_src_path=str(folder / document.name)
            )
            files.append(file)
            _offered[document.key] = file.url


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: object) -> dict[str, Any]:
    """Give the template the page's PDF; a course's first page has the course's, the home page the site's."""
    url = page.file.url.removeprefix("./")
    keys = [("site", "")] if page.is_homepage else []
    if page.is_index:
        keys.append(("course", page.file.src_uri.rpartition("/")[0]))
    if found := [_offered[key] for key in [*keys, ("page", url)] if key in _offered]:
        context["pdf"] = get_relative_url(found[0], page.url)
    return context


def _tell(made: Collection[Made]) -> None:
    from coursekit.pdf.shelf import told  # noqa: PLC0415 - as above

    for is_made, log in ((False, _log.warning), (True, _log.info)):
        for source, problem in told(one for one in made if bool(one.pages) is is_made):
            log("%s", problem.at(source))
