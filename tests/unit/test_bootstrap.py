"""scripts/bootstrap.sh with made-up interpreters: what it chooses, says, installs and remembers."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent.parent.parent / "scripts" / "bootstrap.sh"

# A Python that answers the script's questions, makes a venv that holds itself, and logs what pip is asked.
FAKE_PYTHON = """#!/bin/sh
case "$*" in
*ensurepip*) exit {without_venv} ;;
*"sys.exit(sys.version_info"*) exit {too_old} ;;
*'"%d.%d"'*) echo {version} ;;
*"version_info[:2]"*) echo "{version}" ;;
"-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
"-m pip "*) echo "$*" >>"$PWD/pip.log"; [ ! -e "$PWD/no-network" ] ;;
*) echo "unexpected: $*" >&2; exit 70 ;;
esac
"""


class Machine:
    """A project folder, and a PATH that has nothing but a few system tools and made-up Pythons."""

    def __init__(self, folder: Path) -> None:
        self.bin = folder / "bin"
        self.project = folder / "my courses"  # the blank is on purpose
        for new in (self.bin, self.project / "scripts", self.project / "requirements"):
            new.mkdir(parents=True)
        for tool in ("sh", "cat", "cmp", "cp", "dirname", "mkdir", "rm"):
            (self.bin / tool).symlink_to(str(shutil.which(tool)))
        shutil.copy(SCRIPT, self.project / "scripts")
        for name in ("pyproject.toml", "requirements/site.lock", "requirements/dev.lock"):
            (self.project / name).write_text(f"{name}, first version\n", encoding="utf-8")

    def add_python(
        self, name: str, version: str, *, too_old: bool = False, without_venv: bool = False
    ) -> None:
        answers = {"version": version, "too_old": int(too_old), "without_venv": int(without_venv)}
        self.add_command(name, FAKE_PYTHON.format_map(answers))

    def add_command(self, name: str, script: str) -> None:
        path = self.bin / name
        path.write_text(script, encoding="utf-8")
        path.chmod(0o755)

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.bin / "sh"), "scripts/bootstrap.sh", *arguments],
            cwd=self.project,
            env={"PATH": str(self.bin), "LANG": os.environ.get("LANG", "C.UTF-8"), **environment},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def pip_calls(self) -> int:
        log = self.project / "pip.log"
        return len(log.read_text(encoding="utf-8").splitlines()) if log.exists() else 0


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_first_python_that_fits_is_chosen(machine: Machine) -> None:
    machine.add_command("python3", "#!/bin/sh\necho 'shim: python3: command not found' >&2\nexit 127\n")
    machine.add_python("python3.14", "3.14", without_venv=True)
    machine.add_python("python3.12", "3.12")
    machine.add_python("python3.11", "3.11")
    assert machine.run("python").stdout == "python3.12\n"


@pytest.mark.parametrize(
    ("python", "version", "flags", "said"),
    [
        pytest.param("python3", "3.8", {"too_old": True}, " ; trop ancien : python3 (3.8).\n", id="too old"),
        pytest.param(
            "python3",
            "3.11",
            {"without_venv": True},
            "sudo apt install python3.11-venv",
            id="Debian without venv",
        ),
        pytest.param("python2", "2.7", {"too_old": True}, " ; aucun ne répond parmi : python3 ", id="none"),
    ],
)
def test_no_usable_python_is_told_with_its_remedy(
    machine: Machine, python: str, version: str, flags: dict[str, bool], said: str
) -> None:
    machine.add_python(python, version, **flags)
    done = machine.run("site")
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert not (machine.project / ".venv").exists()


def test_wrong_python_variable_is_told_even_when_venv_is_there(machine: Machine) -> None:
    machine.add_python("python3", "3.11")
    machine.add_python("python3.8", "3.8", too_old=True)
    assert machine.run("site").returncode == 0
    done = machine.run("site", PYTHON="python3.8")
    assert done.returncode == 1
    assert "trop ancien : python3.8 (3.8)" in done.stderr


def test_second_run_installs_nothing_and_says_nothing(machine: Machine) -> None:
    machine.add_python("python3", "3.11")
    first = machine.run("site")
    assert (first.returncode, first.stderr, machine.pip_calls()) == (0, "", 2)
    second = machine.run("site")
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert machine.pip_calls() == 2


def test_dev_brings_what_site_needs(machine: Machine) -> None:
    machine.add_python("python3", "3.11")
    machine.run("dev")
    calls = machine.pip_calls()
    machine.run("site")
    assert machine.pip_calls() == calls


def test_only_locked_and_hashed_packages_are_fetched(machine: Machine) -> None:
    machine.add_python("python3", "3.11")
    machine.run("site")
    packages, project = (machine.project / "pip.log").read_text(encoding="utf-8").splitlines()
    assert {"--require-hashes", "--requirement", "requirements/site.lock"} <= set(packages.split())
    assert {"--no-index", "--no-deps", "--no-build-isolation", "--editable"} <= set(project.split())


@pytest.mark.parametrize("changed", ["requirements/site.lock", "pyproject.toml"])
def test_changed_file_installs_again(machine: Machine, changed: str) -> None:
    machine.add_python("python3", "3.11")
    machine.run("site")
    (machine.project / changed).write_text("second version\n", encoding="utf-8")
    machine.run("site")
    assert machine.pip_calls() == 4


def test_moved_folder_installs_again(machine: Machine) -> None:
    machine.add_python("python3", "3.11")
    machine.run("site")
    machine.project = machine.project.rename(machine.project.with_name("moved"))
    machine.run("site")
    assert machine.pip_calls() == 4


def test_failed_installation_is_begun_afresh(machine: Machine) -> None:
    machine.add_python("python3", "3.11")
    (machine.project / "no-network").touch()
    failed = machine.run("site")
    assert failed.returncode == 1
    assert "L'installation a échoué" in failed.stderr
    assert not (machine.project / ".venv" / "site.stamp").exists()
    (machine.project / "no-network").unlink()
    again = machine.run("site")
    assert "il est refait" in again.stdout
    assert (again.returncode, machine.pip_calls()) == (0, 3)


def test_venv_whose_python_is_gone_is_made_again(machine: Machine) -> None:
    machine.add_python("python3", "3.11")
    machine.run("site")
    python = machine.project / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python3.11")
    again = machine.run("site")
    assert "il est refait" in again.stdout
    assert (again.returncode, machine.pip_calls()) == (0, 4)


def test_other_python_asked_for_makes_venv_again(machine: Machine) -> None:
    machine.add_python("python3", "3.11")
    machine.add_python("python3.13", "3.13")
    machine.run("site")
    again = machine.run("site", PYTHON="python3.13")
    assert "avec python3.13" in again.stdout
    assert machine.run("site", PYTHON="python3.13").stdout == ""


def test_unknown_level_is_wrong_use(machine: Machine) -> None:
    assert machine.run("everything").returncode == 2
