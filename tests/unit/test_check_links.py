"""The command `scripts/check_links.py`, against a small web on the loopback interface."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from coursekit.links import registered
from coursekit.links.history import ledger
from coursekit.links.registered import Occurrence, Registered
from tests.links.web import NOT_FOUND, Asked, Reply, Web, html, sent, served

SCRIPT = Path(__file__).parents[2] / "scripts/check_links.py"
HOSTS = tuple(f"127.0.8.{number}" for number in range(1, 9))


def answer(host: str, asked: Asked) -> Reply:
    """A host that lives, with a page that moved and one that is gone."""
    if asked.path.startswith("/moved"):
        return sent("/new")
    if asked.path.startswith(("/gone", "/robots.txt")):
        return NOT_FOUND
    return html("Cours", '<h2 id="fin">Fin</h2>')


@pytest.fixture
def web() -> Iterator[Web]:
    with served(answer, HOSTS) as web:
        yield web


class Run:
    """A folder in which the command runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def course(self, *urls: str) -> None:
        """Write what a build tells: a page with these links, one a line from line 3 on."""
        links = tuple(
            Occurrence("docs/tp/a.md", line, url, "texte", "link", "tp/a/", "tp")
            for line, url in enumerate(urls, 3)
        )
        (self.folder / "build").mkdir(exist_ok=True)
        (self.folder / "build/links.json").write_text(registered.dump(Registered("", links)), "utf-8")

    def urls(self, *urls: str) -> Path:
        file = self.folder / "urls.txt"
        file.write_text("".join(f"{url}\n" for url in urls), "utf-8")
        return file

    def __call__(self, *arguments: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments),
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
            **more,
        )

    def command(self, *arguments: str | Path) -> list[str]:
        fast = ("--allow-private", "--rate", "1000", "--timeout", "5")
        return [sys.executable, str(SCRIPT), *fast, *map(str, arguments)]

    def json(self, name: str) -> Any:
        return json.loads((self.folder / name).read_text("utf-8"))


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run(tmp_path)


def test_a_list_of_addresses(web: Web, run: Run) -> None:
    urls = [web.url(path, HOSTS[0]) for path in ("/b", "/moved", "/a#fin", "/gone")]
    done = run("--urls", run.urls(*urls, urls[0], ""), "--json", "out.json")
    assert done.returncode == 1, done.stderr
    rows = run.json("out.json")
    assert [(row["url"], row["verdict"]) for row in rows] == list(
        zip(urls, ("ok", "redirected", "ok", "broken"), strict=True)
    )
    assert {"url", "verdict", "status", "final_url", "suggestion", "evidence"} <= rows[0].keys()
    assert rows[1]["suggestion"] == web.url("/new", HOSTS[0])
    assert f"cassé : {urls[3]} ; répond 404" in done.stdout
    assert not list(run.folder.glob("build*"))  # no memory, no report: nobody asked for any
    assert "\x1b" not in done.stdout + done.stderr


def test_a_link_is_reported_after_two_nights(web: Web, run: Run) -> None:
    dead, moved = web.url("/gone", HOSTS[0]), web.url("/moved", HOSTS[1])
    run.course(dead, moved)
    first = run("--day", "2026-11-22")
    assert first.returncode == 0
    assert f"docs/tp/a.md:3: cassé, à confirmer la nuit prochaine : {dead}" in first.stdout
    again = run("--day", "2026-11-22")
    assert again.returncode == 0  # the same night
    second = run("--day", "2026-11-23")
    assert second.returncode == 1
    assert f"docs/tp/a.md:3: cassé : {dead} ; répond 404" in second.stdout
    report = (run.folder / "build/links-report/report.md").read_text("utf-8")
    assert "cassé depuis le 22 novembre 2026 (2 nuits de suite)" in report
    known = ledger.load((run.folder / "build/links-ledger.json").read_bytes())
    assert known[dead].failures == 2
    assert known[moved].suggestion == web.url("/new", HOSTS[1])


def test_healthy_links_have_nights_off(web: Web, run: Run) -> None:
    run.course(web.url("/a", HOSTS[0]), web.url("/gone", HOSTS[0]))
    run("--day", "2026-11-22")
    run("--day", "2026-11-23")
    assert web.asked[f"{HOSTS[0]}/a"] == 1
    assert web.asked[f"{HOSTS[0]}/gone"] == 2
    run("--day", "2026-11-23", "--all")
    assert web.asked[f"{HOSTS[0]}/a"] == 2


