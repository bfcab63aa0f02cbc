"""Footnotes as tokens: which marks call which note, in which order the notes stand, what is wrong with them.

Blocks are read by mdit-py-plugins; marks and order are GFM's, as micromark-extension-gfm-footnote 2 has them:
labels know no case, hold no blank and no bracket; a note's first definition counts; notes are numbered as the
text calls them, then as the notes themselves do; a note that nothing calls is not shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote.index import footnote_def

from coursekit import messages
from coursekit.markdown.slips import line_of, tell

_MARK = re.compile(r"\[\^([^\s\[\]]{1,999})\]")  # 999: as long as CommonMark lets a label be
# A mark that calls nothing is likely a slip where it is a number, `[^1]`; other words, where the page has
# notes at all: `[^abc]` may be a pattern.
_NUMBER, _WORD = re.compile(r"\d+"), re.compile(r"\w[\w-]*")


@dataclass(slots=True)
class _Note:
    """One definition."""

    label: str  # as the author wrote it
    line: int  # 0-based, in the parsed text
    tokens: list[Token] = field(default_factory=list)
    calls: int = 0  # marks that call it
    number: int = 0  # its place in the list, 1-based; 0: not called yet


_Notes = dict[str, _Note]


def notes_plugin(md: MarkdownIt) -> None:
    """Read footnotes."""
    interrupts: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote"]}
    md.block.ruler.before("reference", "footnote_definition", footnote_def, interrupts)
    md.inline.ruler.before("link", "footnote_mark", _mark)
    md.core.ruler.before("inline", "footnote_definitions", _take_definitions)
    md.core.ruler.after("inline", "footnote_list", _list_notes)


def _take_definitions(state: StateCore) -> None:
    """Take the definitions out of the text; of several with one label the first stays."""
    notes: _Notes = {}
    open_notes: list[_Note] = []
    text: list[Token] = []
    for token in state.tokens:
        if token.type == "footnote_reference_open":
            line = token.map[0] if token.map else 0
            note = _Note(token.meta["label"], line)
            if (first := notes.setdefault(normalizeReference(note.label), note)) is not note:
                first_line = line_of(state.env, first.line)
                tell(state.env, line, messages.repeated_footnote(note.label, first_line))
            open_notes.append(note)
        elif token.type == "footnote_reference_close":
            open_notes.pop()
        else:
            (open_notes[-1].tokens if open_notes else text).append(token)
    # Behind the text while inlines are parsed, notes follow it in their order of definition.
    state.tokens = text + [token for note in notes.values() for token in note.tokens]
    state.env["notes"] = notes
    state.env["text_length"] = len(text)


def _mark(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("[^", state.pos):
        return False
    notes: _Notes = state.env.get("notes", {})
    match = _MARK.match(state.src, state.pos, state.posMax)
    if not match or not (note := notes.get(normalizeReference(match[1]))):
        return False
    if not silent:
        state.push("footnote_ref", "", 0).meta = {"note": note}
    state.pos = match.end()
    return True


def _list_notes(state: StateCore) -> None:
    """Number the notes as they are called, and put those that are at the end of the page."""
    notes: _Notes = state.env["notes"]
    del state.tokens[state.env["text_length"] :]
    called = list(_called(state.tokens))
    _tell_undefined(state, state.tokens, notes)
    for note in called:  # grows: what a called note calls comes behind it
        called.extend(_called(note.tokens, len(called)))
        _tell_undefined(state, note.tokens, notes)
    for note in notes.values():
        if not note.number:
            tell(state.env, note.line, messages.unused_footnote(note.label))
    if called:
        state.tokens.append(Token("footnote_block_open", "", 1))
        for note in called:
            state.tokens.extend(_item(note))
        state.tokens.append(Token("footnote_block_close", "", -1))


def _called(tokens: Sequence[Token], before: int = 0) -> Iterator[_Note]:
    """Number each mark in the tokens; yield the notes that no mark called yet: there are `before` others."""
    for inline in tokens:
        for token in inline.children or []:
            if token.type != "footnote_ref":
                continue
            note: _Note = token.meta["note"]
            note.calls += 1
            if not note.number:
                before += 1
                note.number = before
                yield note
            token.meta = {"number": note.number, "label": note.label, "call": note.calls}


def _item(note: _Note) -> Iterator[Token]:
    """Yield a note's tokens; the ways back stand at the end of its last paragraph."""
    meta = {"number": note.number, "label": note.label}
    yield Token("footnote_open", "", 1, meta=meta)
    ends_in_text = bool(note.tokens) and note.tokens[-1].type == "paragraph_close"
    yield from note.tokens[:-1] if ends_in_text else note.tokens
    for call in range(1, note.calls + 1):
        yield Token("footnote_anchor", "", 0, meta=meta | {"call": call})
    if ends_in_text:
        yield note.tokens[-1]
    yield Token("footnote_close", "", -1)


def _tell_undefined(state: StateCore, tokens: Sequence[Token], notes: _Notes) -> None:
    for inline in tokens:
        if inline.type != "inline" or "[^" not in inline.content:
            continue
        offset = 0
        for token in inline.children or []:
            for match in _MARK.finditer(token.content) if token.type == "text" else ():
                offset = max(offset, inline.content.find(match[0], offset))
                if _NUMBER.fullmatch(match[1]) or (notes and _WORD.fullmatch(match[1])):
                    line = (inline.map[0] if inline.map else 0) + inline.content.count("\n", 0, offset)
                    tell(state.env, line, messages.undefined_footnote(match[1]))
                offset += 1
