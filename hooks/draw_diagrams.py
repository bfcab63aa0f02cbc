"""Mermaid diagrams: a drawing is kept from one build to the next, by its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coursekit import cache
from coursekit.facts import digest

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from coursekit.markdown.diagrams import Diagram, Fault


def on_config(config: MkDocsConfig) -> None:
    """Have the front end ask here."""
    config.mdx_configs.setdefault("coursekit.markdown", {})["draw"] = _draw


def _draw(source: str) -> Diagram | Fault:
    """Return the drawing of `source`, kept or new; faults are found anew each time."""
    from coursekit.markdown import diagrams  # noqa: PLC0415 - loaded where there is one to draw

    key = digest(source)
    slot = f"drawing/{key.hex()}"
    if kept := cache.current().get(slot, key):
        return diagrams.Diagram(*kept)
    drawn = diagrams.draw(source)
    if isinstance(drawn, diagrams.Diagram):
        cache.current().put(slot, key, [drawn.svg, drawn.scrolls])
    return drawn
