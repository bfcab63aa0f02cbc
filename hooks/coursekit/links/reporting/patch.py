"""A patch that puts new addresses in the place of moved ones, and touches nothing else of a source.

Sources are bytes, and stay so: what is damaged in them, their line ends and their encoding are no business of
the patch's. They are looked at as Latin-1, a character a byte. An edit is kept only when the front end,
reading the page again, finds the same page with nothing but that link changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape

from coursekit import encoding
from coursekit.links import messages
from coursekit.links.checking.addresses import parse
from coursekit.links.registered import Occurrence
from coursekit.markdown.front_matter import split
from coursekit.markdown.options import Options
from coursekit.markdown.parser import parser
from coursekit.problem import Problem

_CONTEXT = 3  # lines around a change, as diff has them
_MOST_TRIED = 300  # edits of one file that are tried one by one: each reads the page again

# Where an address may start, and what cannot be part of one.
_START = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_SPAN = re.compile(r"[^\s<>\"'`]+")
_BACKSLASHED = re.compile(r"\\([!-/:-@\[-`{-~])")
_VALUES = re.compile(r"""=\s*["']?([^\s"'>]+)""")  # of attributes in raw HTML
_COMMENTS = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_LONGEST = 4096  # characters of an address as written


@dataclass(frozen=True, slots=True)
class Edit:
    """A place of a source to be written anew."""

    start: int  # offsets in bytes
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Patch:
    """What `--fix` gives."""

    text: bytes  # empty when there is nothing to change
    problems: tuple[tuple[str, Problem], ...]  # (path, what is to be mended by hand)


def patch(sources: Mapping[str, bytes], occurrences: Iterable[Occurrence], moves: Mapping[str, str]) -> Patch:
    """Return a patch in git's format for `sources` (path -> content).

    `moves` gives the new address of each moved URL, as the register has it. Every link of a source to a moved
    URL is mended, on whichever line its address stands; a source that is not given is mended by hand.
    """
    known = {key: new for url, new in moves.items() if (key := _key(url)) and key != _key(new)}
    wanted: dict[str, list[Occurrence]] = {}
    for one in sorted(occurrences):
        if _key(one.url) in known:
            wanted.setdefault(one.file, []).append(one)
    texts, problems = [], []
    for path, ones in wanted.items():
        before = sources.get(path, b"")
        after = _edited(before, _edits(before, known))
        texts.append(_difference(path, before, after))
        mended = _addresses(before, known) - _addresses(after, known)
        problems += [
            (path, Problem(one.line, messages.mend_by_hand(one.url, moves[one.url])))
            for one in ones
            if _key(one.url) not in mended
        ]
    return Patch(b"".join(texts), tuple(problems))


def _key(url: str) -> str | None:
    """Return what two spellings of an address have in common."""
    address = parse(f"https:{url}" if url.startswith("//") else url)
    return re.sub("%[0-9a-fA-F]{2}", lambda match: match[0].upper(), address.whole) if address else None


def _edits(data: bytes, moves: Mapping[str, str]) -> list[Edit]:
    """Return the edits of a file that change its links and nothing else."""
    found = list(_found(data.decode("latin-1"), moves))
    before = _reading(data)
    if _is_faithful(before, _reading(_edited(data, found)), moves):
        return found
    kept = [
        one
        for one in found[:_MOST_TRIED]
        if _is_faithful(before, _reading(_edited(data, [one])), moves, at_least_one=True)
    ]
    return kept if _is_faithful(before, _reading(_edited(data, kept)), moves) else []


def _found(text: str, moves: Mapping[str, str]) -> Iterator[Edit]:
    """Yield every place where a moved address is written, code too."""
    end = 0
    for match in _START.finditer(text):
        if match.start() < end:
            continue
        span = _SPAN.match(text, match.start())
        assert span
        for stop in _stops(span[0][:_LONGEST]):
            new = moves.get(_key(_as_meant(span[0][:stop])) or "")
            if new:
                end = match.start() + stop
                yield Edit(match.start(), end, _as_written(new, text[: match.start()][-1:]))
                break


def _stops(span: str) -> Iterator[int]:
    """Yield where an address may end in a run of characters, the longest first."""
    yield len(span)
    for stop in range(len(span) - 1, 0, -1):
        if span[stop] in ")]|,.;:!?*_~" or span[stop - 1] in ")]|,.;:!?*_~":
            yield stop


def _as_meant(written: str) -> str:
    """Return an address without the escapes of Markdown and HTML."""
    text = written.encode("latin-1").decode("utf-8", "surrogateescape")
    return _BACKSLASHED.sub(r"\1", unescape(text))


def _as_written(url: str, before: str) -> str:
    """Return an address as it is written behind a character."""
    for character in "|`\\" + ("" if _is_balanced(url) else "()"):
        url = url.replace(character, f"%{ord(character):02X}")
    return escape(url) if before in ('"', "'", "=") else url


def _is_balanced(url: str) -> bool:
    depth = 0
    for character in url:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return False
    return depth == 0


def _edited(data: bytes, edits: Sequence[Edit]) -> bytes:
    pieces, end = [], 0
    for edit in edits:
        pieces += [data[end : edit.start], edit.new.encode()]
        end = edit.end
    return b"".join([*pieces, data[end:]])


# -- what a page says, before and after ----------------------------------------------------------------

_Event = tuple[str, str]  # kind of token, content; `link` has an address


def _reading(data: bytes) -> list[_Event]:
    """Return what the front end reads in a file, in order, the texts of bare addresses left out."""
    page = split(encoding.read(data).text)
    events: list[_Event] = [("meta", repr(page.meta))]
    for token in parser().parse(page.body, {"options": Options(), "problems": []}):
        events.append((token.type, token.content if token.type != "inline" else ""))
        bare = False
        for child in token.children or ():
            attributes = {str(name): str(value) for name, value in child.attrs.items()}
            if address := attributes.pop("href", "") or attributes.pop("src", ""):
                events += [("link", address), ("attributes", repr(attributes))]
            if child.type in ("link_open", "link_close"):
                bare = child.type == "link_open" and child.info == "auto"
            if child.type == "html_inline" or not bare:
                events.append((child.type, child.content))
    return events


def _is_faithful(
    before: Sequence[_Event], after: Sequence[_Event], moves: Mapping[str, str], *, at_least_one: bool = False
) -> bool:
    """Tell whether nothing but links has changed, and those as they moved."""
    if len(before) != len(after):
        return False
    changed = 0
    for old, new in zip(before, after, strict=True):
        if old == new:
            continue
        changed += 1
        if old[0] != new[0] or not _is_moved(old, new, moves):
            return False
    return changed > 0 or not at_least_one


def _is_moved(old: _Event, new: _Event, moves: Mapping[str, str]) -> bool:
    kind, content = old
    if kind == "link":
        target = moves.get(_key(content) or "")
        return target is not None and _key(target) == _key(new[1])
    if kind in ("html_inline", "html_block"):
        edits = list(_found(content.encode().decode("latin-1"), moves))
        as_moved = _edited(content.encode(), edits).decode()
        return as_moved == new[1] and _COMMENTS.findall(content) == _COMMENTS.findall(as_moved)
    return False


def _addresses(data: bytes, moves: Mapping[str, str]) -> set[str]:
    """Return the moved addresses that links of a file have."""
    found = set()
    for kind, content in _reading(data):
        if kind == "link":
            found.add(_key(content) or "")
        elif kind in ("html_inline", "html_block"):
            found |= {_key(unescape(url)) or "" for url in _VALUES.findall(content)}
    return found & moves.keys()


# -- the patch -----------------------------------------------------------------------------------------


def _difference(path: str, before: bytes, after: bytes) -> bytes:
    """Return the difference of two texts with the same number of lines, in git's format."""
    old, new = before.split(b"\n"), after.split(b"\n")
    changed = [row for row, (one, other) in enumerate(zip(old, new, strict=True)) if one != other]
    if not changed:
        return b""
    name = path + ("\t" if " " in path else "")
    head = f"diff --git a/{path} b/{path}\n--- a/{name}\n+++ b/{name}\n".encode()
    return head + b"".join(_hunk(old, new, rows) for rows in _hunks(changed))


def _hunks(rows: Sequence[int]) -> Iterator[list[int]]:
    """Yield the changed rows, those together whose contexts meet."""
    hunk: list[int] = []
    for row in rows:
        if hunk and row - hunk[-1] > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(row)
    yield hunk


def _hunk(old: Sequence[bytes], new: Sequence[bytes], rows: Sequence[int]) -> bytes:
    last = len(old) - 1  # what stands behind the last line end; empty when the file ends in one
    first, end = max(0, rows[0] - _CONTEXT), min(len(old), rows[-1] + _CONTEXT + 1)
    if end == len(old) and not old[last]:
        end -= 1
    count = end - first
    lines = [f"@@ -{first + 1},{count} +{first + 1},{count} @@\n".encode()]
    changed = set(rows)
    for row in range(first, end):
        tail = b"\n" if row < last else b"\n\\ No newline at end of file\n"
        if row in changed:
            lines += [b"-" + old[row] + tail, b"+" + new[row] + tail]
        else:
            lines.append(b" " + old[row] + tail)
    return b"".join(lines)
