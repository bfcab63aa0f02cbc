"""Every heading, directive, link and image knows its line in the author's file."""

from __future__ import annotations

import pytest
from markdown import Markdown

from coursekit.markdown import Document
from coursekit.markdown.front_matter import split

PAGE = """\
---
title: Essai
tags: [a]
---

# Un *titre* avec `code` {#un}

Un paragraphe
qui devient titre
---

- élément

  ## Dans une liste

  > ### Dans une citation [lien](/a)
  >
  > ![image
  > longue](/b)

1. ::::exo[Énoncé [lien](/c)]
   #### Dans un encadré

   :::tip
   [un](/d)
   ![deux](/e)
   :::
   ::::

:::::note
::::warn

##### Profond
:::correction
x
:::
::::
:::::

| a |
|---|
| ![b](/f) |

```md
# Pas un titre
:::tip
```

> [!TIP]
> [alerte](/g)

note[^1] <div>
<h2>HTML brut</h2>

<img
  src="/h">

[^1]: ###### Dans une note

    [lien](/i)

## un

fin
:::inconnue
[dernier](/j)
:::
"""

# What is found, and what stands on its line of the page.
HEADINGS = [
    (1, "Un titre avec code", "un", "# Un *titre*"),
    (2, "Un paragraphe qui devient titre", "un-paragraphe-qui-devient-titre", "Un paragraphe"),
    (2, "Dans une liste", "dans-une-liste", "## Dans une liste"),
    (3, "Dans une citation lien", "dans-une-citation-lien", "### Dans une citation"),
    (4, "Dans un encadré", "dans-un-encadré", "#### Dans un encadré"),
    (5, "Profond", "profond", "##### Profond"),
    (2, "un", "un-1", "## un"),
    (6, "Dans une note", "dans-une-note", "###### Dans une note"),  # notes stand at the foot of the page
]
DIRECTIVES = [
    ("exo", "::::exo"),
    ("tip", "   :::tip"),
    ("note", ":::::note"),
    ("warn", "::::warn"),
    ("correction", ":::correction"),
    ("tip", "> [!TIP]"),
    ("inconnue", ":::inconnue"),
]
LINKS = [
    ("/a", "link", "(/a)"),
    ("/b", "image", "  > ![image"),  # where it starts
    ("/c", "link", "(/c)"),
    ("/d", "link", "(/d)"),
    ("/e", "image", "(/e)"),
    ("/f", "image", "(/f)"),
    ("/g", "link", "(/g)"),
    ("/h", "image", "<img"),
    ("/j", "link", "(/j)"),
    ("/i", "link", "(/i)"),
]


def line_of(fragment: str) -> int:
    """Return the 1-based line of the page that has, or starts with, `fragment`."""
    lines = PAGE.split("\n")
    starts = [number for number, line in enumerate(lines, 1) if line.startswith(fragment)]
    return starts[0] if starts else next(number for number, line in enumerate(lines, 1) if fragment in line)


def read(text: str) -> Document:
    page = split(text)
    documents: list[Document] = []
    settings = {"observers": [documents.append], "first_line": page.first_line}
    Markdown(extensions=["coursekit.markdown"], extension_configs={"coursekit.markdown": settings}).convert(
        page.body
    )
    return documents[0]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_lines_of_a_long_mixed_page(line_end: str) -> None:
    document = read(PAGE.replace("\n", line_end))
    assert [(found.level, found.text, found.identifier, found.line) for found in document.headings] == [
        (level, text, identifier, line_of(fragment)) for level, text, identifier, fragment in HEADINGS
    ]
    assert [(found.name, found.line) for found in document.directives] == [
        (name, line_of(fragment)) for name, fragment in DIRECTIVES
    ]
    assert [(found.url, found.kind, found.line) for found in document.links] == [
        (url, kind, line_of(fragment)) for url, kind, fragment in LINKS
    ]
    assert [problem.line for problem in document.problems] == [line_of(":::inconnue")]
