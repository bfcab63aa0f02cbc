"""YAML front matter, split off a page without ever showing it to a reader.

A block opens with `---` on the file's first line and closes with the next `---` (or `...`) line. Nothing else
is metadata: a page that starts with `Note: …` keeps its first line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from coursekit import messages
from coursekit.markdown.metadata import usable
from coursekit.problem import Problem

try:  # The C loader is ten times faster; it lacks only where PyYAML was built without libyaml.
    from yaml import CSafeLoader as _Loader
except ImportError:  # pragma: no cover
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

_OPEN = re.compile(r"\ufeff?---[ \t]*\n")
_KEY = re.compile(r"([\w-]+)[ \t]*:(?:[ \t]|$)")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Page:
    """A source file taken apart."""

    meta: dict[str, Any] = field(default_factory=dict)  # empty when there is none, or none that can be read
    body: str = ""  # the Markdown, line ends as `\n`
    first_line: int = 1  # 1-based line of the file on which `body` starts
    lines: dict[str, int] = field(default_factory=dict)  # 1-based line of each top-level key
    problems: tuple[Problem, ...] = ()

    def with_usable_meta(self, theme_has: Callable[[str], bool]) -> Page:
        """Return the page with the metadata that the site can read, and a problem for each key it cannot."""
        meta, unusable = usable(self.meta, theme_has)
        found = tuple(Problem(self.lines.get(key, 1), message) for key, message in unusable)
        return replace(self, meta=meta, problems=self.problems + found)


def split(text: str) -> Page:
    """Split a file's text into front matter and Markdown body; never raises."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not (opening := _OPEN.match(text)):
        return Page(body=text)
    if not (closing := _CLOSE.search(text, opening.end())):
        return _unclosed(text, opening.end())
    block = text[opening.end() : closing.start()]
    first_line = text.count("\n", 0, closing.end()) + 1
    meta, problem = _load(block)
    problems = (problem,) if problem else ()
    return Page(meta, text[closing.end() :], first_line, _key_lines(block), problems)


def _unclosed(text: str, start: int) -> Page:
    """Take what looks like YAML as the block: lines up to the first blank one."""
    if not re.match(r"[\w-]+:(?:\s|$)", text[start:]):
        return Page(body=text)  # a thematic break on the first line, as CommonMark allows
    end = text.find("\n\n", start)
    body = text[end + 1 :] if end >= 0 else ""
    meta, _ = _load(text[start : end if end >= 0 else len(text)])
    first_line = text.count("\n", 0, end + 1) + 1 if end >= 0 else text.count("\n") + 1
    return Page(meta, body, first_line, problems=(Problem(1, messages.unclosed_front_matter()),))


def _key_lines(block: str) -> dict[str, int]:
    matches = ((_KEY.match(line), number) for number, line in enumerate(block.split("\n"), start=2))
    return {match[1]: number for match, number in matches if match}


def _load(block: str) -> tuple[dict[str, Any], Problem | None]:
    try:
        data = yaml.load(block, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        # The block starts on line 2 of the file, and marks count from 0.
        return {}, Problem(mark.line + 2 if mark else 1, messages.bad_front_matter(error.problem or ""))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return {}, Problem(1, messages.bad_front_matter(str(error).split("\n")[0]))
    if data is None:
        return {}, None
    if not isinstance(data, dict):
        return {}, Problem(1, messages.front_matter_not_a_mapping())
    return {str(key): value for key, value in data.items()}, None
