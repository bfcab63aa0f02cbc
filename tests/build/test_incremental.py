"""A build after changes leaves, byte for byte, what a build from nothing leaves."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jinja2 import Environment

from tests.conftest import ROOT
from tests.incremental import CHANGES, PAGES, Project, edit

_SEQUENCES = st.lists(st.tuples(st.sampled_from(CHANGES), st.integers(0, 2**16)), min_size=1, max_size=8)


@settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # a build takes a second: what fails is told as it was found
    suppress_health_check=list(HealthCheck),
)
@given(_SEQUENCES)
def test_after_any_changes(sequence: list[tuple[object, int]]) -> None:
    with TemporaryDirectory() as name:
        project = Project(Path(name))
        project.build()
        for number, (change, seed) in enumerate(sequence):
            change(project, Random(seed))  # type: ignore[operator]
            left, told = project.build(), project.warnings
            expected = project.from_nothing()
            differing = [file for file in {*left, *expected} if left.get(file) != expected.get(file)]
            assert not differing, (number, sequence, sorted(differing))
            assert told == project.warnings, (number, sequence)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def written(project: Project) -> set[str]:
    """Build again, and return the files of the site that were written."""
    before = _changes(project)
    project.build()
    after = _changes(project)
    return {name for name in after if before.get(name) != after[name]}


def _changes(project: Project) -> dict[str, int]:
    site = project.folder / "site"
    return {
        file.relative_to(site).as_posix(): file.stat().st_ctime_ns
        for file in site.rglob("*")
        if file.is_file()
    }


# The map of the site and the home page, whose templates go through the whole navigation.
ALWAYS = {"sitemap.xml", "sitemap.xml.gz", "index.html"}
ONE_EDIT: dict[str, tuple[str, str, set[str]]] = {
    "nothing": ("docker/tp.md", PAGES["docker/tp.md"], set()),
    "a sentence": (
        "docker/suite.md",
        PAGES["docker/suite.md"] + "\nEt voilà.\n",
        {"docker/suite/index.html", "search/index.js"},
    ),
    # Its own page, its neighbours, and all that list the course.
    "a title": (
        "linux/commandes.md",
        "---\ntags: [Shell, Docker]\ndescription: Un an.\n---\n\n# Deux\n\n[rien](rien.md)\n",
        {"search/index.js"}
        | {f"linux/{name}index.html" for name in ("", "commandes/", "schema/")}
        | {f"etiquettes/{name}/index.html" for name in ("docker", "shell")},
    ),
}


@pytest.mark.parametrize(("name", "text", "expected"), ONE_EDIT.values(), ids=ONE_EDIT)
def test_what_one_edit_redoes(project: Project, name: str, text: str, expected: set[str]) -> None:
    project.build()
    project.write(name, text)
    assert written(project) - ALWAYS == expected
    assert project.left() == project.from_nothing()


def test_what_is_said_of_pages_is_said_again(project: Project) -> None:
    project.build()
    said = project.warnings
    assert any("rien.md" in line for line in said)
    project.build()
    assert project.warnings == said
    assert not any("enerated empty output" in line for line in project.log)


LOOKS: dict[str, tuple[str, str]] = {
    "at pages": (
        "docker/tp/index.html",
        "on_post_page(output, page, config):\n    return output + '<!-- x -->'",
    ),
    "at templates": (
        "404.html",
        "on_post_template(output_content, template_name, config):\n    return output_content + '<!-- x -->'",
    ),
    "at the site, and writes into it": (
        "docker/tp/index.html",
        "on_post_build(config):\n    with open(f'{config.site_dir}/docker/tp/index.html', 'a') as page:\n"
        "        page.write('<!-- x -->')",
    ),
    "at the site, and adds what is missing": (
        "robots.txt",
        "on_post_build(config):\n    with open(f'{config.site_dir}/robots.txt', 'x') as page:\n"
        "        page.write('<!-- x -->')",
    ),
}


@pytest.mark.parametrize(("name", "hook"), LOOKS.values(), ids=LOOKS)
def test_a_hook_that_looks_at_what_is_written_sees_all_of_it(project: Project, name: str, hook: str) -> None:
    project.add_hook(f"def {hook}\n")
    for _ in range(2):
        assert project.build()[f"site/{name}"].endswith(b"<!-- x -->")
    assert project.left() == project.from_nothing()


@pytest.mark.parametrize("extension", ["pymdownx.snippets", "pymdownx.b64"])
def test_extensions_that_read_files(project: Project, extension: str) -> None:
    project.settings = project.settings.replace(
        "markdown_extensions:\n", f"markdown_extensions:\n  - {extension}\n"
    )
    project.write("extrait.txt", "avant")
    project.write("docker/tp.md", '# TP\n\n--8<-- "docs/extrait.txt"\n')
    project.build()
    assert any(extension in line for line in project.log)
    project.write("extrait.txt", "après")
    assert project.build() == project.from_nothing()


PLACES: dict[str, tuple[str, dict[str, str]]] = {
    "two pages": ("", {"docker/tp/index.md": "# Un autre TP\n\nTexte.\n"}),
    "two pages, of which one reads more": ("", {"docker/tp/index.md": "---\ntemplate: accueil.html\n---\n"}),
    "a page and the theme's": ("use_directory_urls: false\n", {"404.md": "# Rien ici\n"}),
}


@pytest.mark.parametrize(("setting", "pages"), PLACES.values(), ids=PLACES)
def test_one_file_that_is_written_twice(project: Project, setting: str, pages: dict[str, str]) -> None:
    project.settings += setting
    for name, text in pages.items():
        project.write(name, text)
    project.build()
    expected = project.from_nothing()
    for _ in range(2):
        assert project.build() == expected
    for name in pages:
        (project.docs / name).unlink()
    assert project.build() == project.from_nothing()


def test_a_folder_in_the_place_of_a_file_and_the_reverse(project: Project) -> None:
    file, page, folder = (project.docs / name for name in ("plan", "plan.md", "docker"))
    project.write(file.name, "un plan")
    project.build()
    file.rename(page)
    assert project.build() == project.from_nothing()
    page.rename(file)
    assert project.build() == project.from_nothing()
    shutil.rmtree(folder)
    project.write(folder.name, "plus de cours")
    assert project.build() == project.from_nothing()


def test_links_in_the_site_are_not_followed(project: Project) -> None:
    project.build()
    docker, elsewhere = project.folder / "site" / "docker", project.folder / "ailleurs"
    docker.rename(elsewhere)
    docker.symlink_to(elsewhere)
    before = {file: file.read_bytes() for file in elsewhere.rglob("*") if file.is_file()}
    project.write("docker/tp.md", "# Autre\n")
    assert project.build() == project.from_nothing()
    assert before == {file: file.read_bytes() for file in elsewhere.rglob("*") if file.is_file()}


def test_what_is_hidden_at_the_root(project: Project) -> None:
    project.settings += "exclude_docs: |\n  !.htaccess\n  !.well-known\n"
    ours, theirs = (".htaccess", ".well-known/security.txt"), (".nojekyll", ".git/config")
    for name in ours:
        project.write(name, "avant")
    project.build()
    for name in theirs:
        path = project.folder / "site" / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    for name in ours:
        (project.docs / name).unlink()
    assert set(project.build()) == {*project.from_nothing(), *(f"site/{name}" for name in theirs)}


def test_constants_that_jinja_computes_as_it_compiles(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.add_hook(
        "import os\n\n"
        "def on_env(env, config, files):\n"
        "    env.filters['of_now'] = lambda name: os.environ[name]\n"
    )
    annotated = """{{ "<p><a href='https://example.org/x'>x</a></p>" | annotated }}"""
    project.override("partials/copyright.html", annotated)
    project.override("partials/edit.html", "{{ 'YEAR' | of_now }}")
    monkeypatch.setenv("YEAR", "2025")
    project.build()
    project.site_url = "https://example.org/"
    assert project.build() == project.from_nothing()
    monkeypatch.setenv("YEAR", "2026")
    assert project.build() == project.from_nothing()


def test_templates_are_compiled_once_and_kept_as_long_as_their_files(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.override("partials/comments.html", "Un mot ?")
    project.build()
    kept = _kept_templates(project)
    project.build()
    assert _kept_templates(project) == kept  # though no page was written
    project.write("linux/commandes.md", "# Un\n\nDu nouveau.\n")
    with monkeypatch.context() as patched:
        patched.delattr(Environment, "compile")
        project.build()
    (project.folder / "overrides" / "partials" / "comments.html").unlink()
    project.build()
    assert len(kept - _kept_templates(project)) == 1


def _kept_templates(project: Project) -> set[str]:
    with sqlite3.connect(project.cache) as connection:
        rows = connection.execute("SELECT slot FROM kept WHERE slot LIKE 'template/%'").fetchall()
    connection.close()
    return {slot for (slot,) in rows}


_LANGUAGES = """extra:
  alternate:
    - {name: Un, link: linux/, lang: fr}
    - {name: Deux, link: docker/, lang: en}
