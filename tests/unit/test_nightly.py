"""What .github/workflows/nightly-links.yml runs: scripts/keep_ledger.py, tell_issue.py and run_night.py."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.loading import load_file

ROOT = Path(__file__).parents[2]
WORKFLOWS = ROOT / ".github/workflows"
LEDGER = Path("build/links-ledger.json")
REPORT = Path("build/links-report/report.json")


# Nobody's own settings of git, and a name for what is committed.
GIT_ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_{what}": "Somebody else" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={**os.environ, **GIT_ENVIRONMENT},
        check=True,
        capture_output=True,
        text=True,
        timeout=30,
    )
    return done.stdout.strip()


def write(folder: Path, **texts: str) -> None:
    for path, text in ((LEDGER, texts.get("ledger")), (REPORT, texts.get("report"))):
        if text is not None:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")


def executable(path: Path, script: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(script, encoding="utf-8")
    path.chmod(0o755)


class Repository:
    """A clone of a bare repository, as a runner has it: shallow, on main, with a `gh` of its own on PATH."""

    def __init__(self, folder: Path) -> None:
        self.bare, self.clone, self.bin = folder / "origin.git", folder / "clone", folder / "bin"
        self.output = folder / "output"
        first = folder / "first"
        git(folder, "init", "-q", "--bare", "-b", "main", str(self.bare))
        git(folder, "init", "-q", "-b", "main", str(first))
        (first / ".gitattributes").write_text("* text=auto eol=crlf\n", encoding="utf-8")
        git(first, "add", ".")
        git(first, "commit", "-qm", "Cours")
        git(first, "push", "-q", str(self.bare), "main")
        git(folder, "clone", "-q", "--depth=1", self.bare.as_uri(), str(self.clone))

    def keep(self, action: str, *, pause: float = 0) -> subprocess.CompletedProcess[str]:
        path = f"{self.bin}:{os.environ['PATH']}"
        env = {**os.environ, **GIT_ENVIRONMENT, "PATH": path, "GITHUB_OUTPUT": str(self.output)}
        return subprocess.run(
            [sys.executable, "-SI", str(ROOT / "scripts/keep_ledger.py"), action, "--pause", str(pause)],
            cwd=self.clone,
            env=env,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )

    def on_branch(self, name: str = "links-ledger.json") -> str:
        return git(self.bare, "cat-file", "blob", f"links-ledger:{name}")

    def commits(self) -> list[str]:
        return git(self.bare, "log", "--format=%an %s", "links-ledger").splitlines()

    def push_beside(self, name: str, text: str) -> None:
        """Push a file to the branch as somebody else would, from elsewhere."""
        folder = self.bare.parent / "beside"
        git(self.bare.parent, "clone", "-q", "-b", "links-ledger", str(self.bare), str(folder))
        (folder / name).write_text(text, encoding="utf-8")
        git(folder, "add", ".")
        git(folder, "commit", "-qm", "A word")
        git(folder, "push", "-q", "origin", "links-ledger")

    def before_push(self, script: str) -> None:
        """Have git run a script once it knows what the remote has, and before it pushes."""
        executable(self.clone / ".git/hooks/pre-push", script)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def test_first_night_makes_a_branch_without_the_course(repository: Repository) -> None:
    assert repository.keep("restore").returncode == 0
    assert not (repository.clone / LEDGER).exists()
    write(repository.clone, ledger="{}\n", report="[]\n")
    done = repository.keep("save")
    assert (done.returncode, done.stderr) == (0, "")
    assert repository.output.read_text("utf-8") == "changed=true\n"
    assert repository.commits() == ["github-actions[bot] Mémoire des liens"]
    assert git(repository.bare, "ls-tree", "--name-only", "links-ledger").split() == [
        "links-ledger.json",
        "report.json",
    ]


def test_saving_leaves_the_course_alone(repository: Repository) -> None:
    write(repository.clone, ledger="{}\n", report="[]\n")
    before = git(repository.clone, "status", "--porcelain=v2", "--branch")
    repository.keep("save")
    assert git(repository.clone, "status", "--porcelain=v2", "--branch") == before
    assert git(repository.bare, "rev-list", "--count", "main") == "1"


def test_files_come_back_byte_for_byte(repository: Repository) -> None:
    ledger = 'é\r\n\x00"\n'  # `eol=crlf` of the course's .gitattributes must not touch them
    write(repository.clone, ledger=ledger, report="[1]\n")
    repository.keep("save")
    write(repository.clone, ledger="older", report="older")
    assert repository.keep("restore").returncode == 0
    assert (repository.clone / LEDGER).read_bytes() == ledger.encode()
    assert (repository.clone / REPORT).read_bytes() == b"[1]\n"
    assert not list(repository.clone.rglob("*.part"))


def test_unchanged_files_make_no_commit(repository: Repository) -> None:
    write(repository.clone, ledger="{}\n", report="[]\n")
    repository.keep("save")
    done = repository.keep("save")
    assert done.returncode == 0
    assert repository.output.read_text("utf-8") == "changed=true\nchanged=false\n"
    assert len(repository.commits()) == 1


def test_a_night_follows_a_night(repository: Repository) -> None:
    for night in range(3):
        write(repository.clone, ledger=f"{night}\n", report="[]\n")
        assert repository.keep("save").returncode == 0
    assert len(repository.commits()) == 3
    assert repository.on_branch() == "2"


def test_push_of_somebody_else_in_between_is_survived(repository: Repository) -> None:
    write(repository.clone, ledger="1\n", report="[]\n")
    repository.keep("save")
    repository.push_beside("LISEZMOI.md", "Ne pas effacer.\n")
    git(repository.bare, "update-ref", "refs/heads/theirs", "links-ledger")
    git(repository.bare, "update-ref", "refs/heads/links-ledger", "links-ledger~1")
    repository.before_push(
        f"#!/bin/sh\nrm .git/hooks/pre-push\n"
        f"git -C {repository.bare} update-ref refs/heads/links-ledger refs/heads/theirs\n"
    )
    write(repository.clone, ledger="2\n")
    done = repository.keep("save")
    assert done.returncode == 0
    assert "Essai 1 sur 5 manqué" in done.stdout
    assert repository.on_branch("LISEZMOI.md") == "Ne pas effacer."
    assert repository.on_branch() == "2"
    assert repository.commits()[1] == "Somebody else A word"


def test_branch_that_somebody_else_makes_first_is_survived(repository: Repository) -> None:
    write(repository.clone, ledger="1\n", report="[]\n")
    repository.before_push(
        f"#!/bin/sh\nrm .git/hooks/pre-push\n"
        f"git -C {repository.bare} update-ref refs/heads/links-ledger refs/heads/main\n"
    )
    assert repository.keep("save").returncode == 0
    assert repository.on_branch() == "1"
    assert len(repository.commits()) == 2


def test_push_that_never_works_is_given_up_with_git_s_words(repository: Repository) -> None:
    write(repository.clone, ledger="1\n", report="[]\n")
    repository.before_push("#!/bin/sh\necho attempt >>attempts\necho 'protected branch' >&2\nexit 1\n")
    done = repository.keep("save", pause=0.001)
    assert done.returncode == 1
    assert "keep_ledger: git push : protected branch" in done.stderr
    assert re.findall(r"dans (\S+) s", done.stdout) == ["0.001", "0.002", "0.004", "0.008"]
    assert (repository.clone / "attempts").read_text("utf-8").count("attempt") == 5
    assert not repository.output.exists()


def test_memory_that_cannot_be_reached_is_not_taken_for_an_empty_one(repository: Repository) -> None:
    git(repository.clone, "remote", "set-url", "origin", str(repository.bare.parent / "gone.git"))
    done = repository.keep("restore")
    assert done.returncode == 1
    assert done.stderr.startswith("keep_ledger: git ls-remote : ")


def test_missing_report_saves_nothing(repository: Repository) -> None:
    write(repository.clone, ledger="1\n")
    done = repository.keep("save")
    assert (done.returncode, done.stderr) == (
        1,
        f"keep_ledger: {REPORT} manque ; rien n'est enregistré.\n",
    )
    assert git(repository.bare, "branch", "--list", "links-ledger") == ""


# -- over HTTP, where git wants a password ---------------------------------------------------------------

PASSWORD = "x-access-token:a-token"
FAKE_GH_GIT = """#!/bin/sh
[ "$*" = "auth git-credential get" ] || exit 0
printf 'username=x-access-token\\npassword=a-token\\n'
"""


class GitServer(BaseHTTPRequestHandler):
    """Git's own server program behind a password."""

    project: Path
    users: set[str]

    def do_GET(self) -> None:
        given = self.headers.get("Authorization", "").removeprefix("Basic ")
        user = base64.b64decode(given).decode()
        if user != PASSWORD:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="GitHub"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.users.add(user)
        path, _, query = self.path.partition("?")
        env = {
            "GIT_PROJECT_ROOT": str(self.project),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH": os.environ["PATH"],
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "REMOTE_USER": user,
        }
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        done = subprocess.run(
            ["git", "http-backend"], input=body, env=env, capture_output=True, check=True, timeout=30
        )
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        self.send_response(200)
        for line in head.decode().splitlines():
            name, _, value = line.partition(": ")
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_GET

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def url(repository: Repository) -> Iterator[str]:
    """Yield the address of the bare repository on a server that wants a password."""
    GitServer.project, GitServer.users = repository.bare.parent, set()
    server = ThreadingHTTPServer(("127.0.0.1", 0), GitServer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/{repository.bare.name}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_gh_answers_git_s_question_for_a_password(repository: Repository, url: str) -> None:
    git(repository.bare, "config", "http.receivepack", "true")
    git(repository.clone, "remote", "set-url", "origin", url)
    write(repository.clone, ledger="1\n", report="[]\n")
    executable(repository.bin / "gh", FAKE_GH_GIT)
    done = repository.keep("save")
    assert (done.returncode, done.stderr) == (0, "")
    assert repository.on_branch() == "1"
    assert repository.keep("restore").returncode == 0
    assert GitServer.users == {PASSWORD}
    assert "a-token" not in (repository.clone / ".git/config").read_text("utf-8")


def test_without_a_password_git_asks_nobody(repository: Repository, url: str) -> None:
    git(repository.clone, "remote", "set-url", "origin", url)
    executable(repository.bin / "gh", "#!/bin/sh\nexit 1\n")
    done = repository.keep("restore")
    assert done.returncode == 1
    assert "git ls-remote" in done.stderr


# -- the issue -------------------------------------------------------------------------------------------

# GitHub's API as far as issues go, behind the command `gh api`; its memory is a file beside it.
FAKE_GH = """#!{python} -SI
import json, re, sys, urllib.parse
from pathlib import Path

memory = Path(__file__).with_name("github.json")
github = json.loads(memory.read_text("utf-8"))

def refuse(status, **body):
    print(json.dumps(body | {{"status": str(status)}}))
    sys.exit(f"gh: {{body['message']}} (HTTP {{status}})")

def change(issue, fields):
    issue.update(fields)
    if fields.get("state") == "open":
        issue["state_reason"] = "reopened"
    return issue

command, option, method, path, *rest = sys.argv[1:]
assert (command, option) == ("api", "--method"), sys.argv
fields = json.load(sys.stdin) if rest == ["--input", "-"] else {{}}
github["calls"].append(method + " " + path)
memory.write_text(json.dumps(github), "utf-8")
if path in github["failing"]:
    refuse(502, message="Bad Gateway")
address = urllib.parse.urlsplit(path)
query = dict(urllib.parse.parse_qsl(address.query))
match method, address.path.removeprefix("repos/{{owner}}/{{repo}}").split("/"):
    case "GET", [""]:
        answer = {{"has_issues": github["has_issues"]}}
    case "GET", ["", "issues"]:
        assert (query["state"], query["sort"], query["direction"]) == ("all", "created", "desc")
        answer = [issue for issue in github["issues"][::-1] if query["labels"] in issue["labels"]]
    case "POST", ["", "labels"]:
        if fields["name"] in github["labels"]:
            refuse(422, message="Validation Failed", errors=[{{"code": "already_exists"}}])
        github["labels"].append(fields["name"])
        answer = fields
    case "POST", ["", "issues"]:
        if not set(fields["labels"]) <= set(github["labels"]):
            refuse(422, message="Validation Failed", errors=[{{"code": "invalid"}}])
        answer = {{"number": len(github["issues"]) + 1, "state": "open", "state_reason": None, **fields}}
        github["issues"].append(answer)
    case "PATCH", ["", "issues", number]:
        answer = change(github["issues"][int(number) - 1], fields)
    case _:
        refuse(404, message="Not Found")
memory.write_text(json.dumps(github), "utf-8")
print(json.dumps(answer))
"""


class GitHub:
    """A repository at GitHub, its issues, and what was asked of it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        self.memory = folder / "bin/github.json"
        self.command = load_file("scripts/tell_issue.py")
        executable(folder / "bin/gh", FAKE_GH.format(python=sys.executable))
        self.set(has_issues=True, issues=[], labels=[], calls=[], failing=[])

    def set(self, **values: Any) -> None:
        old = json.loads(self.memory.read_text("utf-8")) if self.memory.exists() else {}
        self.memory.write_text(json.dumps(old | values), "utf-8")

    def __getitem__(self, key: str) -> Any:
        return json.loads(self.memory.read_text("utf-8"))[key]

    def tell(self, outcome: str, report: str = "Deux liens.\n") -> int:
        """Run the command; what it changed is in `writes`."""
        self.set(calls=[])
        path = self.folder / "report.md"
        path.write_text(report, "utf-8")
        return int(self.command.main([outcome, str(path)]))

    def told(self, outcome: str, report: str = "Deux liens.\n") -> str:
        assert self.tell(outcome, report) == 0
        printed, complained = self.capsys.readouterr()
        assert not complained
        return printed.strip()

    @property
    def writes(self) -> list[str]:
        calls = [call.replace("repos/{owner}/{repo}/", "") for call in self["calls"]]
        return [call for call in calls if not call.startswith("GET ")]


@pytest.fixture
def github(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> GitHub:
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    return GitHub(tmp_path, capsys)


def test_broken_links_open_an_issue_and_its_label(github: GitHub) -> None:
    assert github.told("broken") == "Ticket 1 : ouvert."
    [issue] = github["issues"]
    assert issue["title"] == "Liens cassés"
    assert issue["labels"] == github["labels"] == ["liens cassés"]
    assert issue["body"].endswith("-->\nDeux liens.\n")


def test_label_that_is_there_is_left_as_it_is(github: GitHub) -> None:
    github.set(labels=["liens cassés"])
    assert github.told("broken") == "Ticket 1 : ouvert."
    assert github["labels"] == ["liens cassés"]


def test_nothing_broken_and_no_issue_writes_nothing(github: GitHub) -> None:
    assert github.told("clean") == "Rien à signaler."
    assert github.writes == []


def test_the_life_of_one_issue(github: GitHub) -> None:
    github.told("broken")
    assert github.told("broken") == "Ticket 1 : déjà à jour."
    assert github.writes == []
    assert github.told("broken", "Trois liens.\n") == "Ticket 1 : mis à jour."
    assert github.told("clean", "Tout va bien.\n") == "Ticket 1 : fermé."
    assert github.writes == ["PATCH issues/1"]
    assert (github["issues"][0]["state"], github["issues"][0]["state_reason"]) == ("closed", "completed")
    assert github.told("clean", "Tout va bien.\n") == "Rien à signaler."
    assert github.told("broken", "Un lien.\n") == "Ticket 1 : rouvert."
    assert github["issues"][0]["state"] == "open"
    assert github["issues"][0]["body"].endswith("-->\nUn lien.\n")
    assert len(github["issues"]) == 1


def test_body_that_comes_back_with_other_line_ends_is_the_same(github: GitHub) -> None:
    github.told("broken", "Un lien.\n\nDeux liens.\n")
    [issue] = github["issues"]
    github.set(issues=[issue | {"body": issue["body"].strip().replace("\n", "\r\n")}])
    assert github.told("broken", "Un lien.\n\nDeux liens.\n") == "Ticket 1 : déjà à jour."


def test_author_who_wants_no_issue_is_left_in_peace(github: GitHub) -> None:
    github.told("broken")
    github.set(issues=[github["issues"][0] | {"state": "closed", "state_reason": "not_planned"}])
    assert github.told("broken", "Un de plus.\n") == "Ticket 1 : fermé comme « not planned », il le reste."
    assert github.writes == []


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"body": "Le lien du TP 3 est mort."}, id="an issue of the author's with that label"),
        pytest.param({"body": None}, id="an issue without a text"),
        pytest.param({"labels": []}, id="the label was taken off"),
        pytest.param({"pull_request": {}}, id="a pull request"),
    ],
)
def test_what_is_not_its_own_is_left_alone(github: GitHub, other: dict[str, Any]) -> None:
    github.told("broken")
    github.set(issues=[github["issues"][0] | other])
    assert github.told("clean") == "Rien à signaler."
    assert github.told("broken") == "Ticket 2 : ouvert."
    assert github.writes == ["POST labels", "POST issues"]


def test_several_of_its_own_are_all_closed(github: GitHub) -> None:
    github.told("broken")
    github.set(issues=[github["issues"][0], github["issues"][0] | {"number": 2}])
    assert github.told("clean") == "Ticket 2 : fermé.\nTicket 1 : fermé."


def test_open_one_goes_before_the_newest(github: GitHub) -> None:
    github.told("broken")
    closed = {"number": 2, "state": "closed", "state_reason": "completed"}
    github.set(issues=[github["issues"][0], github["issues"][0] | closed])
    assert github.told("broken", "Encore.\n") == "Ticket 1 : mis à jour."


def test_repository_without_issues_is_no_failure(github: GitHub) -> None:
    github.set(has_issues=False)
    assert github.told("broken") == "Ce dépôt n'a pas de tickets : rien n'est signalé."
    assert github.writes == []


@pytest.mark.parametrize("path", ["", "/labels", "/issues"])
def test_refusal_of_github_is_told_with_its_words(github: GitHub, path: str) -> None:
    github.set(failing=[f"repos/{{owner}}/{{repo}}{path}"])
    assert github.tell("broken") == 1
    printed, complained = github.capsys.readouterr()
    assert not printed
    assert complained.startswith("tell_issue: ")
    assert "gh: Bad Gateway (HTTP 502)" in complained
    assert github["issues"] == []


def test_gh_that_answers_no_json_is_told(github: GitHub) -> None:
    executable(github.folder / "bin/gh", "#!/bin/sh\necho '<html>'\n")
    assert github.tell("broken") == 1
    assert github.capsys.readouterr().err.startswith("tell_issue: GET repos/{owner}/{repo} : ")


# -- the night -------------------------------------------------------------------------------------------

# Says what it was asked, does what the test wants, and ends as the test wants.
FAKE_COMMAND = """import json, os, sys
from pathlib import Path

code, writes = json.loads(os.environ["NIGHT"])
with open("calls", "a") as calls:
    print(*sys.argv[1:], file=calls)
for path in writes:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text("Deux liens.")
sys.exit(code)
"""
PART = "build/night/part-1-of-2.json"
WHOLE = [str(LEDGER), str(REPORT), str(REPORT.with_suffix(".md"))]


class Runner:
    """A machine of GitHub's, in the folder of a project."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        executable(folder / "scripts/check_links.py", FAKE_COMMAND)

    def run(self, *arguments: str, code: int = 0, writes: list[str]) -> subprocess.CompletedProcess[str]:
        files = {name: str(self.folder / name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        return subprocess.run(
            [sys.executable, str(ROOT / "scripts/run_night.py"), *arguments],
            cwd=self.folder,
            env={**os.environ, **files, "NIGHT": json.dumps([code, writes])},
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )

    def read(self, name: str) -> str:
        path = self.folder / name
        return path.read_text("utf-8") if path.exists() else ""


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


@pytest.mark.parametrize("code", [0, 1])
def test_share_leaves_its_results(runner: Runner, code: int) -> None:
    assert runner.run("1/2", code=code, writes=[PART]).returncode == 0
    assert runner.read("calls") == f"--shard 1/2 --json {PART}\n"
    assert [path.name for path in (runner.folder / "build/night").iterdir()] == ["part-1-of-2.json"]


@pytest.mark.parametrize(
    ("code", "writes", "ends"),
    [
        pytest.param(1, [], 1, id="crashed, which ends as if links were broken"),
        pytest.param(0, [], 1, id="wrote nothing"),
        pytest.param(2, [PART], 2, id="wrong use"),
        pytest.param(70, [PART], 70, id="anything else"),
    ],
)
def test_share_that_went_wrong_fails(runner: Runner, code: int, writes: list[str], ends: int) -> None:
    assert runner.run("1/2", code=code, writes=writes).returncode == ends


@pytest.mark.parametrize(("code", "outcome"), [(0, "clean"), (1, "broken")])
def test_parts_are_joined(runner: Runner, code: int, outcome: str) -> None:
    for share in ("2/2", "1/2"):
        runner.run(share, writes=[PART.replace("1-", share[0] + "-")])
    (runner.folder / "calls").unlink()
    assert runner.run(code=code, writes=WHOLE).returncode == 0
    assert runner.read("calls") == f"merge {PART} {PART.replace('1-', '2-')}\n"
    assert runner.read("GITHUB_OUTPUT") == f"outcome={outcome}\n"
    assert runner.read("GITHUB_STEP_SUMMARY") == "Deux liens."


def test_one_machine_without_network_makes_the_night_void(runner: Runner) -> None:
    runner.run("1/2", writes=[PART])
    assert runner.run("2/2", code=3, writes=[]).returncode == 0
    (runner.folder / "calls").unlink()
    done = runner.run(writes=WHOLE)
    assert done.returncode == 0
    assert done.stdout.startswith("::warning title=Liens::Le réseau de cette machine était en panne")
    assert runner.read("GITHUB_OUTPUT") == "outcome=network-down\n"
    assert runner.read("calls") == runner.read("GITHUB_STEP_SUMMARY") == ""


def test_network_that_is_down_on_the_whole_makes_the_night_void(runner: Runner) -> None:
    runner.run("1/1", writes=["build/night/part-1-of-1.json"])
    done = runner.run(code=3, writes=WHOLE)
    assert done.returncode == 0
    assert done.stdout.startswith("::warning ")
    assert runner.read("GITHUB_OUTPUT") == "outcome=network-down\n"


def test_report_of_an_earlier_night_is_not_taken_for_this_one(runner: Runner) -> None:
    write(runner.folder, ledger="{}", report="[]")
    assert runner.run(code=1, writes=[]).returncode == 1
    assert runner.read("GITHUB_OUTPUT") == ""


@pytest.mark.parametrize("code", [2, 70])
def test_merge_that_went_wrong_fails(runner: Runner, code: int) -> None:
    assert runner.run(code=code, writes=WHOLE).returncode == code
    assert runner.read("GITHUB_OUTPUT") == ""


def test_summary_stays_below_github_s_limit(runner: Runner) -> None:
    command = runner.folder / "scripts/check_links.py"
    executable(command, FAKE_COMMAND.replace('"Deux liens."', '"é" * 800_000'))
    assert runner.run(writes=WHOLE).returncode == 0
    assert len((runner.folder / "GITHUB_STEP_SUMMARY").read_bytes()) <= 2**20


# -- the workflows ---------------------------------------------------------------------------------------

NIGHTLY = yaml.safe_load((WORKFLOWS / "nightly-links.yml").read_text("utf-8"))
PUBLISH = yaml.safe_load((WORKFLOWS / "publish.yml").read_text("utf-8"))


def test_no_job_may_write_more_than_its_one_thing() -> None:
    rights = {
        name: {right for right, level in job["permissions"].items() if level == "write"}
        for name, job in NIGHTLY["jobs"].items()
    }
    assert rights == {
        "ask": set(),
        "report": set(),
        "keep": {"contents"},
        "tell": {"issues"},
        "show": {"security-events"},
        "publish": {"pages", "id-token"},
    }


def test_publishing_is_given_the_rights_that_it_takes() -> None:
    taken: dict[str, str] = {}
    for job in PUBLISH["jobs"].values():
        taken |= job["permissions"]
    assert NIGHTLY["jobs"]["publish"]["permissions"] == taken


def test_night_without_network_acts_on_nothing() -> None:
    for name in ("keep", "tell", "show"):
        job = NIGHTLY["jobs"][name]
        assert job["needs"] == "report"
        assert job["if"] == (
            "needs.report.outputs.outcome != 'network-down' && github.ref == 'refs/heads/main'"
        )
    assert NIGHTLY["jobs"]["publish"]["needs"] == "keep"


@pytest.mark.parametrize("workflow", [NIGHTLY, PUBLISH], ids=["nightly", "publish"])
def test_scripts_that_hold_a_token_need_nothing_installed(workflow: dict[str, Any]) -> None:
    steps = [step for job in workflow["jobs"].values() for step in job.get("steps", ())]
    with_token = [step["run"] for step in steps if "GH_TOKEN" in step.get("env", {})]
    assert with_token
    for run in with_token:
        python, script, *_ = run.split()
        assert python in {"python", "python3"}
        done = subprocess.run(
            [sys.executable, "-S", "-I", script, "--help"], cwd=ROOT, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr
