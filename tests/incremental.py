"""A project that changes, and is built after each change: with what earlier builds kept, and from nothing."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from mkdocs.commands.build import build
from mkdocs.config import load_config

from tests.conftest import ROOT
from tests.unit.test_images import png

CACHE = Path("build", "cache", "pages.sqlite")
_KEPT = ("build/links.json", "build/book.json")  # what a build leaves beside the site

PAGES = {
    "index.md": "# Accueil\n\nDes cours.\n",
    "docker/index.md": "---\ntitle: Docker\ntags: [Docker]\n---\n\nUn cours sur les conteneurs.\n",
    "docker/tp.md": "# TP\n\n:::tip\nVoir [la suite](suite.md#fin) et ![une image](images/a.png).\n:::\n",
    "docker/suite.md": "---\norder: 2\n---\n\n# Suite\n\n## Fin\n\n```python\nprint('été')\n```\n\n$x^2$\n",
    "linux/index.md": "# Linux\n\nVoir [Docker](../docker/index.md) et [les commandes](commandes.md).\n",
    "linux/commandes.md": "---\ntags: [Shell, Docker]\ndescription: Un an.\n---\n\n# Un\n\n[rien](rien.md)\n",
    "linux/schema.md": "# Schéma\n\n```mermaid\nflowchart LR\n  A --> B\n```\n\nNote[^1].\n\n[^1]: Ici.\n",
    "abime.md": "# Abîmé\n\nLe déploiement est dÃ©jÃ  prêt, voilà : l'Ã©tÃ© 🐳.\n",
}


class Project:
    """Its files in a folder; `build` leaves the site in `site/`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
        self.site_url = ""
        self.log: list[str] = []
        (folder / "hooks").symlink_to(ROOT / "hooks")
        partials = folder / "overrides" / "partials"
        partials.mkdir(parents=True)
        for source in ROOT.glob("overrides/*"):
            if source.name != "partials":
                (folder / "overrides" / source.name).symlink_to(source)
        for source in ROOT.glob("overrides/partials/*"):
            (partials / source.name).symlink_to(source)
        for name, text in PAGES.items():
            self.write(name, text)
        self.write("docker/images/a.png", png(20, 10))

    @property
    def docs(self) -> Path:
        return self.folder / "docs"

    @property
    def cache(self) -> Path:
        return self.folder / CACHE

    def pages(self) -> list[Path]:
        return sorted(self.docs.rglob("*.md"))

    def write(self, name: str, content: str | bytes) -> None:
        path = self.docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def add_hook(self, text: str) -> None:
        """Add a hook of the site's own, before all others."""
        (self.folder / "own.py").write_text(text, encoding="utf-8")
        self.settings = self.settings.replace("hooks:\n", "hooks:\n  - own.py\n")

    def override(self, name: str, text: str) -> None:
        """Override a template."""
        path = self.folder / "overrides" / name
        path.unlink(missing_ok=True)
        path.write_text(text, encoding="utf-8")

    def build(self) -> dict[str, bytes]:
        """Build in this process, as `mkdocs build` does; return the files that it left."""
        (self.folder / "mkdocs.yml").write_text(self.settings, encoding="utf-8")
        self.log = []
        with _environment(SITE_URL=self.site_url), _heard(self.log):
            config = load_config(str(self.folder / "mkdocs.yml"))
            config.plugins.on_startup(command="build", dirty=False)
            build(config)
        return self.left()

    @property
    def warnings(self) -> list[str]:
        """What the last build told its author."""
        return [line for line in self.log if line.startswith(("WARNING", "ERROR"))]

    def left(self) -> dict[str, bytes]:
        files = [file for file in (self.folder / "site").rglob("*") if file.is_file()]
        files += [self.folder / name for name in _KEPT]
        return {file.relative_to(self.folder).as_posix(): file.read_bytes() for file in files}

    def from_nothing(self) -> dict[str, bytes]:
        """Build the same files without what earlier builds kept."""
        site, kept = self.folder / "site", self.folder / "build"
        aside = self.folder / "aside"
        aside.mkdir()
        for folder in (site, kept):
            if folder.exists():
                folder.rename(aside / folder.name)
        try:
            return self.build()
        finally:
            for folder in (site, kept):
                shutil.rmtree(folder, ignore_errors=True)
                if (aside / folder.name).exists():
                    (aside / folder.name).rename(folder)
            aside.rmdir()


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


