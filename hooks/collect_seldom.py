"""Python's search for garbage in cycles, made less often: it took a thirteenth of a build's time.

Pages are rendered into large trees that live until their page is done, and the search went through them again
and again. What is in no cycle is freed at once, as ever. As Python ends, which took a tenth of the time of a
build that redoes nothing, it searches what a whole site consists of once more, in vain.
"""

from __future__ import annotations

import atexit
import gc

_MORE_OBJECTS = 10_000  # between two searches; by default 700
_before = gc.get_threshold()


def on_startup(command: str, dirty: bool) -> None:
    """Have Python wait longer."""
    global _before  # noqa: PLW0603
    _before = gc.get_threshold()
    gc.set_threshold(_MORE_OBJECTS, *_before[1:])
    atexit.register(gc.freeze)  # nothing that lives then is searched


def on_shutdown() -> None:
    """Leave everything as it was, to whoever goes on in this process."""
    gc.set_threshold(*_before)
