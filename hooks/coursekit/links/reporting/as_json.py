"""The report as data, for the next build's page and for programs: report.json."""

from __future__ import annotations

from coursekit.links import messages
from coursekit.links.history import rows
from coursekit.links.history.rows import UnusableFileError
from coursekit.links.reporting.findings import Counts, Finding, InsideFinding, Place, Report, Warned

SCHEMA = 1  # raised when a field changes its meaning

_TABLES = {"night": Counts, "findings": Finding, "places": Place, "inside": InsideFinding, "ignores": Warned}


def dump(report: Report) -> str:
    """Return the report as JSON text."""
    return rows.dump(
        SCHEMA,
        night=[report.counts],
        findings=report.findings,
        places=report.places,
        inside=report.inside,
        ignores=report.warned,
    )


def load(data: str | bytes) -> Report:
    """Return the report that `dump` wrote; raises UnusableFileError, and nothing else."""
    tables = rows.load_tables(data, schema=SCHEMA, kinds=_TABLES)
    if len(tables["night"]) != 1:
        raise UnusableFileError(messages.not_ours())
    return Report(
        tables["night"][0],
        tuple(tables["findings"]),
        tuple(tables["places"]),
        tuple(tables["inside"]),
        tuple(tables["ignores"]),
    )