@contextmanager
def _heard(log: list[str]) -> Iterator[None]:
    handler = logging.Handler(logging.INFO)
    handler.emit = lambda record: log.append(f"{record.levelname} {record.getMessage()}")  # type: ignore[method-assign]
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    level, logger.level = logger.level, logging.INFO
    try:
        yield
    finally:
        logger.level = level
        logger.removeHandler(handler)


def _any_page(project: Project, random: Random) -> Path:
    return random.choice(project.pages())


def edit(project: Project, random: Random) -> None:
    page = _any_page(project, random)
    page.write_bytes(page.read_bytes() + f"\nUne phrase de plus, la {random.randrange(9)}.\n".encode())


def edit_first_paragraph(project: Project, random: Random) -> None:
    page = _any_page(project, random)
    page.write_text(
        f"# Titre {random.randrange(9)}\n\nUn début tout neuf, qui dit ce que la page apprend.\n", "utf-8"
    )


def retitle(project: Project, random: Random) -> None:
    page = _any_page(project, random)
    body = page.read_text("utf-8").split("---\n")[-1]
    page.write_text(
        f"---\ntitle: Nouveau {random.randrange(9)}\norder: {random.randrange(3)}\n---\n{body}", "utf-8"
    )


def retag(project: Project, random: Random) -> None:
    page = _any_page(project, random)
    tags = random.sample(["Docker", "Été", "shell", "Réseau"], random.randrange(4))
    page.write_text(f"---\ntags: [{', '.join(tags)}]\n---\n\n# Étiquetée\n\nTexte.\n", "utf-8")


def add(project: Project, random: Random) -> None:
    folder = random.choice(["", "docker/", "linux/", "nouveau/", "linux/plus/"])
    name = random.choice(["index.md", "rien.md", "a.md", "zz.md"])
    project.write(folder + name, f"# Page {random.randrange(9)}\n\n[Suite](../docker/suite.md#fin)\n")


def remove(project: Project, random: Random) -> None:
    if len(project.pages()) > 3:
        _any_page(project, random).unlink()


def move(project: Project, random: Random) -> None:
    page = _any_page(project, random)
    target = (
        project.docs / random.choice(["docker", "linux", "ailleurs"]) / f"deplace-{random.randrange(3)}.md"
    )
    target.parent.mkdir(exist_ok=True)
    page.rename(target)


def link(project: Project, random: Random) -> None:
    page, target = _any_page(project, random), _any_page(project, random)
    path = os.path.relpath(target, page.parent)
    with page.open("a", encoding="utf-8") as file:
        file.write(
            f"\n[Un lien]({path}#fin), [un autre](https://example.org/{random.randrange(9)}) <b>et</b>\n"
        )


def redraw(project: Project, random: Random) -> None:
    project.write("docker/images/a.png", png(random.randrange(1, 50), 10))


def drop_image(project: Project, random: Random) -> None:
    (project.docs / "docker/images/a.png").unlink(missing_ok=True)


def copy(project: Project, random: Random) -> None:
    # The last two stand where the theme and a page write.
    names = ("plan.txt", "assets/stylesheets/course.css", "lien.txt", "404.html", "docker/tp/index.html")
    project.write(random.choice(names), f"<p>{random.randrange(9)}</p>")


def copy_from_elsewhere(project: Project, random: Random) -> None:
    target, link = project.folder / "ailleurs.txt", project.docs / "lien.txt"
    target.write_text(str(random.randrange(9)), "utf-8")
    link.unlink(missing_ok=True)
    link.symlink_to(target)


