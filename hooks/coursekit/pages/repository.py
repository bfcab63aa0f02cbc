"""Where the sources of a site can be edited, as continuous integration tells it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import NamedTuple
from urllib.parse import quote


class Repository(NamedTuple):
    """A repository that is edited on the web, in MkDocs' terms."""

    url: str  # `repo_url`
    name: str  # `repo_name`
    edit_uri: str  # from there to the folder of the pages, ends in `/`


def repository(environment: Mapping[str, str], docs: PurePath) -> Repository | None:
    """Return the repository and branch that GitHub or GitLab builds; `docs` is the folder of the pages.

    A build of a tag, or of a proposed change, has no branch to edit.

    Variables: https://docs.github.com/actions/reference/variables-reference and
    https://docs.gitlab.com/ci/variables/predefined_variables/.
    """
    known = environment.get
    if (name := known("GITHUB_REPOSITORY")) and known("GITHUB_REF_TYPE") == "branch":
        is_proposed = bool(known("GITHUB_HEAD_REF"))
        url, branch = f"{known('GITHUB_SERVER_URL', 'https://github.com')}/{name}", known("GITHUB_REF_NAME")
        forge, root, edit = "GitHub", known("GITHUB_WORKSPACE"), "edit"
    else:
        is_proposed = bool(known("CI_MERGE_REQUEST_IID"))
        url, branch = known("CI_PROJECT_URL", ""), known("CI_COMMIT_BRANCH")
        forge, root, edit = "GitLab", known("CI_PROJECT_DIR"), "-/edit"
    if is_proposed or not (url and branch and root and docs.is_relative_to(root)):
        return None
    path = "/".join(filter(None, [branch, docs.relative_to(root).as_posix().strip(".")]))
    return Repository(url, forge, f"{edit}/{quote(path)}/")
