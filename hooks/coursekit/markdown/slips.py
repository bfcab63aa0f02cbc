"""What an author got wrong, as the parser's rules tell it."""

from __future__ import annotations

from markdown_it.utils import EnvType

from coursekit.problem import Problem


def line_of(env: EnvType, line: int) -> int:
    """Return the 1-based line in the author's file of a 0-based line of the parsed text."""
    first_line: int = env["options"].first_line
    return first_line + line


def tell(env: EnvType, line: int, message: str) -> None:
    """Note an author's mistake on a 0-based line of the parsed text."""
    env.setdefault("problems", []).append(Problem(line_of(env, line), message))
