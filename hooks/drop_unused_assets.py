"""What the theme brings and no page asks for is not published: source maps, and what its own search wants."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

_THEME = "assets/"
_SCRIPTS = "assets/javascripts/"
_FOR_ITS_SEARCH = (f"{_SCRIPTS}lunr/", f"{_SCRIPTS}workers/")
_SEARCH = ("search", "material/search")


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Leave the theme's files out; an author's, in docs/, stay."""
    unused: tuple[str, ...] = () if any(name in config.plugins for name in _SEARCH) else _FOR_ITS_SEARCH
    for file in list(files):
        is_theirs = file.src_dir is not None and file.src_dir != config.docs_dir
        is_map = file.src_uri.startswith(_THEME) and file.src_uri.endswith((".js.map", ".css.map"))
        if is_theirs and (is_map or file.src_uri.startswith(unused)):
            files.remove(file)
