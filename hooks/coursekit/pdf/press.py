"""Typst's compiler, the one piece of this room that reads and writes files: code in, a PDF out."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

import typst

from coursekit.pdf.typesetting import NotSetError

# What Typst says of a character without a glyph, where a standard forbids it.
# … and, for PDF/A, of a private one, whose meaning only its font knows.
_UNSHOWABLE = re.compile(r'the (?:text|PDF contains the codepoint) `"((?:\\.|\\u\{[0-9a-f]+\}|[^"\\])*)"`')
_CODE = re.compile(r"\\u\{([0-9a-f]{1,6})\}")


@cache
def fonts() -> typst.Fonts:
    """Return the fonts of the packages, and none of the system: the same PDF on every machine."""
    folders = [
        files("fontpkg_inter") / "files",
        files("fontpkg_jetbrains_mono") / "files",
        files(__package__) / "fonts",
    ]
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder) for folder in folders])


def press(
    sources: Mapping[str, bytes], main: str, folder: Path, *, standards: Sequence[str], timestamp: int
) -> bytes:
    """Return the PDF of `main`, one of `sources`; raises NotSetError.

    The files are written below `folder` and removed again: Typst reads nothing outside. `timestamp` counts
    seconds since 1970.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix="sources-") as name:
        root = Path(name)
        for path, data in sources.items():
            file = root / path
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(data)
        compiler = typst.Compiler(
            root / main, root=root, font_paths=fonts(), package_path=root, package_cache_path=root
        )
        try:
            pdf = compiler.compile(format="pdf", pdf_standards=list(standards), timestamp=timestamp)  # type: ignore[arg-type]
        except typst.TypstError as error:
            raise NotSetError(error.message, _unshowable(error.diagnostic)) from error
        except BaseException as error:
            if type(error).__name__ != "PanicException":  # PyO3's, which no module exports: Typst gave up
                raise
            raise NotSetError(str(error)) from error
    assert isinstance(pdf, bytes)
    return pdf


def _unshowable(diagnostic: str) -> list[str]:
    shown = _UNSHOWABLE.findall(diagnostic)
    found = (_CODE.sub(lambda match: chr(int(match[1], 16)), text) for text in shown)
    return [text for text in found if text.strip()]  # it names what is empty or a blank in odd places
