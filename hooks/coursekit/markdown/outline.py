"""What is known of a page before its elements are built: its directives, and the identifiers it gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from coursekit import messages
from coursekit.markdown.document import Directive
from coursekit.markdown.parser import Lines
from coursekit.markdown.tree import Tree


def note(tree: Tree, tokens: Sequence[Token]) -> None:
    """Note each directive; keep the author's identifiers from being given to headings that have none."""
    lines: dict[str, int] = {}  # of the first element of each identifier
    for token in tokens:
        if token.type == "directive_open":
            tree.document.directives.append(Directive(token.meta["name"], tree.line(token)))
        if not (token.attrs or token.meta or "{" in token.content):
            continue
        for identifier, line in _given(tree, token):
            if identifier in lines:
                tree.problem(line, messages.repeated_identifier(identifier, lines[identifier]))
            else:
                lines[identifier] = line
                tree.slugger.reserve(identifier)


def _given(tree: Tree, token: Token) -> Iterator[tuple[str, int]]:
    """Yield the identifiers that the author gives in a block token, and their lines."""
    identifier = token.attrs.get("id") or token.meta.get("attributes", {}).get("id")
    if identifier:
        yield str(identifier), tree.line(token)
    elif token.type == "inline" and "{" in token.content:
        lines = Lines(token, tree.options.first_line)
        for child in token.children or []:
            if "id" in child.attrs:
                yield str(child.attrs["id"]), lines.of(child)
