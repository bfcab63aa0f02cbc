"""Real builds of other trees of pages, with the project's own settings."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT


@dataclass(frozen=True, slots=True)
class Built:
    """What one `mkdocs build` left."""

    folder: Path  # the project: mkdocs.yml, docs/, site/, build/
    returncode: int
    log: list[str]  # lines of standard error

    @property
    def warnings(self) -> list[str]:
        """The warnings, without MkDocs' level and the name of the hook that tells."""
        found = [line for line in self.log if line.startswith("WARNING")]
        return [line.split(":", 1)[1].strip() for line in found]

    def page(self, url: str) -> str:
        """Return the HTML of the page at `url`, relative to the site's root."""
        return (self.folder / "site" / url / "index.html").read_text(encoding="utf-8")


Build = Callable[..., Built]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Return `build(pages, *options, origin=..., more=...)`, which writes pages into docs/ and builds them.

    `pages` maps paths to texts or bytes; `origin` replaces the setting of the author's published site,
    `more` is appended to mkdocs.yml.
    """

    def run(
        pages: Mapping[str, str | bytes], *options: str, origin: str | None = None, more: str = ""
    ) -> Built:
        settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8") + more
        if origin is not None:
            settings = settings.replace("origin: https://www.avenel.pro", f"origin: '{origin}'")
        (tmp_path / "mkdocs.yml").write_text(settings, encoding="utf-8")
        for folder in ("hooks", "overrides"):
            if not (tmp_path / folder).exists():
                (tmp_path / folder).symlink_to(ROOT / folder)
        for name, content in pages.items():
            path = tmp_path / "docs" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        command = [sys.executable, "-m", "mkdocs", "build", *options]
        environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
        result = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        return Built(tmp_path, result.returncode, result.stderr.splitlines())

    return run
