"""Dates as French sentences have them."""

from __future__ import annotations

from datetime import date

_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def in_french(day: date, *, today: date | None = None) -> str:
    """Return `12 novembre 2026`; without its year when that is today's."""
    number = "1er" if day.day == 1 else str(day.day)
    year = "" if today and today.year == day.year else f" {day.year}"
    return f"{number} {_MONTHS[day.month - 1]}{year}"
