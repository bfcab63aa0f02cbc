"""When sources last changed, as a real repository tells."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from coursekit.revisions import newest, revisions

DOCS = Path("site", "docs")


def git(folder: Path, *arguments: str, day: str = "2026-01-01") -> None:
    moment = f"{day}T12:00:00+0000"
    named = {f"GIT_{who}_{what}": "x@y.z" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    dated = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment, "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(
        ["git", *arguments], cwd=folder, env=os.environ | named | dated, check=True, capture_output=True
    )


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    folder = tmp_path / DOCS
    folder.mkdir(parents=True)
    for day, name in (("2026-01-01", "été.md"), ("2026-02-02", "b c.md"), ("2026-03-03", "été.md")):
        (folder / name).write_text(day, "utf-8")
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "-qm", "x", day=day)
    (folder / "new.md").write_text("", "utf-8")
    return folder


def test_the_last_commit_of_each_file(docs: Path) -> None:
    found = revisions(docs)
    assert {Path(path).name: one.date for path, one in found.items()} == {
        "été.md": "2026-03-03",
        "b c.md": "2026-02-02",
    }
    assert all(Path(path).parent == docs and len(one.name) >= 7 for path, one in found.items())


def test_a_folder_without_a_repository(tmp_path: Path) -> None:
    assert revisions(tmp_path) == {}


def test_a_machine_without_git(docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(docs))
    assert revisions(docs) == {}


def test_the_newest_commit(docs: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert newest(docs) == 1772539200  # 2026-03-03T12:00:00Z
    assert newest(tmp_path_factory.mktemp("no repository")) is None
