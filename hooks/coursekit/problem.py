"""What an author should mend, and where: the value every engine returns beside its result."""

from __future__ import annotations

import os
from typing import NamedTuple


class Problem(NamedTuple):
    """One thing to mend in one file."""

    line: int  # 1-based line in the author's file, front matter counted; 0: the file as a whole
    message: str  # one French sentence, from coursekit.messages

    def at(self, path: str) -> str:
        """Return `path:line: message`, the form editors and terminals make clickable."""
        place = f"{path}:{self.line}" if self.line else path
        return f"{place}: {self.message}"


class UnusableSettingError(ValueError):
    """A setting of mkdocs.yml that cannot be followed, told in one sentence from coursekit.messages."""


def source_path(docs_dir: str, src_uri: str) -> str:
    """Return a source's path as its author sees it: `docs/kubernetes/tp.md`, wherever `docs_dir` is."""
    return f"{docs_dir.rstrip(os.sep).rpartition(os.sep)[2]}/{src_uri}"
