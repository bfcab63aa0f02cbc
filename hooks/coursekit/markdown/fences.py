"""Code blocks: an info string in any usual dialect, rendered by pymdownx's superfences when loaded."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from typing import Any

from markdown import Markdown
from markdown_it.common.utils import unescapeAll

# Words of an info string: `title="a b"`, `{1,3-5}`, `ins={2}`, `"text to mark"`, `showLineNumbers`.
_WORD = re.compile(
    r"""(?P<key>[\w:.-]+)=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'}]+))
      | (?P<name>[\w:.#-]*)=?\{(?P<braces>[^}]*)\}
      | (?P<flag>[^\s{}"']+)
      | "[^"]*" | '[^']*' | .""",
    re.VERBOSE,
)
_LONGEST_INFO = 1000  # characters read of an info string; the rest of a longer one says nothing


@dataclass(frozen=True, slots=True)
class Info:
    """What an info string asks for."""

    language: str = ""
    options: dict[str, str] = field(default_factory=dict)  # title, linenums, hl_lines as pymdownx names them
    classes: list[str] = field(default_factory=list)
    identifier: str = ""


def parse_info(info: str) -> Info:
    """Read an info string; what is not understood is left out, since it is never meant to be shown."""
    info = unescapeAll(info[:_LONGEST_INFO]).strip()
    language, rest = (*info.split(maxsplit=1), "", "")[:2]
    if language.startswith("{"):
        language, rest = "", info
    elif "{" in language:
        language, _, tail = language.partition("{")
        rest = "{" + tail + " " + rest
    reader = _Reader()
    for match in _WORD.finditer(rest):
        reader.word(match)
    if not language and reader.classes:
        language = reader.classes.pop(0)
    return Info(language, reader.options, reader.classes, reader.identifier)


def _is_line_ranges(text: str) -> bool:
    return bool(text) and set(text) <= set("0123456789-, \t") and text.strip()[:1].isdecimal()


class _Reader:
    def __init__(self) -> None:
        self.options: dict[str, str] = {}
        self.classes: list[str] = []
        self.identifier = ""

    def word(self, match: re.Match[str]) -> None:
        """Take one word of the info string."""
        if key := match["key"]:
            self._option(key, match["double"] or match["single"] or match["bare"] or "")
        elif match["braces"] is not None:
            self._braces(match["name"], match["braces"])
        elif (flag := match["flag"]) and flag.lower() in ("showlinenumbers", "linenums", "linenumbers"):
            self.options.setdefault("linenums", "1")

    def _option(self, key: str, value: str) -> None:
        if key in ("title", "filename"):
            self.options["title"] = value
        elif key in ("linenums", "startLineNumber") and value.isdecimal():
            self.options["linenums"] = value
        elif key == "hl_lines" and _is_line_ranges(value):
            self.options["hl_lines"] = value.replace(",", " ")

    def _braces(self, name: str, inside: str) -> None:
        if _is_line_ranges(inside):
            if name in ("", "mark"):  # `ins` and `del` have no counterpart here
                self.options["hl_lines"] = re.sub(r"[,\s]+", " ", inside.strip())
            return
        if name:
            return
        for match in _WORD.finditer(inside):
            if (flag := match["flag"]) and flag[0] in ".#" and len(flag) > 1:
                if flag[0] == ".":
                    self.classes.append(flag[1:])
                else:
                    self.identifier = flag[1:]
            else:
                self.word(match)


def render(md: Markdown, content: str, info: Info) -> str:
    """Return a code block's HTML: highlighted by superfences where that is loaded, else plain.

    Each line of `content` has its end; only a block that the end of the page cuts may lack the last one.
    """
    source = content.removesuffix("\n")
    formatter = _formatter(md, info.language)
    if formatter is None:
        return _plain(content, info.language)
    # Superfences counts a fence's lines as it reads it, and clamps `hl_lines` to them.
    vars(md.preprocessors["fenced_code_block"])["line_count"] = source.count("\n") + 1
    return _format(formatter, md, source, info)


def is_diagram(md: Markdown, info: Info) -> bool:
    """Tell whether a block is a Mermaid diagram to draw: not one that superfences was told to format."""
    if info.language != "mermaid":
        return False
    formatter = _formatter(md, info.language)
    return formatter is None or formatter["name"] != "mermaid"


def _formatter(md: Markdown, language: str) -> dict[str, Any] | None:
    """Return superfences' entry for a language; None without superfences."""
    if "fenced_code_block" not in md.preprocessors:
        return None
    # Superfences' own registry (the same in pymdown-extensions 12 and 13), read rather than run over text, so
    # that a fence's content reaches the highlighter byte for byte.
    extension = getattr(md.preprocessors["fenced_code_block"], "extension", None)
    entries: list[dict[str, Any]] = getattr(extension, "superfences", [])
    return next((entry for entry in reversed(entries) if entry["test"](language)), None)


def _format(formatter: dict[str, Any], md: Markdown, source: str, info: Info) -> str:
    options: dict[str, Any] = {}
    if not formatter["validator"](info.language, dict(info.options), options, {}, md):
        return _plain(source + "\n", info.language)
    html = formatter["formatter"](
        src=source,
        language=info.language,
        options=options,
        md=md,
        classes=list(info.classes),
        id_value=info.identifier,
        attrs={},
    )
    return str(html)


def _plain(content: str, language: str) -> str:
    end = "" if not content or content.endswith("\n") else "\n"
    marked = f' class="language-{escape(language)}"' if language else ""
    return f"<pre><code{marked}>{escape(content, quote=False)}{end}</code></pre>"
