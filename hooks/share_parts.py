"""Parts of templates that are the same on many pages are written once: most of a page is such a part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coursekit.pages.once import Once

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Give the templates `once`, anew for each build."""
    env.globals["once"] = Once()
