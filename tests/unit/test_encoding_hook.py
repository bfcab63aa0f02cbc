"""The MkDocs adapter: pages are repaired before anything reads them."""

from __future__ import annotations

import logging
from pathlib import Path
from types import ModuleType

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, get_files

from coursekit import messages
from tests.loading import load_file


@pytest.fixture
def hook() -> ModuleType:
    return load_file("hooks/repair_encoding.py")


def load(folder: Path, pages: dict[str, bytes]) -> tuple[Files, MkDocsConfig]:
    docs = folder / "docs"
    for name, data in pages.items():
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_bytes(data)
    config = MkDocsConfig(config_file_path=str(folder / "mkdocs.yml"))
    config.load_dict({"site_name": "x", "docs_dir": str(docs), "site_dir": str(folder / "site")})
    assert config.validate() == ([], [])
    return get_files(config), config


def text_of(files: Files, name: str) -> str:
    file = files.get_file_from_path(name)
    assert file is not None
    assert file.abs_src_path is not None
    assert file.abs_src_path.endswith(name)
    return file.content_string


def test_damaged_pages_are_repaired_and_told(
    tmp_path: Path, hook: ModuleType, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    files, config = load(
        tmp_path,
        {
            "a/tp.md": "# ğŸ” DÃ©jÃ\u00a0 prÃªt\r\n".encode(),
            "sound.md": "# Été 🔎\n\nTrouver 🔎 et 🔎.\r\n".encode(),
            "raw.md": "# Été\n".encode("cp1252"),
        },
    )
    hook.on_files(files, config)
    assert text_of(files, "a/tp.md") == "# 🔎 Déjà prêt\n"  # the emoji this site uses
    assert text_of(files, "raw.md") == "# Été\n"
    assert text_of(files, "sound.md") == "# Été 🔎\n\nTrouver 🔎 et 🔎.\n"
    (record,) = caplog.records
    assert record.levelno == logging.INFO
    assert "docs/a/tp.md : 1 caractère perdu rétabli" in record.message


def test_an_unreadable_page_is_a_warning_and_a_notice(
    tmp_path: Path, hook: ModuleType, caplog: pytest.LogCaptureFixture
) -> None:
    files, config = load(tmp_path, {"image.md": b"\x89PNG\r\n\x1a\n\x00\xff"})
    hook.on_files(files, config)
    assert text_of(files, "image.md") == messages.unreadable_page()
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert "docs/image.md:2: fichier illisible à l'octet 6 " in record.message
