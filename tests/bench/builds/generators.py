"""What is compared: this project, plain Material and Zensical; how each is set up and started."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from mkdocs.utils.yaml import yaml_load

from tests.conftest import ROOT

OURS, MATERIAL, ZENSICAL = "coursekit", "Material", "Zensical"
ADDRESS = "https://cours.example/"

# What plain Material and Zensical need to show most of what the project's front end does.
_EXTENSIONS: list[str | dict[str, Any]] = [
    "admonition",
    "attr_list",
    "footnotes",
    "tables",
    {"toc": {"permalink": True}},
    {"pymdownx.arithmatex": {"generic": True}},
    "pymdownx.details",
    {"pymdownx.highlight": {"pygments_lang_class": True}},
    "pymdownx.superfences",
    {"pymdownx.tasklist": {"custom_checkbox": True}},
]


@dataclass(frozen=True, slots=True)
class Generator:
    """A program that makes a site of docs/ and mkdocs.yml."""

    name: str
    command: tuple[str, ...]
    leftovers: tuple[str, ...]  # folders of a project that a clean build must not find
    is_ours: bool = False

    def set_up(self, folder: Path) -> None:
        """Write all that a project needs beside its docs/."""
        if not self.is_ours:
            (folder / "mkdocs.yml").write_text(plain_settings(), encoding="utf-8")
            return
        shutil.copy(ROOT / "mkdocs.yml", folder)
        for name in ("hooks", "overrides"):
            (folder / name).symlink_to(ROOT / name)


def generators() -> list[Generator]:
    """Return those that are installed, this project first."""
    mkdocs = (sys.executable, "-m", "mkdocs", "build", "--quiet")
    found = [
        Generator(OURS, mkdocs, ("site", "build"), is_ours=True),
        Generator(MATERIAL, mkdocs, ("site",)),
    ]
    if importlib.util.find_spec("zensical"):
        found.append(Generator(ZENSICAL, (sys.executable, "-m", "zensical", "build"), ("site", ".cache")))
    return found


def plain_settings() -> str:
    """Return the mkdocs.yml of the others: the project's theme, with Material's own features."""
    theme = yaml_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["theme"]
    del theme["custom_dir"]
    theme["features"].append("navigation.prune")
    settings = {
        "site_name": "Cours",
        "site_url": ADDRESS,
        "theme": theme,
        "plugins": [{"search": {"lang": "fr"}}, "tags"],
        "markdown_extensions": _EXTENSIONS,
    }
    return yaml.safe_dump(settings, allow_unicode=True, sort_keys=False)
