"""Ask where the links of the course lead, remember it, and report what is broken: see `--help`."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tqdm import tqdm

from coursekit import messages as general
from coursekit.command_line import Parser
from coursekit.files import set_aside, write_atomically
from coursekit.links import messages
from coursekit.links.checking.check import Limits
from coursekit.links.checking.results import Result
from coursekit.links.checking.survey import Question, survey
from coursekit.links.history import due, ignores, ledger, night, shards
from coursekit.links.register import Registered, UnreadableRegisterError, load
from coursekit.links.reporting import findings
from coursekit.network.client import Client
from coursekit.network.crawl import Crawl, crawl

_PROGRAM = "check_links"
_USAGE = """\
%(prog)s [--shard K/N] [--fix] [options]
        %(prog)s --urls FICHIER [options]
        %(prog)s merge RÉSULTATS.json ... [--fix] [options]"""
_EPILOG = "Code de retour : 0 rien de cassé, 1 liens cassés, 2 mauvais usage, 3 réseau en panne."
_BAR = "{n_fmt} liens sur {total_fmt} |{bar}| encore {remaining}"
_REGISTER = Path("build/links.json")
_SITE = Path("site")
_LEDGER = Path("build/links-ledger.json")
_REPORT = Path("build/links-report")
_IGNORES = Path(".linkignore")

CLEAN, BROKEN, WRONG, NETWORK_DOWN, INTERRUPTED = 0, 1, 2, 3, 130


def _parser() -> Parser:
    parser = Parser(
        _PROGRAM,
        usage=_USAGE,
        description="Vérifie où mènent les liens : ceux du site construit, et ceux qui mènent à d'autres sites, "
        "avec la mémoire des nuits passées.",
        epilog=_EPILOG,
    )
    asked = parser.group("liens")
    asked.add_argument("parts", nargs="*", metavar="merge RÉSULTATS.json", help="réunit les parts de --shard")
    asked.add_argument("--urls", type=Path, metavar="FICHIER", help="une adresse par ligne, au lieu du cours")
    asked.add_argument("--shard", type=_shard, metavar="K/N", help="seulement la part K de N, par serveur")
    asked.add_argument("--all", action="store_true", help="même les liens bons il y a peu")
    network = parser.group("réseau")
    network.add_argument("--timeout", type=_positive, default=30.0, metavar="S", help="secondes par lien, 30 par défaut")
    network.add_argument("--rate", type=_positive, default=10.0, metavar="N", help="demandes par seconde à un serveur, 10 par défaut")
    network.add_argument("--ca-bundle", type=Path, metavar="PEM", help="autorités de certification en plus de celles du système")
    network.add_argument("--allow-private", action="store_true", help="demande aussi les adresses privées et locales")
    network.add_argument("--archive", action="store_true", help="cherche une copie archivée des liens cassés (archive.org)")
    memory = parser.group("mémoire")
    memory.add_argument("--ledger", type=Path, metavar="FICHIER", help=f"mémoire des nuits, {_LEDGER} par défaut")
    memory.add_argument("--nights", type=_count, metavar="N", help="nuits de suite avant de dire un lien cassé, 2 par défaut")
    memory.add_argument("--day", type=_day, metavar="AAAA-MM-JJ", help="compte cette nuit pour celle d'un autre jour")
    told = parser.group("sorties")
    told.add_argument("--report", type=Path, metavar="DOSSIER", help=f"rapport, {_REPORT} par défaut")
    told.add_argument("--json", type=Path, metavar="FICHIER", help="résultats en JSON (« - » : la sortie)")
    told.add_argument("--fix", action="store_true", help="écrit fix.patch, qui met à jour les liens déplacés")
    told.add_argument("-h", "--help", action="help", help="montre cette aide")
    return parser
