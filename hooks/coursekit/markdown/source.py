"""A page's text on its way to the parser, among the preprocessors of other extensions."""

from __future__ import annotations

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from coursekit import messages
from coursekit.markdown.ecosystem.shield import shielded, unshielded
from coursekit.markdown.options import Options
from coursekit.problem import Problem

# In the place of snippets (32), which it puts in; before extensions that put placeholders into the text:
# critic (31.1), superfences' preserve_tabs (31.05).
_PREPARE_PRIORITY = 32.5
TAKE = "coursekit_take"  # no text is left for the preprocessors that follow
# After those; before the normalisation of blanks (30), which would expand tabs.
_TAKE_PRIORITY = 31

# Python-Markdown marks its placeholders with STX and ETX, pymdownx with SOH and EOT until the source is
# normalised; an author's text never needs them. U+FDD0 is the shield's.
_PLACEHOLDER_MARKS = "\u0001\u0002\u0003\u0004\ufdd0"
_NO_PLACEHOLDER_MARKS = str.maketrans(dict.fromkeys(_PLACEHOLDER_MARKS))


class Source:
    """One document's text, once all that works on it before the parser is done."""

    def __init__(self, md: Markdown, options: Options) -> None:
        """Watch the text that `md` converts."""
        self.text = "\n"
        self.origins: list[int] = []  # 0-based line of the author's text of each line; empty: the same
        self.problems: list[Problem] = []
        self._options = options
        md.preprocessors.register(_Prepare(md, self), "coursekit_prepare", _PREPARE_PRIORITY)
        md.preprocessors.register(_Take(md, self), TAKE, _TAKE_PRIORITY)

    def prepare(self, md: Markdown, lines: list[str]) -> list[str]:
        """Return the text with its snippets, in which no placeholder is forged and code is out of reach."""
        self.origins, self.problems = [], []
        lines = _without_marks("\n".join(lines)).split("\n")
        if not ("snippet" in md.preprocessors or "critic" in md.preprocessors):
            return lines
        lines = shielded("\n".join(lines), self._options).split("\n")
        return self._with_snippets(md, lines) if "snippet" in md.preprocessors else lines

    def take(self, lines: list[str]) -> None:
        """Keep the text for the parser."""
        # Without a last line end, markdown-it 4 reads beyond the text: `> - <!--` and `>`, say.
        text = unshielded("\n".join(lines)).replace("\u0001", "\u0002").replace("\u0004", "\u0003")
        self.text = text if text.endswith("\n") else text + "\n"

    def _with_snippets(self, md: Markdown, lines: list[str]) -> list[str]:
        from coursekit.markdown.ecosystem.snippets import expand  # noqa: PLC0415 - few sites have snippets

        expansion = expand(lines, md.preprocessors["snippet"], self._guard)
        if expansion.lines != lines:
            self.origins = expansion.origins
        for line, mark in expansion.missing:
            message = messages.missing_snippet(mark)
            self.problems.append(Problem(self._options.first_line + line, message))
        return expansion.lines

    def _guard(self, text: str) -> str:
        return shielded(_without_marks(text), self._options)


def _without_marks(text: str) -> str:
    # A search for each is ten times as fast as one for all.
    return text.translate(_NO_PLACEHOLDER_MARKS) if any(mark in text for mark in _PLACEHOLDER_MARKS) else text


class _Prepare(Preprocessor):
    def __init__(self, md: Markdown, source: Source) -> None:
        super().__init__(md)
        self._markdown = md
        self._source = source

    def run(self, lines: list[str]) -> list[str]:
        return self._source.prepare(self._markdown, lines)


class _Take(Preprocessor):
    """Takes the text away; nothing is left for the preprocessors that follow."""

    def __init__(self, md: Markdown, source: Source) -> None:
        super().__init__(md)
        self._source = source

    def run(self, lines: list[str]) -> list[str]:
        self._source.take(lines)
        return []
