"""A site that switches on what MkDocs' authors usually do: all of it works, and what cannot says so."""

from __future__ import annotations

import html5lib

from tests.build.conftest import Build
from tests.searching import searched

USUAL = """
markdown_extensions:
  - coursekit.markdown
  - abbr
  - admonition
  - def_list
  - footnotes
  - md_in_html
  - tables
  - toc:
      permalink: true
      toc_depth: 2-3
  - pymdownx.betterem
  - pymdownx.caret
  - pymdownx.critic
  - pymdownx.details
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
      emoji_generator: !!python/name:material.extensions.emoji.to_svg
  - pymdownx.highlight
  - pymdownx.keys
  - pymdownx.mark
  - pymdownx.smartsymbols
  - pymdownx.snippets:
      base_path: [docs]
  - pymdownx.superfences
  - pymdownx.tasklist
  - pymdownx.tilde
"""

PAGE = """\
---
title: Usages
---

# Usages

## Écrire :material-school: du HTML \\:smile:

Tapez ++ctrl+c++ pour ==copier *tout*==, H~2~O, x^2^ {++ajout++} (c).

Pod
: un objet

--8<-- "extrait.txt"

[absente](absente.md)

--8<-- "perdu.txt"

### Ce qui reste

root:x:0:0 a:b:c std::vector i++ + j++ {{ .Values.image }} { clé } ${name} C++

```yaml
--8<-- "extrait.txt"
image: "{{ .Values.image }}" # :smile: ++a++ {--b--}
```

#### Trop profond

*[HTML]: HyperText
"""


def test_usual_extensions_work_and_nothing_else_is_eaten(build: Build) -> None:
    pages = {"index.md": "# Accueil\n", "usages.md": PAGE, "extrait.txt": "**inclus** du HTML\n"}
    built = build(pages, more=USUAL)
    assert built.returncode == 0
    assert built.warnings == [
        'docs/usages.md:18: extrait introuvable « --8<-- "perdu.txt" » ; '
        "vérifiez son chemin, pris à partir du dossier du projet",
        "docs/usages.md:16: lien introuvable « absente.md »",
    ]
    html = built.page("usages")
    root = html5lib.parse(html, namespaceHTMLElements=False)
    article = next(node for node in root.iter("article") if "md-content__inner" in node.get("class", ""))
    for path in (
        ".//h2[@id='écrire-material-school-du-html-smile']/span[@class='twemoji']",
        ".//kbd[@class='key-control']",
        ".//mark/em",
        ".//p/sub",
        ".//p/sup",
        ".//ins[@class='critic']",
        ".//dl/dd",
        ".//p/strong",
        ".//abbr[@title='HyperText']",
    ):
        assert article.find(path) is not None, path
    text = " ".join("".join(article.itertext()).split())
    for kept in (
        "Écrire du HTML :smile:",
        "root:x:0:0 a:b:c std::vector i++ + j++ {{ .Values.image }} { clé } ${name} C++",
        '--8<-- "extrait.txt" image: "{{ .Values.image }}" # :smile: ++a++ {--b--}',
    ):
        assert kept in text


def test_contents_and_search_know_the_sections(build: Build) -> None:
    pages = {"index.md": "# Accueil\n", "usages.md": PAGE, "extrait.txt": "", "perdu.txt": ""}
    built = build(pages, more=USUAL)
    root = html5lib.parse(built.page("usages"), namespaceHTMLElements=False)
    contents = next(node for node in root.iter("nav") if "md-nav--secondary" in node.get("class", ""))
    entries = [" ".join("".join(node.itertext()).split()) for node in contents.iter("a")]
    assert entries == ["Écrire du HTML :smile:", "Ce qui reste"]
    places = [section.identifier for section in searched(built.folder / "site")["usages/"]]
    assert places == ["", "écrire-material-school-du-html-smile", "ce-qui-reste", "trop-profond"]


def test_extensions_without_effect_are_warnings(build: Build) -> None:
    more = "markdown_extensions: [coursekit.markdown, codehilite, pymdownx.fancylists, pymdownx.keys]\n"
    built = build({"index.md": "# Accueil\n"}, more=more)
    assert built.returncode == 0
    assert [warning.split(" ; ")[0] for warning in built.warnings] == [
        f"mkdocs.yml: l'extension « {name} » est sans effet, les pages sont lues en CommonMark"
        for name in ("codehilite", "pymdownx.fancylists")
    ]
    assert build({"index.md": "# Accueil\n"}, "--strict", more=more).returncode != 0


def test_a_setting_that_empties_fences_stops_the_build(build: Build) -> None:
    more = "markdown_extensions: [coursekit.markdown, {pymdownx.superfences: {preserve_tabs: true}}]\n"
    built = build({"index.md": "# Accueil\n"}, more=more)
    assert built.returncode != 0
    assert built.log[-1].startswith("Error: « preserve_tabs » (pymdownx.superfences)")
    assert not any("Traceback" in line for line in built.log)
