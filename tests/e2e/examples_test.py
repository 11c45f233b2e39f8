"""What the examples and the README name exists, in the version of this tree."""

import json
import re

from harness import ROOT

EXAMPLES = ROOT / "examples" / "private-pki"


def version():
    return re.search(r"^project\(palisade VERSION (\S+)", (ROOT / "CMakeLists.txt").read_text(),
                     re.MULTILINE)[1]


def test_the_examples_ask_for_the_sdks_of_this_version(packed):
    wheel = re.search(r"^\S+\.whl$", (EXAMPLES / "python" / "requirements.txt").read_text(),
                      re.MULTILINE)[0]
    tarball = json.loads((EXAMPLES / "typescript" / "package.json").read_text())["dependencies"][
        "@palisade/pulumi"].removeprefix("file:")
    for folder, file in (("python", wheel), ("typescript", tarball)):
        found = (EXAMPLES / folder / file).resolve()
        assert found.parent == packed and found.exists(), found
        assert version() in found.name


def test_the_readme_names_this_version():
    named = re.findall(r"\b\d+\.\d+\.\d+\b(?=[-.\s])", re.sub(
        r"CLI \d+\.\d+\.\d+", "", (ROOT / "README.md").read_text()))
    assert named and set(named) == {version()}
