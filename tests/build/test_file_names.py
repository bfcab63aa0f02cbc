"""Pages by whatever name their author's system gave them."""

from __future__ import annotations

import os
from pathlib import Path

from tests.build.conftest import Build


def test_names_as_authors_give_them(build: Build) -> None:
    built = build({
        "index.md": "# Accueil\n\n[a](<À lire/Page Été.md>) [b](TP.MD) [c](%C3%80%20lire/README.MD)\n",
        "TP.MD": "# Travaux\n\n[accueil](index.md)\n",
        "À lire/README.MD": "# Lisez-moi\n",
        "À lire/Page Été.md": "# Été\n\n[retour](../TP.MD#travaux)\n",
    })  # fmt: skip
    assert (built.returncode, built.warnings) == (0, [])
    assert '<h1 id="travaux">' in built.page("TP")
    assert '<h1 id="lisez-moi">' in built.page("À lire")
    assert 'href="../../TP/#travaux"' in built.page("À lire/Page Été")
    assert 'href="TP/"' in (built.folder / "site/index.html").read_text(encoding="utf-8")


def test_names_that_are_no_utf_8(build: Build, tmp_path: Path) -> None:
    names = [os.fsdecode(name) for name in (b"caf\xe9.txt", b"\xe9t\xe9/plan.png", b"caf\xe9.md")]
    for _ in range(2):
        built = build({"index.md": "# Accueil\n", **dict.fromkeys(names, "# Rien\n")})
        assert built.returncode == 0
        assert [line.rpartition(" : ")[2] for line in built.warnings] == [
            "la page n'est pas publiée, renommez le fichier"
        ]
        assert all((built.folder / "site" / name).is_file() for name in names[:2])
