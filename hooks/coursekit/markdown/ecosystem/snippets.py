"""Snippets (`--8<-- "file"`) put in by pymdownx's extension, outside of code only, with the line map kept.

Each line of the expanded page knows the line of the author's page that it comes from: those of a snippet, the
line of its mark.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from pymdownx.snippets import SnippetMissingError  # type: ignore[import-untyped]

_MARK = re.compile(r"[ \t]*-+8<-+(?P<path>[ \t]+(?:\"[^\"]+\"|'[^']+'))?[ \t]*")

# What pymdownx raises for a file that is missing, no file, no UTF-8, or an impossible path.
_FAILURES = (SnippetMissingError, OSError, ValueError)


@dataclass(slots=True)
class Expansion:
    """A page with its snippets put in."""

    lines: list[str] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)  # 0-based line of the page that each line comes from
    missing: list[tuple[int, str]] = field(default_factory=list)  # 0-based line, the mark as written

    def put(self, origin: int, lines: Sequence[str]) -> None:
        """Add lines that all come from one of the page's."""
        self.lines += lines
        self.origins += [origin] * len(lines)


def expand(lines: Sequence[str], preprocessor: Any, shield: Callable[[str], str]) -> Expansion:
    """Put in the snippets whose marks stand alone on their lines; one that cannot be read stays as written.

    `preprocessor` is the one of pymdownx.snippets, which reads files as the site's settings allow; `shield`
    keeps marks in a snippet's own code from it.
    """
    expansion = Expansion()
    index = 0
    while index < len(lines):
        end = _end_of_mark(lines, index)
        if "8<-" not in lines[index]:
            expansion.put(index, [lines[index]])
        elif (found := _read(preprocessor, lines[index:end], shield)) is not None:
            expansion.put(index, found)
        else:
            expansion.missing.append((index, lines[index].strip()))
            for origin in range(index, end):
                expansion.put(origin, [lines[origin]])
        index = end
    for path in preprocessor.auto_append:
        found = _read(preprocessor, ["-8<-", path, "-8<-"], shield)
        if found is None:
            expansion.missing.append((len(lines) - 1, path))
        expansion.put(len(lines) - 1, ["", *(found or [])])
    return expansion


def _end_of_mark(lines: Sequence[str], index: int) -> int:
    """Return the end of the mark that starts at `index`: a bare one lasts until the next bare one, if any."""
    mark = _MARK.fullmatch(lines[index])
    if not mark or mark["path"]:
        return index + 1
    for end in range(index + 1, len(lines)):
        if (closing := _MARK.fullmatch(lines[end])) and not closing["path"]:
            return end + 1
    return index + 1


def _read(preprocessor: Any, mark: Sequence[str], shield: Callable[[str], str]) -> list[str] | None:
    """Return what stands in the place of a mark, or None when its file cannot be read."""
    if len(mark) == 1 and (alone := _MARK.fullmatch(mark[0])) and not alone["path"]:
        return None  # never closed
    preprocessor.seen, preprocessor.failed, preprocessor.bases = set(), set(), None
    preprocessor.check_paths = True
    parse = type(preprocessor).parse_snippets

    def outside_code(lines: list[str], file_name: str | None = None, **more: Any) -> list[str]:
        # Called for the mark, and then for each file.
        inside = shield("\n".join(lines)).split("\n") if file_name else lines
        found: list[str] = parse(preprocessor, inside, file_name, **more)
        return found

    preprocessor.parse_snippets = outside_code
    try:
        return outside_code(list(mark))
    except _FAILURES:
        return None


def line_map_plugin(md: MarkdownIt) -> None:
    """Give every token of a page with snippets its line in the author's page, by `env["origins"]`."""
    md.core.ruler.after("block", "line_map", _map_lines)


def _map_lines(state: StateCore) -> None:
    origins: Sequence[int] = state.env.get("origins", ())
    if not origins:
        return
    last = len(origins) - 1
    for token in state.tokens:
        if token.map:
            start, end = token.map
            if token.type == "inline":
                token.meta["origins"] = origins[start:end]
            token.map = [origins[min(start, last)], origins[min(max(end - 1, start), last)] + 1]
    first_line: int = state.env["options"].first_line
    state.env["problems"] = [
        problem._replace(line=first_line + origins[min(problem.line - first_line, last)])
        for problem in state.env["problems"]
    ]
