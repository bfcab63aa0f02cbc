"""What is kept from elsewhere is what its authors published."""

from __future__ import annotations

import hashlib
from importlib import resources

# Of `package/dist/pele.global.js` in npm's pele-1.13.0.tgz.
_PELE = "0b0a46c57a5a6971670c09f5ec4066705bd78505f90fd11adf6260325efa0910"


def test_pele_is_the_file_of_its_package() -> None:
    file = resources.files("coursekit.markdown.diagrams") / "pele.global.js"
    assert (
        hashlib.sha256(file.read_bytes()).hexdigest()
        == "0b0a46c57a5a6971670c09f5ec4066705bd78505f90fd11adf6260325efa0910"
    )
