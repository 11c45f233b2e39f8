"""What a script says about a missing tool is true: what it sends the user to does bring that tool."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
LIBRARY = SCRIPTS / "lib" / "once.sh"
# Where the command is not called as its package.
PACKAGES = {"ninja": "ninja-build", "dpkg-source": "dpkg-dev", "clang++-14": "clang-14"}


def packages_of(text):
    continued = text.replace("\\\n", " ")
    return {word for line in re.findall(r'^ *(?:--tidy\) )?want "[^"]*" (.*)$', continued, re.MULTILINE)
            for word in line.replace(";;", "").split()}


def installed():
    """What scripts/setup installs, without and with --tests."""
    text = (SCRIPTS / "setup").read_text()
    always, _, options = text.partition('options=("$@")')
    tests = options.partition("--tests)")[2].partition(";;")[0]
    return packages_of(always), packages_of(always) | packages_of(tests)


def needed():
    return sorted({name for script in SCRIPTS.iterdir() if script.is_file()
                   for name in re.findall(r"^ *need ([a-z][\w+-]*)", script.read_text(), re.MULTILINE)})


def holds(hint, command):
    always, with_tests = installed()
    package = PACKAGES.get(command, command)
    if "scripts/setup --tests installs" in hint:
        return package in with_tests
    return "scripts/setup installs" not in hint or package in always


def test_the_scripts_need_what_is_known_here():
    assert {"go", "node", "npm", "python3", "ninja", "openssl"} <= set(needed())
    always, with_tests = installed()
    assert "g++" in always and "python3-venv" in with_tests - always


@pytest.mark.parametrize("command", needed())
def test_the_hint_of_a_missing_command_is_true(command, tmp_path):
    done = subprocess.run(
        [shutil.which("bash"), "-c", f'. "{LIBRARY}"; need {command} "to try"; echo "not stopped"'],
        capture_output=True, text=True, timeout=30, env={"PATH": str(tmp_path)})
    assert done.returncode == 1 and done.stdout == "", done
    assert f"needs '{command}' on PATH (to try): " in done.stderr
    assert holds(done.stderr, command), done.stderr


@pytest.mark.parametrize("script", ["format", "fuzz"])
def test_the_hint_of_a_script_is_true(script):
    hint = re.search(rf"{script}: needs (\S+); (scripts/setup.* installs it)", (SCRIPTS / script).read_text())
    assert holds(hint[2], hint[1]), hint[0]
