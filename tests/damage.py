"""Misreads sound text in the ways that course pages meet."""

from __future__ import annotations

from typing import Literal

Fill = Literal["c1", "", "\ufffd", "?"]  # what is put for a byte that the code page leaves undefined


def misread(text: str, codec: str, fill: Fill = "c1") -> str:
    """Return what UTF-8 text becomes when it is read as a single-byte code page."""
    shown = {
        byte: bytes([byte]).decode(codec, "ignore") or (chr(byte) if fill == "c1" else fill)
        for byte in range(256)
    }
    return text.encode().decode("latin-1").translate(shown)


def may_lose(char: str, codec: str) -> bool:
    """Tell whether a code page leaves a byte of this character undefined."""
    return any(not bytes([byte]).decode(codec, "ignore") for byte in char.encode() if byte > 0x7F)
