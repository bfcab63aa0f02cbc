"""« Modifier cette page » without a setting: the repository of which CI publishes the site."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from coursekit.pages.repository import repository

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


def on_config(config: MkDocsConfig) -> None:
    """Give MkDocs the repository, unless mkdocs.yml names one; a site that is only tried out has none."""
    if config.repo_url or not config.site_url:
        return
    if found := repository(os.environ, Path(config.docs_dir)):
        config.repo_url, config.repo_name, config.edit_uri = found.url, found.name, found.edit_uri
