"""Objects that are given to somebody who is known to read some of them, and may read more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


class Reading:
    """What is known of all that is given, and whether more is read."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self.known: list[Any] = []
        self.is_more = False
        global _last  # noqa: PLW0603
        _last = self

    def note(self) -> None:
        """Note that more is read."""
        global _reads  # noqa: PLW0603
        self.is_more = True
        _reads += 1

    def watched(self, target: Any, names: tuple[str, ...], more: Mapping[str, Any] | None = None) -> Any:
        """Return an object to be given in the place of another: its attributes `names` are known then.

        Those of `more` may be read too; whoever gives them sees to it that they are known.
        """
        if target is None:
            self.known.append(None)
            return None
        known = {name: getattr(target, name, None) for name in names}
        self.known.append([known, bool(target)])
        return _Watched(target, known | dict(more or {}), self)


class _Watched:
    def __init__(self, target: Any, known: Mapping[str, Any], reading: Reading) -> None:
        vars(self).update(known, _target=target, _reading=reading)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._more(), name)

    def __getitem__(self, name: Any) -> Any:
        return self._more()[name]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._more())

    def __len__(self) -> int:
        return len(self._more())

    def __contains__(self, one: Any) -> bool:
        return one in self._more()

    def __str__(self) -> str:
        return str(self._more())

    def __bool__(self) -> bool:
        return bool(self._target)

    def __eq__(self, other: object) -> bool:
        return bool(self._more() == (other._more() if isinstance(other, _Watched) else other))

    def __hash__(self) -> int:
        return hash(self._target)

    def _more(self) -> Any:
        self._reading.note()
        return self._target


_reads = 0  # times that more was read
_last = Reading()


def reads() -> int:
    """Return how often more was read than is known, by anybody."""
    return _reads


def note() -> None:
    """Note that whoever reads now reads more: something that was written by reading more."""
    _last.note()
