"""The single-byte code pages UTF-8 is misread as, and which bytes each of them cannot hold.

Code pages that agree on what they share are one family: a character stands for one byte whichever of
them was used (Windows-1252, Windows-1254 and Latin-1 differ only where the others have nothing, or where
both readings name different characters: `ð` and `ğ` are both F0).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

# U+FFFD stands for a byte that the reader could not name; FF never occurs in UTF-8.
WILDCARD = 0xFF
NBSP = 0xA0

# First bytes of the UTF-8 sequences looked for: Latin, combining marks, Greek, Cyrillic; punctuation and
# symbols (E2), Vietnamese (E1), CJK punctuation (E3), private use (EE, EF, F3) and emoji (F0).
LEADS = bytes([0xC2, 0xC3, 0xC4, 0xC5, 0xC6, 0xC8, 0xCA, 0xCB, 0xCC, 0xCD, 0xCE, 0xCF, 0xD0, 0xD1]) + bytes(
    [0xE1, 0xE2, 0xE3, 0xEE, 0xEF, 0xF0, 0xF3]
)


def _forward(codec: str) -> tuple[str, ...]:
    """Return the character of each of the 256 bytes, an empty string where the code page has none."""
    return tuple(bytes([byte]).decode(codec, "ignore") for byte in range(256))


@dataclass(frozen=True)
class Family:
    """Code pages that share one way back from characters to bytes."""

    name: str
    codecs: tuple[str, ...]  # Python codec names

    @cached_property
    def forward(self) -> tuple[tuple[str, ...], ...]:
        """For each codec, the character of each byte; undefined bytes are empty."""
        return tuple(_forward(codec) for codec in self.codecs)

    @cached_property
    def to_byte(self) -> dict[int, int]:
        """Code point -> byte, for `str.translate`; C1 controls stand for themselves.

        Characters of Latin-1 that these code pages lack lead to what Latin-1 cannot encode.
        """
        table = {code: code for code in range(0x80, 0xA0)} | dict.fromkeys(range(0xA0, 0x100), 0xFFFF)
        for forward in self.forward:
            table.update(
                {ord(char): byte for byte, char in enumerate(forward) if char and 0x80 <= byte < 0xFF}
            )
        table[0xFFFD] = WILDCARD
        return table

    @cached_property
    def holes(self) -> frozenset[int]:
        """The bytes that one of the code pages has no character for."""
        return frozenset(byte for forward in self.forward for byte in range(0x80, 0x100) if not forward[byte])

    @property
    def has_no_break_space(self) -> bool:
        """Whether byte A0, the last of `à`, is a no-break space, which software likes to change."""
        return self.to_byte.get(NBSP) == NBSP

    def keeps_controls(self, text: str) -> bool:
        """Tell whether undefined bytes became C1 controls in `text`, so that none was lost."""
        return any(chr(byte) in text for byte in self.holes)

    def dropped(self, text: str) -> frozenset[int]:
        """Return the bytes that reading as this family may have lost from `text`.

        Only Windows-1252 and Latin-1 write F0 as `ð`, and a letter that the text shows was not lost.
        """
        if self.keeps_controls(text):
            return frozenset()
        shown = {byte for byte in self.holes if any(char in text for char in self.shown_as(byte))}
        return self.holes - shown - ({0x8E, 0x9E} if self is WESTERN and "ð" in text else set())

    def shown_as(self, byte: int) -> str:
        """Return every character that this byte may be seen as."""
        control = {chr(byte)} if byte < NBSP else set()
        return "".join({forward[byte] for forward in self.forward} | control)

    @cached_property
    def torn_emoji(self) -> re.Pattern[str] | None:
        """Pattern of what is left of most emoji that lost a byte; only Western code pages lose it."""
        if self is not WESTERN:
            return None
        tail = "".join(re.escape(char) for byte in range(0x80, 0xC0) for char in self.shown_as(byte))
        return re.compile(f"[{self.shown_as(0xF0)}][{re.escape(self.shown_as(0x9F))}][{tail}]")

    @cached_property
    def sequence(self) -> re.Pattern[str]:
        """Pattern of a whole UTF-8 sequence read as this family."""
        lead = {byte: "".join(re.escape(char) for char in self.shown_as(byte)) for byte in LEADS}
        tail = "[" + "".join(re.escape(c) for byte in range(0x80, 0xC0) for c in self.shown_as(byte)) + "]"
        two, three, four = (
            "".join(lead[byte] for byte in LEADS if low <= byte <= high)
            for low, high in ((0xC2, 0xDF), (0xE0, 0xEF), (0xF0, 0xF4))
        )
        return re.compile(f"[{four}]{tail}{{3}}|[{three}]{tail}{{2}}|[{two}]{tail}")


WESTERN = Family("western", ("cp1252", "cp1254", "latin-1"))
FAMILIES = (
    WESTERN,
    Family("cp1250", ("cp1250",)),
    Family("cp1251", ("cp1251",)),
    Family("cp437", ("cp437",)),
    Family("cp850", ("cp850",)),
    Family("mac_roman", ("mac_roman",)),
)
