"""YAML front matter, split off a page without ever showing it to a reader.

A block opens with a line `---` before any text and closes with the next one (or `...`). What stands between
is keys, or else these are two thematic breaks and the text is text. Nothing else is metadata: a page that
starts with `Note: …` keeps its first line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import yaml

from coursekit import messages
from coursekit.markdown.metadata import usable
from coursekit.markdown.yaml_faults import diagnose
from coursekit.problem import Problem

try:  # The C loader is ten times faster; it lacks only where PyYAML was built without libyaml.
    from yaml import CSafeLoader as _FastLoader
except ImportError:  # pragma: no cover
    from yaml import SafeLoader as _FastLoader  # type: ignore[assignment]

_OPEN = re.compile(r"\ufeff?(?:[ \t]*\n)*(?P<fence> {0,3}-{3,}|\+\+\+)[ \t]*\n")
_CLOSE = re.compile(r"^(?:-{3,}|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_KEY = re.compile(r"^[\"']?([\w-]+)[\"']?[ \t]*:", re.MULTILINE)
_STRICT_LINE = re.compile(r"[\w-]+:(?:[ \t]|$)|[ \t]|-[ \t]|$")
_TOML_KEY = re.compile(r"[\w.-]+[ \t]*=")
_NESTING = "[{-?"  # what a value within a value on the same line begins with
_DEEPEST = 1000  # of these in a block that is trusted to the C loader; it survives ten times that
# Where a block that is not closed ends at the latest: a blank line, or the first heading.
_TEXT = re.compile(r"^(?:[ \t]*$|#+[ \t])", re.MULTILINE)


class Page(NamedTuple):
    """A source file taken apart."""

    meta: Mapping[str, Any] = {}  # empty when there is none, or none that can be read
    body: str = ""  # the Markdown, line ends as `\n`
    first_line: int = 1  # 1-based line of the file on which `body` starts
    lines: Mapping[str, int] = {}  # 1-based line of each top-level key
    problems: tuple[Problem, ...] = ()

    def with_usable_meta(self, theme_has: Callable[[str], bool]) -> Page:
        """Return the page with the metadata that the site can read, and a problem for each key it cannot."""
        meta, unusable = usable(self.meta, theme_has)
        found = tuple(Problem(self.lines.get(key, 1), message) for key, message in unusable)
        return self._replace(meta=meta, problems=self.problems + found)


def split(text: str) -> Page:
    """Split a file's text into front matter and Markdown body; never raises."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not (opening := _OPEN.match(text)):
        return Page(body=text)
    start, line = opening.end(), text.count("\n", 0, opening.end()) + 1
    if opening["fence"] == "+++":
        problem = Problem(line - 1, messages.toml_front_matter())
        return Page(body=text, problems=(problem,) if _TOML_KEY.match(text, start) else ())
    closing = _CLOSE.search(text, start)
    if closing is None:
        return _unclosed(text, start, line)
    block, body = text[start : closing.start()], text[closing.end() :]
    if block.strip() and not _is_metadata(block):
        return Page(body=text)
    meta, problem_found = _load(block, line)
    first_line = line + text.count("\n", start, closing.end())
    return Page(meta, body, first_line, _key_lines(block, line), (problem_found,) if problem_found else ())


def as_json(text: str) -> str | None:
    """Return what `from_json` makes `split(text)` of; None where JSON cannot hold it, such as dates."""
    page = split(text)
    front = text[: len(text) - len(page.body)]
    # An alias may stand for more than any JSON could hold.
    if not text.endswith(page.body) or ("&" in front and "*" in front):
        return None
    try:
        known = json.dumps([page.meta, len(front), page.first_line, page.lines, page.problems])
        is_same = json.loads(known)[0] == page.meta
    except (TypeError, ValueError, RecursionError):
        return None
    return known if is_same else None


def from_json(known: str, text: str) -> Page:
    """Return `split(text)`, of what `as_json` returned."""
    meta, start, first_line, lines, problems = json.loads(known)
    return Page(meta, text[start:], first_line, lines, tuple(Problem(*one) for one in problems))


def _is_metadata(block: str) -> bool:
    """Tell keys from text between two thematic breaks, which is set off by a blank line."""
    if block.startswith("\n"):
        return all(_STRICT_LINE.match(line) for line in block.split("\n"))
    return _KEY.search(block) is not None


def _unclosed(text: str, start: int, line: int) -> Page:
    """Take as the block what comes before the text, when it begins with a key."""
    if not _KEY.match(text, start):
        return Page(body=text)
    ending = _TEXT.search(text, start)
    end = ending.start() if ending else len(text)
    meta, _ = _load(text[start:end], line)
    first_line = line + text.count("\n", start, end)
    problem = Problem(line - 1, messages.unclosed_front_matter())
    return Page(meta, text[end:], first_line, _key_lines(text[start:end], line), (problem,))


def _key_lines(block: str, first_line: int) -> dict[str, int]:
    matches = ((_KEY.match(line), number) for number, line in enumerate(block.split("\n"), first_line))
    return {match[1]: number for match, number in matches if match}


def _load(block: str, first_line: int) -> tuple[dict[str, Any], Problem | None]:
    """Return the keys of a block that starts on `first_line` of its file, or what is wrong with it."""
    try:
        # Nesting costs the C loader its stack, and Python its life; the other one raises RecursionError.
        is_deep = sum(map(block.count, _NESTING)) > _DEEPEST
        data = yaml.load(block, Loader=yaml.SafeLoader if is_deep else _FastLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        line, fault = diagnose(error, block)
        return {}, Problem(first_line + line, messages.bad_front_matter(fault))
    if data is None:
        return {}, None
    if not isinstance(data, dict):
        return {}, Problem(first_line, messages.front_matter_not_a_mapping())
    return {str(key): value for key, value in data.items()}, None
