"""Content-Security-Policy: in the head of every page, and in `site/_headers` for hosts that read it.

Netlify, Cloudflare Pages and others send what `_headers` says. Inline scripts run when they stand, the same
on every page, in the templates `partials/javascripts/` of the theme or of overrides/, and nowhere else.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File

from coursekit.pages import policy

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

_is_served = False  # by `mkdocs serve`, which writes a script of its own into each page
_TEMPLATES = "partials/javascripts/"
_HEADERS = "_headers"


def on_startup(command: str, dirty: bool) -> None:
    """Take note of how MkDocs was started."""
    global _is_served  # noqa: PLW0603
    _is_served = command == "serve"


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Give the templates the policy, and have the headers written unless the author has such a file."""
    allowed = policy.content_security_policy(
        script for source in _sources(env, config) for script in policy.inline_scripts(source)
    )
    env.globals["content_security_policy"] = policy.while_writing() if _is_served else allowed
    if files.get_file_from_path(_HEADERS) is None:
        files.append(File.generated(config, _HEADERS, content=policy.headers(allowed)))


def _sources(env: Environment, config: MkDocsConfig) -> list[str]:
    folders = [Path(folder, _TEMPLATES) for folder in config.theme.dirs]
    names = {file.name for folder in folders if folder.is_dir() for file in folder.iterdir()}
    return [env.loader.get_source(env, _TEMPLATES + name)[0] for name in sorted(names)] if env.loader else []
