r"""TeX formulas as MathML, by math-core, a library that refuses what it does not know rather than guessing.

It reads LaTeX's mathematics as amsmath has it. What French courses write besides is put in its words first:
`\pgcd`, `\mbox`, a bare `%` that is a percent sign, environments numbered by default. No command can be
defined: what comes out stays in proportion to what goes in, and a formula says the same on every page.
"""

from __future__ import annotations

import functools
import io
import re
import xml.etree.ElementTree as etree
from difflib import get_close_matches
from html import escape, unescape

from math_core import LatexError, LatexToMathML

from coursekit import messages
from coursekit.markdown.mathematics import tex_names

# math-core goes down one call a command or brace, and a stack that overflows ends Python itself (seen from
# 3,000 on, with a stack of 8 MB).
MOST_MARKS = 1000

_DEFINITIONS = frozenset(("def", "gdef", "global", "let", "newcommand", "providecommand", "renewcommand"))
_SHORTHANDS = {
    "C": r"\mathbb{C}",
    "K": r"\mathbb{K}",
    "Q": r"\mathbb{Q}",
    "euro": "€",
    "mbox": r"\text",
    "nonumber": "",
    "notag": "",
    "pgcd": r"\operatorname{pgcd}",
    "ppcm": r"\operatorname{ppcm}",
}
# Equations are not numbered, as on GitHub: each formula would start again at (1).
_ENVIRONMENTS = {
    "align": "align*",
    "equation": "equation*",
    "gather": "gather*",
    "multline": "multline*",
    "smallmatrix": "matrix",
    "split": "aligned",
}
_COMMAND = re.compile(r"\\(?:([A-Za-z]+)|.)", re.DOTALL)
_ENVIRONMENT = re.compile(r"\\(begin|end)\{(\w+)\}")
_LABEL = re.compile(r"\\label\{[^{}\n]*\}")
_SUBSTACK = re.compile(r"\\substack\s*\{((?:[^{}]|\{[^{}]*\})*+)\}")
_BARE_PERCENT = re.compile(r"(?<!\\)%")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot);)\w+;")  # those that HTML names and XML does not


_ELEMENTS = frozenset(tex_names.ELEMENTS)
_ATTRIBUTES = frozenset(tex_names.ATTRIBUTES)


class BadFormula(Exception):
    """A formula that cannot be shown: a French sentence, and the formula's 0-based line that it is about."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def mathml(tex: str, *, display: bool) -> str:
    """Return a formula's MathML, its TeX in an annotation; `display`: on lines of its own.

    Raises `BadFormula`.
    """
    source = _in_library_words(tex)
    if display:
        source = _on_lines(source)
    if source.count("\\") + source.count("{") > MOST_MARKS:
        raise BadFormula(messages.formula_too_long(), 0)
    for match in _COMMAND.finditer(source):
        if match[1] in _DEFINITIONS:
            raise BadFormula(messages.tex_definition(match[1]), source.count("\n", 0, match.start()))
    try:
        shown = _library().convert_with_local_state(source, displaystyle=display)
    except LatexError as error:
        offset, _, sentence = str(error).partition(": ")
        line = source.count("\n", 0, int(offset)) if offset.isdecimal() else 0
        raise BadFormula(_fault(sentence), line) from None
    shown = _ENTITY.sub(lambda match: unescape(match[0]), shown)
    if not _is_harmless(shown):
        raise BadFormula(messages.unreadable_formula(), 0)
    opening, _, content = shown.partition(">")
    # A search for the formula's words finds what is shown once, and not its source besides.
    annotation = (
        f'<annotation encoding="application/x-tex" data-search-exclude>{escape(tex.strip(), quote=False)}'
    )
    content = content.removesuffix("</math>")
    return f"{opening}><semantics><mrow>{content}</mrow>{annotation}</annotation></semantics></math>"


@functools.cache
def _library() -> LatexToMathML:
    return LatexToMathML(fancy_error=False, allow_unreliable_rendering=True)


def _in_library_words(tex: str) -> str:
    """Return the formula as math-core reads it; every line stays on its line."""
    head, end, last = tex.rpartition("\n")
    # On the last line nothing follows that a comment could spare: the author wrote a percentage.
    source = head + end + _BARE_PERCENT.sub(r"\\%", last)
    source = _COMMAND.sub(lambda match: _SHORTHANDS.get(match[1] or "", match[0]), source)
    source = _LABEL.sub("", source)
    source = _SUBSTACK.sub(r"\\begin{subarray}{c}\1\\end{subarray}", source)
    return _ENVIRONMENT.sub(lambda match: f"\\{match[1]}{{{_ENVIRONMENTS.get(match[2], match[2])}}}", source)


def _on_lines(source: str) -> str:
    r"""Have a bare `\\\\` end a line, as other renderers of Markdown do and LaTeX does not."""
    if "\\begin" in source or r"\\" not in source:
        return source
    name = "aligned" if "&" in source else "gathered"
    return f"\\begin{{{name}}}{source}\\end{{{name}}}"


def _is_harmless(shown: str) -> bool:
    """Whether the library's output is well-formed and holds nothing but formulas."""
    try:
        for _, element in etree.iterparse(io.StringIO(shown), ("start",)):
            if element.tag not in _ELEMENTS or not _ATTRIBUTES.issuperset(element.keys()):
                return False
    except etree.ParseError:
        return False
    return True


# The library's sentences, which name what they are about between quotes.
_NAMED = re.compile(r'^[^"]*"(?P<name>[^"]*)"')


def _fault(sentence: str) -> str:
    match = _NAMED.match(sentence)
    name = match["name"] if match else ""
    if sentence.startswith("Unknown command"):
        return messages.unknown_tex_command(
            name.removeprefix("\\"), _nearest_command(name.removeprefix("\\"))
        )
    if sentence.startswith("Unknown environment"):
        nearest = get_close_matches(name, tex_names.ENVIRONMENTS, n=1)
        return messages.unknown_tex_environment(name, nearest[0] if nearest else None)
    for start, fault in _FAULTS:
        if sentence.startswith(start):
            return messages.bad_formula(fault, name)
    return messages.unreadable_formula()


_FAULTS = (
    ("Expected closing token", "unclosed"),
    ("Unmatched closing token", "unopened"),
    ("Expected argument", "argument"),
    ("Duplicate subscript", "scripts"),
    ("'^' or '_'", "scripts"),
    ("Unknown color", "color"),
    ("Math mode within text", "dollar"),
    ('Found "&"', "ampersand"),
    ("Found", "misplaced"),
    ("Expected", "argument"),
)


@functools.lru_cache(maxsize=1000)
def _nearest_command(name: str) -> str | None:
    nearest = get_close_matches(name[:30], tex_names.COMMANDS, n=1, cutoff=0.7)
    return nearest[0] if nearest else None
