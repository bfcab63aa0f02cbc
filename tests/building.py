"""A real build of other pages than the project's, with its own settings."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

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


def build(
    folder: Path,
    pages: Mapping[str, str | bytes],
    *options: str,
    edits: Mapping[str, str] | None = None,
    more: str = "",
    site_url: str = "",
    with_pdf: bool = False,
) -> Built:
    """Write pages into docs/ of the project `folder` and build it; a folder can be built again.

    `pages` maps paths to texts or bytes; `edits` maps passages of mkdocs.yml to what stands there instead,
    `more` is appended to it; `with_pdf` has the PDFs made.
    """
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8") + more
    for before, after in (edits or {}).items():
        assert before in settings, before
        settings = settings.replace(before, after)
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    for name in ("hooks", "overrides"):
        if not (folder / name).exists():
            (folder / name).symlink_to(ROOT / name)
    for name, content in pages.items():
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    command = [sys.executable, "-m", "mkdocs", "build", *options]
    environment = os.environ | {
        "NO_MKDOCS_2_WARNING": "1",
        "SITE_URL": site_url,
        "COURSE_PDF": str(int(with_pdf)),
    }
    result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return Built(folder, result.returncode, result.stderr.splitlines())


def build_strictly(folder: Path, pages: Mapping[str, str | bytes]) -> Path:
    """Build pages that no warning is expected of; return the folder of the site."""
    built = build(folder, pages, "--strict")
    assert built.returncode == 0, built.log
    return folder / "site"
