"""Runs a type checker over a folder and wants complaints about wrong_program and nothing else.

Usage: type_check.py mypy|tsc FOLDER COMMAND...
"""

import re
import subprocess
import sys
from pathlib import Path

# How each tool begins a complaint, and how it names the misspelt property.
COMPLAINT = {
    "mypy": re.compile(r"^(?P<file>[^:\n]+\.pyi?):\d+: error: ", re.MULTILINE),
    "tsc": re.compile(r"^(?P<file>[^(\n]+\.ts)\(\d+,\d+\): error ", re.MULTILINE),
}
MISSPELT = {"mypy": r"PrivateKey|rsa_bitz", "tsc": r"rsaBitz"}


def main():
    tool, folder, command = sys.argv[1], Path(sys.argv[2]), sys.argv[3:]
    suffix = {"mypy": ".py", "tsc": ".ts"}[tool]
    programs = sorted(path.name for path in folder.glob("*" + suffix))
    if tool == "mypy":
        command = command + programs
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600)
    output = run.stdout + run.stderr
    complaints = [match["file"] for match in COMPLAINT[tool].finditer(output)]
    wrong = "wrong_program" + suffix
    others = [name for name in complaints if Path(name).name != wrong]
    if run.returncode == 0 or wrong not in complaints or others or not re.search(MISSPELT[tool], output):
        print(output, file=sys.stderr)
        sys.exit(f"{tool}: expected complaints about {wrong} alone, got them about {complaints}")
    print(f"{tool}: {len(programs) - 1} programs are right, the misspelt property is refused")


main()
