"""A file beside its repair: what would be written, and every way to tell it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coursekit import messages
from coursekit.encoding.prior import shipped_prior
from coursekit.encoding.raw import decode
from coursekit.encoding.values import Repair


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was found, and its repair."""

    path: Path  # as messages name it
    data: bytes  # what was read
    repair: Repair

    @property
    def repaired(self) -> bytes:
        """The bytes the file should have: its own when it is sound, or when it cannot be read."""
        if self.repair.unreadable or not (self.repair.changes or self.repair.transcoded):
            return self.data
        mark = "utf-8-sig" if self.repair.encoding == "utf-8-sig" else "utf-8"
        return self.repair.text.encode(mark)

    @property
    def differs(self) -> bool:
        """Whether the file should be written anew."""
        return self.repaired != self.data

    def summary(self, *, written: bool = False) -> str:
        """Say in one sentence what would change in a file that differs, or what did once it is written."""
        if written:
            encoding = self.repair.encoding if self.repair.transcoded else None
            return messages.repaired_file(len(self.repair.changes), encoding)
        if not self.repair.changes:
            return messages.transcoded_file(self.repair.encoding)
        return messages.would_repair(len(self.repair.lost), len(self.repair.changes))

    def difference(self) -> Iterator[str]:
        """Yield the lines of a unified diff of the text; none when only the encoding changes."""
        before = decode(self.data, shipped_prior()).text.split("\n")
        name = str(self.path)
        return difflib.unified_diff(before, self.repair.text.split("\n"), name, name, lineterm="")

    def explanations(self) -> Iterator[str]:
        """Yield a line for each change: its place, what it became and what it could have been."""
        for change in self.repair.changes:
            if change.lost:
                told = messages.explained_change(
                    change.before, change.after, change.confidence, change.candidates[1:]
                )
            else:
                told = messages.explained_strict_change(change.before, change.after)
            yield f"{self.path}:{change.line}: {told}"

    def as_json(self) -> dict[str, Any]:
        """Return all of it but the text, as JSON takes it."""
        return {
            "path": str(self.path),
            "encoding": self.repair.encoding,
            "differs": self.differs,
            "changes": [
                {
                    "line": change.line,
                    "before": change.before,
                    "after": change.after,
                    "candidates": list(change.candidates),
                    "confidence": round(change.confidence, 3),
                    "lost": change.lost,
                }
                for change in self.repair.changes
            ],
            "problems": [
                {"line": problem.line, "message": problem.message} for problem in self.repair.problems
            ],
        }
