"""The words of a line, reduced so that French and English forms of one root meet."""

from __future__ import annotations

import re
import unicodedata

_ACCENT = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"[a-z][a-z0-9]+")
# A crude stem: long enough to tell roots apart, short enough to join « sécurité » and "security".
STEM_LENGTH = 6
_COMMONEST = (
    "au aux avec ce ces cette dans de des du elle en est et eux il ils je la le les leur lui ma mais me mes "
    "mon ne nos notre nous on ont ou par pas pour qu que qui sa se ses son sont sur ta te tes ton tu un une "
    "vos votre vous the of to in is an and or for from with your you it this that be are as at by can "
    "https http www com org html md fr io"
)
_STOP = frozenset(_COMMONEST.split())


def fold(text: str) -> str:
    """Return the text in lower case and without accents."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    return _ACCENT.sub("", decomposed)


def stems(text: str) -> frozenset[str]:
    """Return the stems of the words of a line, the commonest words left out."""
    return frozenset(word[:STEM_LENGTH] for word in _WORD.findall(fold(text)) if word not in _STOP)
