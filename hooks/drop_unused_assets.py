"""What the theme brings and no page asks for is not published: source maps, and what its own search wants.

Nor is it looked at: Material has over ten thousand icons in a hidden folder, of which MkDocs publishes none,
but takes a tenth of a second to go through their names at each build.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.theme import Theme

_THEME = "assets/"
_SCRIPTS = "assets/javascripts/"
_FOR_ITS_SEARCH = (f"{_SCRIPTS}lunr/", f"{_SCRIPTS}workers/")
_SEARCH = ("search", "material/search")


def on_config(config: MkDocsConfig) -> None:
    """Have the theme's files listed without those that `Files.add_files_from_theme` leaves out."""
    vars(config.theme)["get_env"] = partial(_environment, config.theme)


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Leave the theme's files out; an author's, in docs/, stay."""
    unused: tuple[str, ...] = () if any(name in config.plugins for name in _SEARCH) else _FOR_ITS_SEARCH
    for file in list(files):
        is_theirs = file.src_dir is not None and file.src_dir != config.docs_dir
        is_map = file.src_uri.startswith(_THEME) and file.src_uri.endswith((".js.map", ".css.map"))
        if is_theirs and (is_map or file.src_uri.startswith(unused)):
            files.remove(file)


def _environment(theme: Theme) -> Environment:
    environment = type(theme).get_env(theme)
    loader = environment.loader
    if type(loader) is FileSystemLoader:
        environment.loader = _VisibleFiles(loader.searchpath, loader.encoding, loader.followlinks)
    return environment


class _VisibleFiles(FileSystemLoader):
    """Lists no file of a folder whose name begins with a dot; loads it all the same by its name."""

    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for place in self.searchpath:
            for folder, folders, names in os.walk(place, followlinks=self.followlinks):
                folders[:] = [name for name in folders if not name.startswith(".")]
                parents = Path(folder).relative_to(place).parts
                found.update("/".join((*parents, name)) for name in names)
        return sorted(found)
