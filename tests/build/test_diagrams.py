"""Diagrams in a real build: drawn once, told when they are broken, found by search."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from tests.build.conftest import Build
from tests.searching import all_text

PAGE = """\
---
title: Réseau
---

```mermaid
flowchart LR
  A[Première<br/>ligne] --> B[Équilibreur]
```

```mermaid
flowchart LR
  A[jamais fermé --> B
```
"""


def test_a_broken_diagram_is_told_with_its_line(build: Build) -> None:
    built = build({"index.md": PAGE})
    [warning] = built.warnings
    assert warning.startswith("docs/index.md:12: diagramme illisible")
    html = built.page(".")
    assert html.count("<figure") == 2
    assert "jamais fermé --&gt; B" in html
    assert 'class="mermaid"' not in html


def test_search_finds_the_words_of_a_diagram_and_nothing_else(build: Build) -> None:
    built = build({"index.md": PAGE})
    text = all_text(built.folder / "site")
    assert "Première ligne Équilibreur" in text
    assert not any(word in text for word in ("#7f8da3", "viewBox", "translate", "svg"))


def test_drawings_outlive_the_builds_of_pages_that_show_them(build: Build) -> None:
    folder = build({"index.md": PAGE}).folder

    def drawings() -> list[str]:
        with closing(sqlite3.connect(folder / "build/cache/pages.sqlite")) as kept:
            return [slot for (slot,) in kept.execute("SELECT slot FROM kept WHERE slot LIKE 'drawing/%'")]

    [drawing] = drawings()
    for text in (PAGE, PAGE + "\nUne phrase de plus.\n"):
        build({"index.md": text})
        assert drawings() == [drawing]
    build({"index.md": "# Sans dessin\n"})
    assert drawings() == []
