"""The zip: the same bytes for the same files, on every day and every machine."""

from __future__ import annotations

import re
import time
import zipfile
from collections.abc import Mapping
from io import BytesIO
from unicodedata import normalize

_FIRST, _LAST = 315532800, 4354819198  # seconds since 1970: what the format's dates reach, 1980 to 2107
_MODE = 0o100644 << 16
_UNIX = 3
_LIKE_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l"})


def slug(name: str) -> str:
    """Return a name for a file and a folder, in ASCII: « Cours d'été » is `cours-d-ete`."""
    plain = normalize("NFKD", name.lower().translate(_LIKE_LETTERS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-") or "site"


def pack(files: Mapping[str, bytes], folder: str, epoch: int) -> bytes:
    """Return the zip of `files`, by their paths, in one folder; `epoch` is their date, seconds since 1970."""
    date = time.gmtime(min(max(epoch, _FIRST), _LAST))[:6]
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(f"{folder}/{path}", date)
            entry.create_system, entry.external_attr = _UNIX, _MODE
            archive.writestr(entry, files[path], zipfile.ZIP_DEFLATED)
    return packed.getvalue()
