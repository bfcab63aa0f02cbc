"""Dates: as French sentences have them, as front matter gives them, and the day of a build."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def in_french(day: date, *, today: date | None = None) -> str:
    """Return `12 novembre 2026`; without its year when that is today's."""
    number = "1er" if day.day == 1 else str(day.day)
    year = "" if today and today.year == day.year else f" {day.year}"
    return f"{number} {_MONTHS[day.month - 1]}{year}"


def read_date(value: object) -> date | None:
    """Return the day that a value of YAML, or an ISO 8601 text, stands for."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return datetime.fromisoformat(value.strip()).date() if isinstance(value, str) else None
    except ValueError:
        return None


def is_older(day: date, years: int, today: date) -> bool:
    """Tell whether a day lies more than that many years back."""
    return (day.year + years, day.month, day.day) < (today.year, today.month, today.day)


def build_day(environment: Mapping[str, str]) -> date:
    """Return the day of a build: SOURCE_DATE_EPOCH (https://reproducible-builds.org) if set, else today."""
    try:
        return datetime.fromtimestamp(int(environment["SOURCE_DATE_EPOCH"]), UTC).date()
    except (KeyError, ValueError, OverflowError, OSError):
        return datetime.now(UTC).date()
