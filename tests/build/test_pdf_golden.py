"""The course page's PDF, page by page, as it was when somebody last looked at it.

After a change that is meant: `GOLDEN=write python -m pytest tests/build/test_pdf_golden.py`, then look at the
pictures in tests/golden/pdf/ before they are committed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from tests.building import build
from tests.conftest import ROOT

GOLDEN = ROOT / "tests/golden/pdf"
SOURCE = "kubernetes/bonnes-pratiques.md"
_SCALE = 0.6  # pixels a point: letters can still be told apart
# Of 255, on average: a page that is three pixels lower, or a fiftieth darker, is further away.
_NOISE = 0.4


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Image.Image]]:
    folder = tmp_path_factory.mktemp("site")
    built = build(folder, {SOURCE: (ROOT / "docs" / SOURCE).read_bytes()}, with_pdf=True)
    assert built.returncode == 0, built.log
    pdf = pypdfium2.PdfDocument(folder / "site/pdf/kubernetes/bonnes-pratiques.pdf")
    yield [page.render(scale=_SCALE).to_pil().convert("RGB") for page in pdf]
    pdf.close()


def test_the_pages_look_as_they_did(pages: list[Image.Image]) -> None:
    if os.environ.get("GOLDEN") == "write":
        write(pages)
    golden = sorted(GOLDEN.glob("page-*.png"))
    assert len(pages) == len(golden)
    differing = [
        file.name for file, page in zip(golden, pages, strict=True) if difference(file, page) > _NOISE
    ]
    assert not differing


def difference(file: Path, page: Image.Image) -> float:
    """Return how far two pictures are apart, from 0 to 255."""
    with Image.open(file) as golden:
        if golden.size != page.size:
            return 255.0
        return float(max(ImageStat.Stat(ImageChops.difference(golden.convert("RGB"), page)).mean))


def write(pages: list[Image.Image]) -> None:
    for file in GOLDEN.glob("page-*.png"):
        file.unlink()
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(pages, 1):
        page.save(GOLDEN / f"page-{number:02}.png", optimize=True)


def test_a_change_is_seen(pages: list[Image.Image]) -> None:
    golden = sorted(GOLDEN.glob("page-*.png"))[1]
    moved = ImageChops.offset(pages[1], 0, 3)
    recoloured = pages[1].point([round(level * 0.98) for level in range(256)] * 3)
    assert difference(golden, pages[1]) < _NOISE / 4
    assert difference(golden, moved) > _NOISE
    assert difference(golden, recoloured) > _NOISE
