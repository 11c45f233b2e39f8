"""scripts/pulumi-cli takes an installed CLI only where it is the one that the tests know."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PINNED = re.search(r"pulumi/pulumi/pkg/v3 (v\S+)", (ROOT / "sdk-gen" / "go.mod").read_text())[1]


@pytest.fixture
def asked(tmp_path):
    """asked(version) with a pulumi of that version on PATH, and without Go, so that nothing is built."""
    for tool in ("bash", "dirname", "readlink", "awk"):
        (tmp_path / tool).symlink_to(shutil.which(tool))

    def ask(version, **env):
        for name in ("pulumi", "pulumi-language-yaml"):
            (tmp_path / name).write_text(f"#!{shutil.which('bash')}\necho {version}\n")
            (tmp_path / name).chmod(0o755)
        clean = {key: value for key, value in os.environ.items() if not key.startswith("PALISADE_")}
        return subprocess.run([ROOT / "scripts" / "pulumi-cli"], capture_output=True, text=True, timeout=60,
                              env=clean | {"PATH": str(tmp_path)} | env)
    return ask


def test_the_pinned_version_is_used(asked, tmp_path):
    done = asked(PINNED)
    assert (done.returncode, done.stdout) == (0, f"{tmp_path}\n"), done.stderr


def test_another_version_is_not_what_the_tests_know(asked):
    done = asked("v3.1.0")
    assert done.returncode == 1 and done.stdout == ""
    assert f"pulumi on PATH is v3.1.0 and the tests know {PINNED}" in done.stderr
    assert "needs 'go'" in done.stderr


def test_any_version_may_be_asked_for(asked, tmp_path):
    assert asked("v3.1.0", PALISADE_PULUMI="any").stdout == f"{tmp_path}\n"


def test_an_installed_one_may_be_passed_over(asked):
    done = asked(PINNED, PALISADE_PULUMI="build")
    assert done.returncode == 1 and "needs 'go'" in done.stderr
