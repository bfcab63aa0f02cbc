"""Links of a course: where they lead, inside the site and out of it."""

from coursekit.links.register import LinkedPage, Occurrence, Register
from coursekit.links.targets import Site

__all__ = ["LinkedPage", "Occurrence", "Register", "Site"]
