"""`mkdocs serve` shows what has changed: pages, the theme's overrides, hooks."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from urllib.request import urlopen

import pytest

from tests.conftest import ROOT
from tests.incremental import Project

_LONGEST = 240  # seconds that a test may take, however busy the machine


class Served:
    """A project that is served, and what the server says."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self._process = process
        self.address = address

    def wait_for(self, words: str) -> list[str]:
        """Return what is said until a line has these words."""
        assert self._process.stderr is not None
        said: list[str] = []
        for line in self._process.stderr:
            said.append(line.rstrip())
            if words in line:
                return said
        raise AssertionError(said)

    def page(self, url: str) -> str:
        with urlopen(f"{self.address}/{url}", timeout=_LONGEST) as answer:
            return str(answer.read().decode())


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    (tmp_path / "hooks").unlink()
    shutil.copytree(ROOT / "hooks", tmp_path / "hooks", ignore=shutil.ignore_patterns("__pycache__", "fonts"))
    (tmp_path / "mkdocs.yml").write_text(project.settings, encoding="utf-8")
    return project


@contextmanager
def serving(project: Project) -> Iterator[Served]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", place]
    process = subprocess.Popen(
        command,
        cwd=project.folder,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "SITE_URL": "", "PYTHONUNBUFFERED": "1"},
        stderr=subprocess.PIPE,
        text=True,
    )
    bound = Timer(_LONGEST, process.kill)
    bound.start()
    try:
        served = Served(process, f"http://{place}")
        served.wait_for("Serving on")
        yield served
    finally:
        bound.cancel()
        process.terminate()
        process.communicate()


def test_what_changes_is_shown(project: Project) -> None:
    with serving(project) as served:
        assert "Une phrase neuve" not in served.page("docker/suite/")
        project.write("docker/suite.md", "# Suite\n\nUne phrase neuve.\n")
        said = served.wait_for("Documentation built")
        assert "Une phrase neuve" in served.page("docker/suite/")
        assert not any("enerated empty output" in line for line in said)
        seconds = re.search(r"built in ([\d.]+) seconds", said[-1])
        assert seconds
        assert float(seconds[1]) < 5  # a third of a second on a quiet machine

        footer = project.folder / "footer.html"
        footer.write_text("<p>Un pied de page neuf</p>", encoding="utf-8")
        footer.replace(project.folder / "overrides" / "partials" / "copyright.html")  # at once: one change
        # MkDocs does not repeat « built in 0.07 seconds »; it has who asks for a page wait for the build.
        served.wait_for("Building documentation")
        assert "Un pied de page neuf" in served.page("linux/")

        broken = project.folder / "hooks" / "annotate_pages.py"
        broken.write_text("def on_env(:\n", encoding="utf-8")
        served.wait_for("annotate_pages.py:1 n'est pas du Python")
        text = 'def on_env(env, config, files):\n    env.filters["annotated"] = lambda html: "Rien."\n'
        broken.write_text(text, encoding="utf-8")
        served.wait_for("le serveur redémarre")
        served.wait_for("Serving on")
        assert "Rien." in served.page("linux/")
