"""What is asked while a page is rendered, and what was answered: asked again, it tells what has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

Asked = tuple[str, Any, Any]  # whom, question, answer


class Interview:
    """Passes questions on, and notes the answers; JSON gives both back as they are."""

    def __init__(self, answers: Mapping[str, Callable[[Any], Any]]) -> None:
        """`answers` holds who answers, by name."""
        self.asked: list[Asked] = []
        self._answers = answers

    def ask(self, whom: str, question: Any) -> Any:
        """Return the answer, and note it."""
        answer = self._answers[whom](question)
        self.asked.append((whom, question, answer))
        return answer

    def is_same(self, asked: Iterable[Asked]) -> bool:
        """Ask the same again; tell whether the answers are the same."""
        return all(self._answers[whom](question) == answer for whom, question, answer in asked)