def test_a_dead_network_counts_for_nothing(web: Web, run: Run) -> None:
    run.course(*(web.url("/a", host) for host in HOSTS))
    assert run("--day", "2026-11-01").returncode == 0
    before = (run.folder / "build/links-ledger.json").read_bytes()
    run.course(*(f"http://{host}:9/a" for host in HOSTS), *(f"http://127.0.8.{n}:9/" for n in range(20, 30)))
    done = run("--day", "2026-11-20")
    assert done.returncode == 3
    assert "réseau de cette machine est en panne" in done.stderr
    assert (run.folder / "build/links-ledger.json").read_bytes() == before


def test_shards_make_one_night(web: Web, run: Run) -> None:
    run.course(*(web.url(path, host) for host in HOSTS for path in ("/a", "/gone")))
    for number in (1, 2, 3):
        done = run("--shard", f"{number}/3", "--json", f"{number}.json")
        assert (done.returncode, done.stderr) == (0, "")
    assert not (run.folder / "build/links-ledger.json").exists()
    assert sum(len(run.json(f"{number}.json")) for number in (1, 2, 3)) == 16
    assert set(web.asked.values()) == {1}
    done = run("merge", "1.json", "2.json", "3.json", "--nights", "1")
    assert done.returncode == 1
    assert done.stdout.count("répond 404") == len(HOSTS)


@pytest.mark.parametrize(
    ("ledger_text", "reason"),
    [
        ("{", "ce n'est pas du JSON"),
        ('{"schema": 99, "links": []}', "écrit par une version plus récente (schéma 99)"),
    ],
)
def test_an_unreadable_ledger_is_kept_aside(web: Web, run: Run, ledger_text: str, reason: str) -> None:
    run.course(web.url("/a", HOSTS[0]))
    file = run.folder / "build/links-ledger.json"
    file.write_text(ledger_text, "utf-8")
    done = run()
    assert done.returncode == 0
    assert reason in done.stderr
    [aside] = file.parent.glob("links-ledger.json.*")
    assert aside.read_text("utf-8") == ledger_text
    assert len(ledger.load(file.read_bytes())) == 1