"""


def test_links_in_parts_that_pages_share(project: Project) -> None:
    project.settings = project.settings.replace("extra:\n", _LANGUAGES)
    project.build()
    project.write("linux/commandes.md", "# Un\n\nDu nouveau.\n")
    assert project.build() == project.from_nothing()


def test_the_whole_navigation_in_parts_that_pages_share(project: Project) -> None:
    project.settings = project.settings.replace("extra:\n", _LANGUAGES)
    project.override("partials/alternate.html", "{{ nav.pages | length }}")
    project.add_hook(  # what makes of one page that it cannot be told from another
        "def on_page_context(context, page, config, nav):\n"
        "    context['own'] = object() if page.url == 'docker/suite/' else 0\n"
    )
    project.build()
    project.write("linux/neuf.md", "# Neuf\n")
    assert project.build() == project.from_nothing()


@pytest.mark.parametrize("contents", ["[]", "list(page.toc)"])
def test_a_hook_that_gives_another_table_of_contents(project: Project, contents: str) -> None:
    project.add_hook(f"def on_page_context(context, page, config, nav):\n    page.toc = {contents}\n")
    project.build()
    project.write("docker/tp.md", "# TP\n\n## Plus\n")
    assert project.build() == project.from_nothing()


def test_settings_that_a_hook_changes_for_a_page(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.add_hook(
        "import os\n\n"
        "def on_page_context(context, page, config, nav):\n"
        "    config.extra['now'] = os.environ['YEAR'] + page.url\n"
    )
    project.override("partials/copyright.html", "{{ config.extra.now }}")
    monkeypatch.setenv("YEAR", "2025")
    project.build()
    monkeypatch.setenv("YEAR", "2026")
    assert project.build() == project.from_nothing()


def test_values_that_are_the_same_but_for_their_type(project: Project) -> None:
    project.override("partials/edit.html", "{{ page.meta.own }}")
    for value in (
        "{1: a}",
        "{'1': a}",
        "[[a, 1]]",
        "!!pairs [a: 1]",
        "2026-01-02",
        "[date, 'datetime.date(2026, 1, 2)']",
    ):
        project.write("docker/tp.md", f"---\nown: {value}\n---\n\n# TP\n")
        assert project.build() == project.from_nothing()


def test_a_template_that_shows_a_setting_of_the_front_end(project: Project) -> None:
    project.override("partials/copyright.html", "{{ config.mdx_configs['coursekit.markdown'].typography }}")
    settings = project.settings
    for value in ("french", "''"):
        own = f"  - coursekit.markdown: {{typography: {value}}}\n"
        project.settings = settings.replace("  - coursekit.markdown\n", own)
        assert project.build() == project.from_nothing()


@pytest.mark.parametrize("setting", ["not_in_nav", "draft_docs", "exclude_docs"])
def test_pages_that_are_left_out(project: Project, setting: str) -> None:
    project.settings += f"{setting}: |\n  /abime.md\n"
    project.build()
    assert written(project) <= ALWAYS
    project.settings = project.settings.replace("/abime.md", "/linux/")
    assert project.build() == project.from_nothing()


def test_a_hook_that_changes_a_course_as_its_pages_are_written(project: Project) -> None:
    project.add_hook(
        "def on_page_context(context, page, config, nav):\n"
        "    if page.is_index:\n"
        "        page.title = 'Changé'\n"
    )
    project.settings += "nav:\n  - index.md\n  - Cours: [abime.md, linux/index.md, linux/commandes.md]\n"
    project.build()
    project.write("linux/commandes.md", "# Un\n\nDu nouveau.\n")
    assert project.build() == project.from_nothing()


def test_another_build_that_writes_some_of_what_is_kept_of_a_page(project: Project) -> None:
    project.build()
    with sqlite3.connect(project.cache) as kept:
        rows = kept.execute("SELECT * FROM kept WHERE slot = 'html/docker/tp.md'").fetchall()
    (project.docs / "docker/suite.md").unlink()
    expected = project.build()
    with sqlite3.connect(project.cache) as kept:
        kept.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)
    shutil.rmtree(project.folder / "site")
    assert project.build() == expected


def test_another_build_that_writes_last(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.add_hook(
        "import os\n\n"
        "def on_page_context(context, page, config, nav):\n"
        "    if page.url == 'etiquettes/shell/' and os.environ.get('OTHER'):\n"
        "        for name in ('docker/tp/index.html', 'search/index.js'):\n"
        "            with open(f'{config.site_dir}/{name}', 'w') as file:\n"
        "                file.write('avant')\n"
    )
    monkeypatch.setenv("OTHER", "1")
    assert project.build()["site/docker/tp/index.html"] == b"avant"
    monkeypatch.setenv("OTHER", "")
    assert project.build() == project.from_nothing()


def test_without_the_cache(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    left = project.build()
    monkeypatch.setenv("COURSE_CACHE", "0")
    stamp = project.cache.stat().st_mtime_ns
    assert project.build() == left
    assert project.cache.stat().st_mtime_ns == stamp


def _command(project: Project) -> subprocess.Popen[bytes]:
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "SITE_URL": ""}
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    return subprocess.Popen(command, cwd=project.folder, env=environment, stderr=subprocess.DEVNULL)


def test_two_builds_at_once(project: Project) -> None:
    (project.folder / "mkdocs.yml").write_text(project.settings, encoding="utf-8")
    for _ in range(2):  # the first time without a cache
        builds = [_command(project) for _ in range(2)]
        assert [build.wait() for build in builds] == [0, 0]
    assert project.build() == project.from_nothing()


def test_a_build_that_is_killed(project: Project) -> None:
    project.build()
    edit(project, Random(1))
    build = _command(project)
    stamp = project.cache.stat().st_mtime_ns
    while build.poll() is None and project.cache.stat().st_mtime_ns == stamp:
        os.sched_yield()
    build.kill()
    build.wait()
    assert project.build() == project.from_nothing()


def test_what_reads_and_draws_pages_is_not_loaded_for_pages_that_are_kept(project: Project) -> None:
    (project.folder / "mkdocs.yml").write_text(project.settings, encoding="utf-8")
    assert _command(project).wait() == 0
    command = [sys.executable, "-X", "importtime", "-m", "mkdocs", "build", "--quiet"]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "SITE_URL": ""}
    told = subprocess.run(command, cwd=project.folder, env=environment, capture_output=True, check=True)
    loaded = {line.rpartition("|")[2].strip() for line in told.stderr.decode().splitlines()}
    assert "coursekit.markdown.extension" in loaded
    assert not loaded & {
        *("coursekit.markdown.front_end", "coursekit.markdown.diagrams", "coursekit.search.sections"),
        *("idna", "markdown_it", "math_core", "multiprocessing", "selectolax", "watchdog"),
    }


def test_hooks_that_change_throw_the_cache_away(project: Project) -> None:
    hooks = project.folder / "hooks"
    hooks.unlink()
    shutil.copytree(ROOT / "hooks", hooks, ignore=shutil.ignore_patterns("__pycache__"))
    (project.folder / "mkdocs.yml").write_text(project.settings, encoding="utf-8")
    assert _command(project).wait() == 0
    text = 'def on_env(env, config, files):\n    env.filters["annotated"] = str\n'
    (hooks / "annotate_pages.py").write_text(text, encoding="utf-8")
    assert _command(project).wait() == 0
    left = project.left()
    for folder in ("site", "build"):
        shutil.rmtree(project.folder / folder)
    assert _command(project).wait() == 0
    assert project.left() == left
