"""Marks for browsers and screen readers, set as a page is written: neither PDF nor search show them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from coursekit.pages.annotations import annotate

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Have `partials/content.html` annotate a page's text."""
    own_host = urlsplit(config.site_url or "").hostname
    env.filters["annotated"] = partial(annotate, own_hosts=frozenset({own_host} if own_host else ()))