@pytest.fixture
def interrupts() -> Iterator[None]:
    """Have commands take Ctrl-C, even where the tests themselves were started in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interrupts")
def test_ctrl_c_writes_what_is_known(web: Web, run: Run) -> None:
    run.course(web.url("/a", HOSTS[0]), web.url("/held", HOSTS[0]))
    command = run.command("--json", "out.json", "--rate", "2")  # `/held` is asked half a second after `/a`
    with subprocess.Popen(command, cwd=run.folder, stderr=subprocess.PIPE, text=True) as process:
        assert web.waiting.wait(20)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=20)
    assert process.returncode == 130, told
    assert "interrompu : 1 liens sur 2 vérifiés" in told
    assert [row["verdict"] for row in run.json("out.json")] == ["ok"]
    assert len(ledger.load((run.folder / "build/links-ledger.json").read_bytes())) == 1


def test_a_kill_leaves_a_readable_ledger(web: Web, run: Run) -> None:
    run.course(web.url("/a", HOSTS[0]), web.url("/held", HOSTS[1]))
    web.held.set()
    run("--day", "2026-11-01")
    before = (run.folder / "build/links-ledger.json").read_bytes()
    web.held.clear()
    web.waiting.clear()
    with subprocess.Popen(run.command("--day", "2026-11-20"), cwd=run.folder) as process:
        assert web.waiting.wait(20)
        process.kill()
    assert (run.folder / "build/links-ledger.json").read_bytes() == before


def test_a_full_disk_keeps_the_ledger(web: Web, run: Run) -> None:
    run.course(*(web.url(f"/{number}", HOSTS[0]) for number in range(20)))
    run("--day", "2026-11-01")
    before = (run.folder / "build/links-ledger.json").read_bytes()

    # No file may grow beyond four blocks, which is how a full disk shows itself.
    limited = ["sh", "-c", 'ulimit -f 4; exec "$@"', "sh", *run.command("--day", "2026-11-20")]
    done = subprocess.run(limited, cwd=run.folder, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "accès impossible" in done.stderr
    assert "Traceback" not in done.stderr
    assert (run.folder / "build/links-ledger.json").read_bytes() == before


def test_a_folder_that_cannot_be_written_is_told(web: Web, run: Run) -> None:
    run.course(web.url("/a", HOSTS[0]))
    (run.folder / "file").touch()
    done = run("--report", "file/report")
    assert done.returncode == 2
    assert "accès impossible" in done.stderr


def test_ten_thousand_links_on_one_host(web: Web, run: Run) -> None:
    urls = [web.url(f"/{number}", HOSTS[0]) for number in range(10_000)]
    done = run("--urls", run.urls(*urls), "--json", "out.json", "--rate", "80000")
    assert done.returncode == 0, done.stderr
    assert {row["verdict"] for row in run.json("out.json")} == {"ok"}
    assert web.at_once[HOSTS[0]] <= 10


def test_private_addresses_are_not_asked(web: Web, run: Run) -> None:
    file = run.urls(web.url("/a", HOSTS[0]))
    command = [sys.executable, str(SCRIPT), "--urls", str(file), "--json", "-"]
    done = subprocess.run(command, cwd=run.folder, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0
    [row] = json.loads(done.stdout)
    assert (row["verdict"], row["cause"]) == ("ignored", "private")
    assert not web.asked


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--urls", "nulle-part.txt"], "chemin introuvable : nulle-part.txt"),
        (["--timeout", "0"], "n'est pas un nombre de secondes"),
        (["--timeout"], "veut une valeur"),
        (["--shard", "4/3", "--json", "x"], "n'est pas une part K/N"),
        (["--shard", "1/3"], "--shard ne va qu'avec --json"),
        (["mergue", "a.json"], "« mergue » est de trop"),
        (["merge"], "merge veut au moins un fichier"),
        (["--plus-vite"], "option inconnue : --plus-vite"),
        ([], "construisez d'abord le site"),
    ],
)
def test_wrong_use(run: Run, arguments: list[str], told: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_ignored_links(web: Web, run: Run) -> None:
    run.course(web.url("/gone", HOSTS[0]), web.url("/a", HOSTS[1]))
    (run.folder / ".linkignore").write_text(
        f"{HOSTS[0]}:{web.port}/gone  # en travaux\nexample.org\n", "utf-8"
    )
    done = run("--nights", "1")
    assert done.returncode == 0
    assert ".linkignore:2: « example.org » ne correspond à aucun lien" in done.stdout
    assert f"{HOSTS[0]}/gone" not in web.asked


def test_moved_links_are_mended_by_a_patch(web: Web, run: Run) -> None:
    old = web.url("/moved", HOSTS[0])
    source = run.folder / "docs/tp/a.md"
    source.parent.mkdir(parents=True)
    source.write_text(f"# A\n\n[tp]({old}) `{old}`\n", "utf-8")
    run.course(old)
    done = run("--fix")
    assert done.returncode == 0
    assert "git apply build/links-report/fix.patch" in done.stdout
    subprocess.run(["git", "apply", "build/links-report/fix.patch"], cwd=run.folder, check=True)
    assert source.read_text("utf-8") == f"# A\n\n[tp]({web.url('/new', HOSTS[0])}) `{old}`\n"


def test_the_report_in_all_its_forms(web: Web, run: Run) -> None:
    run.course(web.url("/gone", HOSTS[0]), web.url("/a", HOSTS[1]))
    assert run("--nights", "1").returncode == 1
    folder = run.folder / "build/links-report"
    assert sorted(path.name for path in folder.iterdir()) == [
        "junit.xml",
        "report.json",
        "report.md",
        "report.sarif",
    ]
    [result] = run.json("build/links-report/report.sarif")["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 3
    suite = ElementTree.parse(folder / "junit.xml").getroot()
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")


def test_a_terminal_shows_how_far_one_is(web: Web, run: Run) -> None:
    file = run.urls(*(web.url(f"/{number}", HOSTS[0]) for number in range(30)))
    terminal, behind = pty.openpty()
    termios.tcsetwinsize(behind, (24, 80))
    command = run.command("--urls", file)
    subprocess.run(command, cwd=run.folder, stderr=behind, stdout=subprocess.DEVNULL, check=True)
    os.close(behind)
    bar = os.read(terminal, 100_000).decode()
    os.close(terminal)
    assert "0 liens sur 30 |" in bar


def test_help_is_in_french(run: Run) -> None:
    done = run("--help")
    assert done.returncode == 0
    assert done.stdout.startswith("usage : check_links ")
    titles = re.findall(r"^(\S.*?) ?:$", done.stdout, re.MULTILINE)
    assert titles == ["liens", "réseau", "mémoire", "sorties"]
