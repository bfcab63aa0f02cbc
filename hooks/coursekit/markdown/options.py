"""What whoever embeds the front end may choose; an author needs none of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coursekit import messages
from coursekit.markdown.containers.callouts import Callouts
from coursekit.markdown.document import Measure, Observe, Resolve, as_written, unmeasured

if TYPE_CHECKING:
    from coursekit.markdown.diagrams import Diagram, Fault

# Settings that are no choices, but stages to ask or to tell; `callouts` is one once they are read.
NO_CHOICES = frozenset({"resolve", "measure", "draw", "observers", "callouts", "first_line"})
Draw = Callable[[str], "Diagram | Fault"]  # from Mermaid source


def drawn(source: str) -> Diagram | Fault:
    """Draw a diagram here and now: the `Draw` of a page that stands alone."""
    from coursekit.markdown import diagrams  # noqa: PLC0415 - what draws is not loaded before

    return diagrams.draw(source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The front end's choices for one page."""

    first_line: int = 1  # 1-based line of the author's file on which the text starts
    resolve: Resolve = as_written
    measure: Measure = unmeasured
    lazy_images: bool = False  # images load when a reader comes near them
    observers: Sequence[Observe] = ()
    typography: str = ""  # `french`: its spacing
    callouts: Callouts = field(default_factory=Callouts)
    draw: Draw = drawn

    def __post_init__(self) -> None:
        """Refuse what is no choice."""
        if self.typography not in ("", "french"):
            raise ValueError(messages.unknown_typography(self.typography))