def clash(project: Project, random: Random) -> None:
    # A file where another page has a folder, and the reverse; a page in the place of another.
    name = random.choice(["plan", "plan.md", "linux/schema/index.md", "linux/schema", "docker/tp/index.md"])
    path = project.docs / name
    if path.is_dir():
        shutil.rmtree(path)
    if path.parent.is_file():
        path.parent.unlink()
    project.write(name, f"# Ici {random.randrange(9)}\n")
    if name in ("plan", "linux/schema"):  # of both, MkDocs could not write either
        path.with_name(f"{path.name}.md").unlink(missing_ok=True)
    elif (path.with_suffix("")).is_file():
        path.with_suffix("").unlink()


def drop_copy(project: Project, random: Random) -> None:
    copies = [file for file in project.docs.rglob("*") if file.suffix in (".txt", ".css", ".html")]
    if copies:
        random.choice(sorted(copies)).unlink()


def rename_site(project: Project, random: Random) -> None:
    lines = project.settings.split("\n", 1)
    project.settings = f"site_name: Cours {random.randrange(9)}\n{lines[1]}"


def publish(project: Project, random: Random) -> None:
    project.site_url = random.choice(["", "https://example.org/cours/", "https://example.net/"])


def set_front_end(project: Project, random: Random) -> None:
    before, after = "  - coursekit.markdown\n", "  - coursekit.markdown: {typography: french}\n"
    project.settings = project.settings.replace(*random.choice([(before, after), (after, before)]))


def spell_out_navigation(project: Project, random: Random) -> None:
    settings = project.settings.split("\nnav:\n")[0].rstrip("\n")
    nav = "\nnav:\n  - Départ: index.md\n  - Le reste: docker/\n" if random.random() < 0.5 else "\n"
    project.settings = settings + nav


def override(project: Project, random: Random) -> None:
    path = (
        project.folder / "overrides" / "partials" / random.choice(["copyright.html", "edit.html", "nav.html"])
    )
    text = path.read_text("utf-8")
    path.unlink()
    path.write_text(text + f"\n<!-- {random.randrange(9)} -->\n", "utf-8")


def read_the_whole_navigation(project: Project, random: Random) -> None:
    path = project.folder / "overrides" / "partials" / "copyright.html"
    path.unlink()
    path.write_text(
        "{% for item in nav.pages %}{{ item.title }}, {{ item.meta }} {% endfor %}{{ pages | length }}",
        "utf-8",
    )


def touch_the_site(project: Project, random: Random) -> None:
    files = sorted(file for file in (project.folder / "site").rglob("*") if file.is_file())
    if files:
        random.choice(files).write_bytes(b"<p>Quelqu'un d'autre.</p>")
    if folders := sorted(file for file in (project.folder / "site").rglob("*") if file.is_dir()):
        (random.choice(folders) / "de-trop.html").write_text("de trop", "utf-8")


def empty_the_site(project: Project, random: Random) -> None:
    shutil.rmtree(project.folder / "site", ignore_errors=True)


def damage_the_cache(project: Project, random: Random) -> None:
    if not project.cache.exists():
        return
    data = bytearray(project.cache.read_bytes())
    match random.randrange(4):
        case 0:
            data = data[: random.randrange(len(data) or 1)]
        case 1:
            data = bytearray(random.randbytes(5000))
        case 2:
            for _ in range(50):
                data[random.randrange(len(data))] ^= 1 << random.randrange(8)
        case 3:
            data = bytearray()
    project.cache.write_bytes(data)


def nothing(project: Project, random: Random) -> None:
    """Change nothing at all."""


CHANGES = (
    *(edit, edit, edit_first_paragraph, retitle, retag, add, remove, move, link, redraw, drop_image, nothing),
    *(copy, copy, copy_from_elsewhere, drop_copy, clash, clash),
    *(rename_site, publish, set_front_end, spell_out_navigation, override, read_the_whole_navigation),
    *(touch_the_site, empty_the_site, damage_the_cache),
)
