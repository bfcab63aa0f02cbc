"""The front end under Zensical, which renders with Python-Markdown's extensions and has no hooks."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import html5lib
import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(find_spec("zensical") is None, reason="zensical is not installed")

SETTINGS = """\
site_name: Cours
markdown_extensions:
  - coursekit.markdown
  - toc:
      permalink: true
  - pymdownx.highlight
  - pymdownx.superfences
"""

PAGE = """\
---
title: Accueil
---

# Été

:::tip[Un *titre*]
Texte.
:::

1. un
   - deux
     - trois

| a | b |
|--:|---|
| 1 | `x` |

```python title="a.py"
x = 1\t# y
```

[suite](suite.md)
"""


def test_a_site_of_zensical_reads_course_pages(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "docs/index.md").write_text(PAGE, encoding="utf-8")
    (tmp_path / "docs/suite.md").write_text("# Suite\n", encoding="utf-8")
    command = [sys.executable, "-m", "zensical", "build", "--strict"]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "hooks")}
    built = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert built.returncode == 0, built.stdout + built.stderr
    page = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    article = html5lib.parse(page, namespaceHTMLElements=False).find(".//article")
    assert article is not None
    for path in (
        ".//h1[@id='été']/a[@class='headerlink']",
        ".//div[@class='admonition tip']/p[@class='admonition-title']/em",
        ".//ol/li/ul/li/ul/li",
        ".//table/tbody/tr/td/code",
        ".//div[@class='highlight']/span[@class='filename']",
        ".//a[@href='suite/']",
    ):
        assert article.find(path) is not None, path
    assert "x = 1\t# y" in "".join(article.itertext())
