"""A value that a page may show: made when it is written, told beforehand by what it would be made from."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Generic, TypeVar

T = TypeVar("T")


class Deferred(Generic[T]):
    """A value, once somebody asks for it."""

    def __init__(self, key: object, make: Callable[[], T]) -> None:
        """`key` is the same only where the value is; where it is another, the value may be the same."""
        self.key = key
        self._make = make

    @cached_property
    def value(self) -> T:
        """The value, made once."""
        return self._make()
