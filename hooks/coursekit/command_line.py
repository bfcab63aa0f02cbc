"""Command lines in French: argparse, whose own sentences are English."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from typing import NoReturn

from coursekit import messages


class _Formatter(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = "usage : ",
    ) -> None:
        super().add_usage(usage, actions, groups, prefix)


class Parser(argparse.ArgumentParser):
    """A parser that ends a wrong use with one French sentence and code 2.

    What an option's value must be is said by its `type`, which raises argparse.ArgumentTypeError with a
    sentence of coursekit.messages; nothing is `required`, for argparse would say so in English.
    """

    def __init__(self, program: str, *, usage: str, description: str, epilog: str) -> None:
        super().__init__(
            prog=program,
            usage=usage,
            description=description,
            epilog=epilog,
            formatter_class=_Formatter,
            add_help=False,
            allow_abbrev=False,
            exit_on_error=False,
        )

    def group(self, title: str) -> argparse._ArgumentGroup:
        """Return a new group of options under a title of the help."""
        return self.add_argument_group(f"{title} ")  # argparse adds the colon

    def read(self, argv: Sequence[str] | None) -> argparse.Namespace:
        """Read a command line."""
        try:
            args, unknown = self.parse_known_intermixed_args(argv)
        except argparse.ArgumentError as error:
            self.error(_sentence(error))
        if unknown:
            self.error(messages.unknown_options(unknown))
        return args

    def error(self, message: str) -> NoReturn:
        """Show the usage and `message`, and end with code 2."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {message}\n")


def _sentence(error: argparse.ArgumentError) -> str:
    option = error.argument_name or ""
    if error.message.startswith("expected"):
        return messages.option_needs_value(option)
    if error.message.startswith("ignored explicit argument"):
        return messages.option_without_value(option)
    return f"{option} : {error.message}"
