"""The same pages make the same site, byte for byte, whatever the folder, the locale and the clock."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests import building
from tests.conftest import ROOT
from tests.unit.test_images import png

COURSE = """\
---
title: Conteneurs
tags: [Docker, été, Œuvre]
license: CC BY-SA 4.0
---

# Conteneurs

Une note[^a], une autre[^b], [la suite](tp.md#étape-1) et [ailleurs](https://docs.docker.com/).

![Schéma](images/schema.png) ![Distante](https://images.example/a.png)

```mermaid
flowchart LR
  A[Image] --> B[Conteneur]
```

$$\\sqrt{x} = \\frac{1}{2}$$

:::exo
Combien ?
:::

:::correction
Deux.
:::

[^a]: Une.
[^b]: Deux.
"""
TASKS = """\
---
tags: [docker, zèbre]
---

# TP

## Étape 1

=== "A"

    a

=== "B"

    b
"""
PAGES: dict[str, str | bytes] = {
    "index.md": "# Accueil\n\nBienvenue.\n",
    "docker/index.md": "---\ntitle: Docker\norder: 1\n---\n\nLe cours.\n",
    "docker/cours.md": COURSE,
    "docker/tp.md": TASKS,
    "docker/images/schema.png": png(8, 4),
    "été/cours.md": COURSE.replace("tp.md#étape-1", "../docker/tp.md"),
    "été/images/schema.png": png(4, 8),
    "Éa.md": "# Page\n",
}
ACCENTS = str.maketrans("éÉ", "eE")
ELSEWHERE = {
    "LC_ALL": "C",
    "TZ": "Pacific/Kiritimati",
    "PYTHONHASHSEED": "7",
    "COLUMNS": "40",
    "HOME": "/nowhere",
}


def made(folder: Path, pages: Mapping[str, str | bytes]) -> dict[str, bytes]:
    """Build a project and its copy for a disk; return all files, of both and of build/.

    Without the cache, which knows when the files of this site were written.
    """
    folder.mkdir()
    built = building.build(folder, pages, "--strict", site_url="https://ecole.example/cours/")
    assert built.returncode == 0, built.log
    command = [sys.executable, str(ROOT / "scripts/make_offline.py"), "--no-fetch"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    files = [file for name in ("site", "build") for file in (folder / name).rglob("*") if file.is_file()]
    found = {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
    return {path: data for path, data in found.items() if not path.startswith("build/cache/pages")}


@pytest.mark.parametrize("only_ascii", [False, True], ids=["locale", "encoding"])
def test_two_builds_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, only_ascii: bool
) -> None:
    """The second build has another locale, or no UTF-8 at all: MkDocs then takes names in ASCII only."""
    pages = {name.translate(ACCENTS) if only_ascii else name: text for name, text in PAGES.items()}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setenv("PYTHONHASHSEED", "1")
    first = made(tmp_path / "a", pages)
    for name, value in (ELSEWHERE | ({"PYTHONUTF8": "0"} if only_ascii else {})).items():
        monkeypatch.setenv(name, value)
    before = os.umask(0o077)
    try:
        second = made(tmp_path / ("b c" if only_ascii else "un autre été"), dict(reversed(pages.items())))
    finally:
        os.umask(before)
    assert sorted(first) == sorted(second)
    assert [path for path in first if first[path] != second[path]] == []
    assert any(path.endswith(".zip") for path in first)
    assert "site/docker/cours/index.html" in first
    told = "\n".join(path for path, data in first.items() if str(tmp_path).encode() in data)
    assert not told, "paths of this machine"
