"""Pele, a Mermaid renderer in plain JavaScript, run by QuickJS inside this process.

Chosen by eye and by measure over 111 diagrams of real courses and 44 of every kind: Pele draws what Mermaid
accepts and refuses what it refuses, with the line; its SVG is small (4 KB a diagram), holds real text, no
identifiers, and each colour's role. `merman` and `mmdr` refuse 4 of the 111, clip labels, and write 40 KB in
one fixed palette; Mermaid itself under a simulated browser (`mermaidx`) takes seconds a diagram. PyPI
`mermaid-render` wraps an older Pele, with its colours fixed, behind six dependencies.
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import _quickjs  # type: ignore[import-not-found]

Kind = str  # Pele's name of a kind of diagram: flowchart, sequence, class, …
Cause = Literal["syntax", "unknown", "limit"]

# Bounds of one diagram.
_SECONDS = 10  # of processor time; the slowest diagram within the other bounds took 2.3
_MEMORY = 256 * 2**20  # bytes
_STACK = 256 * 2**10  # bytes; deeper recursion is an error in JavaScript, never in the process
_LONGEST_SVG = 1_000_000  # characters

_CAUSES: dict[str, Cause] = {"unsupported-diagram": "unknown", "limit": "limit"}
_local = threading.local()  # a QuickJS context belongs to the thread that made it


class Drawing(NamedTuple):
    """What Pele drew."""

    kind: Kind
    width: float  # natural size, in CSS pixels at a text of 16
    height: float
    svg: str  # with Pele's own CSS variables


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a diagram is not drawn."""

    cause: Cause
    line: int = 0  # 1-based line of the source; 0: the diagram as a whole


def render(source: str) -> Drawing | Fault:
    """Have Pele draw `source`; QuickJS bounds its time, memory and stack."""
    # The package `quickjs` around it starts a thread, and no process that has several is forked.
    import _quickjs  # noqa: PLC0415 - most pages have no diagram

    context = _context()
    try:
        reply = json.loads(context.eval(f"draw({json.dumps(source)}, {_LONGEST_SVG})"))
    except _quickjs.JSException:  # out of time or memory: the context may be left in any state
        del _local.context
        return Fault("limit")
    if cause := reply.get("fault"):
        return Fault(_CAUSES.get(cause, "syntax"), reply["line"])
    return Drawing(**reply)


def prepare() -> None:
    """Have QuickJS read Pele now (0.1 s), so that forks of this process need not."""
    _context()


def _context() -> _quickjs.Context:
    """Return the thread's context, made on first use."""
    import _quickjs  # noqa: PLC0415

    if not hasattr(_local, "context"):
        context = _quickjs.Context()
        context.set_memory_limit(_MEMORY)
        context.set_max_stack_size(_STACK)
        folder = resources.files(__package__)
        context.eval((folder / "pele.global.js").read_text(encoding="utf-8"))
        context.eval(f"const widths = {(folder / 'inter-widths.json').read_text(encoding='utf-8')}")
        context.eval((folder / "draw.js").read_text(encoding="utf-8"))
        context.set_time_limit(_SECONDS)  # of each call from here on
        _local.context = context
    context = _local.context
    assert isinstance(context, _quickjs.Context)
    return context
