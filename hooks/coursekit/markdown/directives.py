"""Container directives (`:::name[label]{attributes}` … `:::`) as a markdown-it block rule.

The grammar is the one of the generic directives proposal as micromark-extension-directive 3 reads it:
a name starts with a letter and does not end in `-` or `_`; label and attributes follow with no blank; the
first closing fence at least as long as the opening one ends the container, whatever stands inside. One
reading is added: after a *known* name, free text is the label (`:::tip Titre`, `::: tip`), as Docusaurus
and VitePress authors write it; a French keyboard may put a no-break space there. Text and leaf directives
stay literal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock

from coursekit import messages
from coursekit.markdown.callouts import Callouts
from coursekit.problem import Problem

_NAME = r"[A-Za-z](?:[\w-]*[A-Za-z0-9])?"
_OPENER = re.compile(rf"(?P<colons>:{{3,}})(?P<blank>[ \t\u00a0\u202f]*)(?P<name>{_NAME})(?![\w-])", re.ASCII)
_CLOSER = re.compile(r"(:{3,})[ \t]*$")
_ATTRIBUTE = re.compile(
    r"""[ \t]*(?:
        \#(?P<id>[^\s{}"'<>=`#.]+)
      | \.(?P<cls>[^\s{}"'<>=`#.]+)
      | (?P<key>[A-Za-z_:][\w:.-]*)
        (?:[ \t]*=[ \t]*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s{}"'<>=`]+)))?
    )""",
    re.VERBOSE,
)
_LOOKS_LIKE_ONE = re.compile(r" {0,3}:{3,}(?:[ \t]*$|[ \t\u00a0\u202f]*(?:[^\W\d_]|[{\[]))")


@dataclass(frozen=True, slots=True)
class Opener:
    """The opening line of a container."""

    colons: int  # length of the fence
    name: str
    label: str | None = None  # Markdown; None when there is none
    attributes: dict[str, str] = field(default_factory=dict)  # `class` is blank-separated, as in HTML


def parse_opener(line: str, callouts: Callouts) -> Opener | None:
    """Return the container that `line` (no indentation) opens, or None."""
    if not (match := _OPENER.match(line)):
        return None
    colons, name, rest = len(match["colons"]), match["name"], line[match.end() :]
    if not match["blank"]:
        label, after = _label(rest)
        attributes, after = _attributes(after)
        if attributes is not None and not after.strip(" \t"):
            return Opener(colons, name, (label or "").strip() or None, attributes)
    title = rest.strip(" \t")
    if name in callouts and rest[:1] in ("", " ", "\t") and not title.startswith(("[", "{")):
        return Opener(colons, name, title or None)
    return None


def _label(rest: str) -> tuple[str | None, str]:
    """Split `[label]` off the start of `rest`: brackets balance, a backslash escapes."""
    if not rest.startswith("["):
        return None, rest
    depth = 0
    skip = False
    for index, char in enumerate(rest):
        if skip:
            skip = False
        elif char == "\\":
            skip = True
        elif char in "[]":
            depth += 1 if char == "[" else -1
            if not depth:
                return rest[1:index], rest[index + 1 :]
    return None, rest


def _attributes(rest: str) -> tuple[dict[str, str] | None, str]:
    """Split `{#id .class key="value"}` off the start of `rest`; None when it is malformed."""
    if not rest.startswith("{"):
        return {}, rest
    attributes: dict[str, str] = {}
    position = 1
    while match := _ATTRIBUTE.match(rest, position):
        position = match.end()
        if match["id"]:
            attributes["id"] = match["id"]
        elif match["cls"]:
            attributes["class"] = f"{attributes.get('class', '')} {match['cls']}".strip()
        else:
            attributes[match["key"]] = match["double"] or match["single"] or match["bare"] or ""
    tail = rest[position:].lstrip(" \t")
    return (attributes, tail[1:]) if tail.startswith("}") else (None, rest)


def directives_plugin(md: MarkdownIt) -> None:
    """Read containers; they may interrupt a paragraph, a quote or a list item."""
    interrupts: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("fence", "directive", _container, interrupts)


def _container(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    if state.is_code_block(start_line):
        return False
    line = _content(state, start_line)
    if not line.startswith(":::") or not (opener := parse_opener(line, state.env["options"].callouts)):
        return False
    if silent:
        return True
    close_line, closed = _find_close(state, start_line, end_line, opener.colons)
    if not closed:
        _tell_unclosed(state, opener, start_line)
    _emit(state, opener, start_line, close_line)
    state.line = close_line + (1 if closed else 0)
    return True


def _tell_unclosed(state: StateBlock, opener: Opener, start_line: int) -> None:
    """Note a problem; an inner container is often right, and the outer one lacks its closing fence."""
    first_line: int = state.env["options"].first_line
    message = messages.unclosed_directive(opener.name, opener.colons)
    if outer := state.env.get("containers"):
        name, line = outer[-1]
        state.env["surplus_fences"] = state.env.get("surplus_fences", 0) + 1
        message = messages.unclosed_inner_directive(opener.name, name, first_line + line)
    state.env.setdefault("problems", []).append(Problem(first_line + start_line, message))


def _content(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _find_close(state: StateBlock, start_line: int, end_line: int, colons: int) -> tuple[int, bool]:
    """Return the line of the closing fence, or the line where the parent ends, and whether it was closed."""
    for line in range(start_line + 1, end_line):
        content = _content(state, line)
        if content and state.sCount[line] < state.blkIndent:
            return line, False  # left the list item or the quote that holds the container
        if content.startswith(":::") and not state.is_code_block(line):
            fence = _CLOSER.match(content)
            if fence and len(fence[1]) >= colons:
                return line, True
    return end_line, False


def _emit(state: StateBlock, opener: Opener, start_line: int, close_line: int) -> None:
    token = state.push("directive_open", "div", 1)
    token.block = True
    token.map = [start_line, close_line]
    token.meta = {"name": opener.name, "attributes": opener.attributes, "labelled": opener.label is not None}
    if opener.label is not None:
        state.push("directive_label_open", "p", 1)
        label = state.push("inline", "", 0)
        label.content = opener.label
        label.map = [start_line, start_line + 1]
        label.children = []
        state.push("directive_label_close", "p", -1)
    outer_parent, outer_max = state.parentType, state.lineMax
    state.parentType = "directive"
    state.lineMax = close_line  # keeps lazy continuation lines from passing the closing fence
    containers = state.env.setdefault("containers", [])
    containers.append((opener.name, start_line))
    state.md.block.tokenize(state, start_line + 1, close_line)
    containers.pop()
    state.parentType, state.lineMax = outer_parent, outer_max
    state.push("directive_close", "div", -1).block = True


def literal_fences(text: str) -> list[tuple[int, str]]:
    """Return the lines of a paragraph that look like a directive's fence but are none: (offset, line)."""
    if ":::" not in text:
        return []
    return [
        (offset, line.strip()) for offset, line in enumerate(text.split("\n")) if _LOOKS_LIKE_ONE.match(line)
    ]
