"""Give any tree of pages what a site cannot do without: its pages, a home page, a page of its tags."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from mkdocs import utils
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from coursekit.front_matters import split

HOME = """\
---
title: Accueil
template: accueil.html
hide: [toc]
---
"""

TAGS = """\
---
title: Étiquettes
---

Les pages du site, rassemblées par sujet.

<!-- material/tags -->
"""

_LISTING = re.compile(r"<!--\s*material/tags\b", re.IGNORECASE)  # as Material's own plugin looks for it


def missing_pages(
    taken: Collection[str], pages: Collection[str], destination: Callable[[str], str]
) -> dict[str, str]:
    """Return the pages to add, path in docs/ to text: none takes the place of a file of the author's.

    `taken` holds the paths in site/ of the author's files, `pages` the text of the author's pages, and
    `destination` maps a path in docs/ to its path in site/.
    """
    missing = {}
    if destination("index.md") not in taken:
        missing["index.md"] = HOME
    if any(map(_is_tagged, pages)) and not any(map(_LISTING.search, pages)):
        names = ("etiquettes.md", "index-des-etiquettes.md")
        if free := [name for name in names if destination(name) not in taken]:
            missing[free[0]] = TAGS
    return missing


def _is_tagged(page: str) -> bool:
    return "tags" in page and "tags" in split(page).meta  # the first saves reading most front matters


def on_config(config: MkDocsConfig) -> None:
    """Take `TP.MD` for a page too: MkDocs would copy it into the site as it is, without a word."""
    capitals = tuple(extension.upper() for extension in utils.markdown_extensions)
    vars(utils)["markdown_extensions"] = tuple(dict.fromkeys(utils.markdown_extensions + capitals))


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the pages that are missing."""

    def destination(source: str) -> str:
        return File.generated(config, source, content="").dest_uri

    taken = {file.dest_uri for file in files}
    pages = [file.content_string for file in files.documentation_pages()]
    for source, text in missing_pages(taken, pages, destination).items():
        files.append(File.generated(config, source, content=text))
    return files
