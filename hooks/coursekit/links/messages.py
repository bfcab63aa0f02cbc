"""Every French sentence of the link checker: evidence, report, command."""

from __future__ import annotations
