"""Code is highlighted as ever, without the work for styles that classes do not need."""

from __future__ import annotations

from typing import Any

import pytest
from markdown import Markdown

from coursekit.markdown.ecosystem import neighbours

_CODE = '```py title="a.py" linenums="1" {1}\n# é\ndef f(x: int) -> str:\n    return f"{x!r}"  # y\n```\n'


def _render(**highlight: Any) -> str:
    extensions = ["coursekit.markdown", "pymdownx.highlight", "pymdownx.superfences"]
    return Markdown(extensions=extensions, extension_configs={"pymdownx.highlight": highlight}).convert(_CODE)


@pytest.mark.parametrize("linenums_style", ["table", "inline", "pymdownx-inline"])
def test_classes_are_the_same(monkeypatch: pytest.MonkeyPatch, linenums_style: str) -> None:
    spared = _render(linenums_style=linenums_style)
    monkeypatch.setattr(neighbours, "spare_styles", lambda md: None)
    assert spared == _render(linenums_style=linenums_style)
    assert '<span class="k">def</span>' in spared


def test_styles_written_inline_are_kept() -> None:
    assert "color: #" in _render(noclasses=True)
