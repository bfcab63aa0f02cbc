"""Highlighting without the work that only inline styles need.

Pygments works out the style of every kind of token anew for each code block, and then writes classes, whose
colours are the theme's: a sixth of the time that course pages take.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markdown import Markdown
from pygments.style import Style, StyleMeta


class _NoTokens(StyleMeta):
    def __iter__(cls) -> Iterator[Any]:
        return iter(())


class Colourless(Style, metaclass=_NoTokens):
    """A style that says nothing of any token."""


def spare_styles(md: Markdown) -> None:
    """Have pymdownx's highlighter, where it is loaded and writes classes, make no style."""
    for extension in md.registeredExtensions:
        if not hasattr(extension, "get_pymdownx_highlight_settings"):
            continue
        if extension.getConfig("use_pygments") and not extension.getConfig("noclasses"):
            extension.setConfig("pygments_style", Colourless)
