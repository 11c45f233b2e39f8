"""What the examples and the README name exists, in the version of this tree."""

import json
import re

import pytest

from harness import ROOT

EXAMPLES = sorted(path for path in (ROOT / "examples").iterdir() if path.is_dir())


def version():
    return re.search(r"^project\(palisade VERSION (\S+)", (ROOT / "CMakeLists.txt").read_text(),
                     re.MULTILINE)[1]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_an_example_asks_for_the_sdks_of_this_version(packed, example):
    wheel = re.search(r"^\S+\.whl$", (example / "python" / "requirements.txt").read_text(),
                      re.MULTILINE)[0]
    tarball = json.loads((example / "typescript" / "package.json").read_text())["dependencies"][
        "@palisade/pulumi"].removeprefix("file:")
    for folder, file in (("python", wheel), ("typescript", tarball)):
        found = (example / folder / file).resolve()
        assert found.parent == packed and found.exists(), found
        assert version() in found.name


def test_the_readme_names_this_version():
    named = re.findall(r"\b\d+\.\d+\.\d+\b(?=[-.\s])", re.sub(
        r"CLI \d+\.\d+\.\d+", "", (ROOT / "README.md").read_text()))
    assert named and set(named) == {version()}
