"""Mermaid diagrams: drawings kept from one build to the next in build/cache/diagrams, by their content."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.plugins import event_priority

from coursekit.markdown import diagrams
from coursekit.markdown.diagrams import pele

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.nav import Navigation

_is_partial = False  # `mkdocs build --dirty` renders changed pages only
_cache: Cache


def on_startup(command: str, dirty: bool) -> None:
    """Take note of how MkDocs was started."""
    global _is_partial  # noqa: PLW0603
    _is_partial = dirty


def on_config(config: MkDocsConfig) -> None:
    """Have the front end ask the cache: MkDocs keeps hook modules from one build to the next."""
    global _cache  # noqa: PLW0603
    _cache = Cache(Path(config.config_file_path).parent / "build" / "cache" / "diagrams")
    config.mdx_configs.setdefault("coursekit.markdown", {})["draw"] = _cache.draw


@event_priority(-900)  # before pages are rendered, in forks of this process
def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Load what draws, once for all processes, where each would load it: no drawing is kept."""
    if _cache.is_empty and any(map(_may_draw, files.documentation_pages())):
        pele.prepare()


def on_post_build(config: MkDocsConfig) -> None:
    """Forget the drawings that no page shows any more."""
    if not _is_partial:
        _cache.prune()


def _may_draw(file: File) -> bool:
    with suppress(OSError, ValueError):  # MkDocs will say so
        return "mermaid" in file.content_string
    return False


class Cache:
    """Drawings by the digest of their source and of all that draws them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._used: set[Path] = set()
        self._salt = hashlib.sha256()
        for file in sorted(Path(diagrams.__file__).parent.glob("*.*")):
            self._salt.update(file.read_bytes())

    @property
    def is_empty(self) -> bool:
        """Tell whether no drawing is kept."""
        return not any(self._folder.glob("*.json"))

    def draw(self, source: str) -> diagrams.Diagram | diagrams.Fault:
        """Return the drawing of `source`, kept or new; faults are found anew each time."""
        digest = self._salt.copy()
        digest.update(source.encode("utf-8", "surrogatepass"))
        file = self._folder / f"{digest.hexdigest()}.json"
        self._used.add(file)
        if kept := _read(file):
            return kept
        drawn = diagrams.draw(source)
        if isinstance(drawn, diagrams.Diagram):
            _write(file, drawn)
        return drawn

    def prune(self) -> None:
        """Remove what this build did not use."""
        for file in set(self._folder.glob("*.*")) - self._used:
            file.unlink(missing_ok=True)


def _read(file: Path) -> diagrams.Diagram | None:
    """Return a kept drawing, unless it is missing or damaged."""
    try:
        digest, content = file.read_text(encoding="utf-8").split("\n", 1)
    except (OSError, ValueError):
        return None
    sound = digest == hashlib.sha256(content.encode()).hexdigest()
    return diagrams.Diagram(**json.loads(content)) if sound else None


def _write(file: Path, drawing: diagrams.Diagram) -> None:
    """Keep a drawing; one of which a part is written is damaged, and drawn again."""
    content = json.dumps(asdict(drawing), ensure_ascii=False)
    text = f"{hashlib.sha256(content.encode()).hexdigest()}\n{content}"
    try:
        file.write_text(text, encoding="utf-8")
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
