"""The one piece of `coursekit` that touches the disk: how hooks and scripts write files that must survive.

Engines take and return texts; whoever calls them reads, writes and sets aside files with this.
"""

from __future__ import annotations

import os
import secrets
from datetime import date
from itertools import count
from pathlib import Path

State = tuple[int, int, int]  # time of the last change of a file in nanoseconds, size in bytes, inode


def write_atomically(path: Path, text: str | bytes, *, lasting: bool = True) -> None:
    """Write a file (text as UTF-8): readers find the old one or the new one, whole, whatever happens.

    Makes the folder where it is missing. A symbolic link stays one. Raises OSError, and UnicodeEncodeError
    for lone surrogates; the old file is then as it was, and nothing is left beside it. A process killed
    meanwhile leaves a hidden `.part` file beside it. What is not `lasting`, since it can be made
    again, may be lost in a power cut.
    """
    data = text.encode() if isinstance(text, str) else text
    target = Path(os.path.realpath(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{secrets.token_hex(8)}.part")  # two writers never share one
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            if lasting:
                os.fsync(file.fileno())  # else a power cut could leave the new name on an empty file
        part.replace(target)
    except BaseException:  # Ctrl-C too
        part.unlink(missing_ok=True)
        raise


def has_utf8_name(path: str | Path) -> bool:
    """Tell whether a path is text: Python reads what is none as lone surrogates."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def state(path: str | Path) -> State | None:
    """Return what changes with a file, whoever changes it; None where there is none."""
    try:
        known = os.stat(path, follow_symlinks=False)  # noqa: PTH116 - of thousands, at each build
    except OSError:
        return None
    return known.st_ctime_ns, known.st_size, known.st_ino


def set_aside(path: Path, day: date) -> Path:
    """Rename a file that cannot be read to a name that says when, and return that; raises OSError.

    `links-ledger.json` becomes `links-ledger.json.2026-11-23`, the next one of that day ends in `.2`.
    """
    dated = path.with_name(f"{path.name}.{day.isoformat()}")
    names = (dated if number == 1 else dated.with_name(f"{dated.name}.{number}") for number in count(1))
    free = next(name for name in names if not name.exists())
    return path.rename(free)
