"""The look of boxes: a style sheet made from the front end's table, with icons of the theme."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import ConfigurationError
from mkdocs.structure.files import File

from coursekit import messages
from coursekit.markdown.containers.callout_settings import read_callouts
from coursekit.markdown.containers.callout_styles import stylesheet
from coursekit.markdown.containers.callouts import Look
from coursekit.problem import UnusableSettingError

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

_SHEET = "assets/stylesheets/callouts.css"
_looks: dict[str, Look] = {}
_icons: dict[str, str] = {}  # SVG, by class of a box


def on_config(config: MkDocsConfig) -> None:
    """Read the site's own boxes, once for all pages; icons that mkdocs.yml gives to the theme itself stay."""
    settings = config.mdx_configs.setdefault("coursekit.markdown", {})
    try:
        settings["callouts"] = callouts = read_callouts(settings.get("callouts"))
    except UnusableSettingError as error:
        raise ConfigurationError(str(error)) from error
    _looks.clear()
    _looks.update(callouts.looks)
    given = (config.theme["icon"] or {}).get("admonition") or {}
    ours = {name: look.icon for name, look in _looks.items() if look.icon and name not in given}
    _icons.clear()
    for name, icon in (ours | given).items():
        places = (Path(folder, ".icons", f"{icon}.svg") for folder in config.theme.dirs)
        if (file := next(filter(Path.is_file, places), None)) is None:
            raise ConfigurationError(messages.missing_callout_icon(name, icon))
        if name in ours:
            _icons[name] = file.read_text(encoding="utf-8")
    config.extra_css.append(_SHEET)


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Add the style sheet, behind those of the theme."""
    files.append(File.generated(config, _SHEET, content=stylesheet(_looks, _icons)))
