"""Real builds of other trees of pages, with the project's own settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests import building
from tests.building import Built

Build = Callable[..., Built]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Return `build(pages, *options, origin=..., more=...)`, which writes pages into docs/ and builds them.

    `origin` replaces the setting of the author's published site; the rest is `building.build`'s.
    """

    def run(
        pages: Mapping[str, str | bytes], *options: str, origin: str | None = None, more: str = ""
    ) -> Built:
        edits = {} if origin is None else {"origin: https://www.avenel.pro": f"origin: '{origin}'"}
        return building.build(tmp_path, pages, *options, edits=edits, more=more)

    return run
