"""Work shared among processes that know all that this one knows, since they are forks of it."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

_FEWEST = 12  # items for which a second process is worth its start
_AT_ONCE = 4  # items that a process takes at once

T = TypeVar("T")
R = TypeVar("R")

_work: Callable[[int], object] | None = None


def forked(
    function: Callable[[T], R], items: Sequence[T], *, prepare: Callable[[], None] | None = None
) -> Iterator[R]:
    """Yield `function` of each item, in their order; nothing where other processes do not pay.

    `prepare` is called once before: what it loads is there for all. What the function changes is changed in
    another process, and lost; what it returns is pickled. Threads do not live on in a fork: a process that
    has several, such as a server, starts none.
    """
    processors = _processors()
    if processors < 2 or len(items) < _FEWEST or threading.active_count() > 1:
        return
    import multiprocessing  # noqa: PLC0415 - most builds have too few pages to render

    if "fork" not in multiprocessing.get_all_start_methods():
        return
    if prepare:
        prepare()
    global _work  # noqa: PLW0603 - forks find it here, whatever it encloses
    _work = lambda number: function(items[number])  # noqa: E731
    count = min(processors, len(items) // _AT_ONCE)
    with multiprocessing.get_context("fork").Pool(count, _leave_interrupts_to_the_first) as pool:
        yield from pool.imap(_do, range(len(items)), chunksize=_AT_ONCE)


def _leave_interrupts_to_the_first() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _do(number: int) -> object:
    assert _work is not None
    return _work(number)


def _processors() -> int:
    """Return how many processors this process may use: a container's share, not the machine's all."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
