"""docs/protocol.md names a test for each point, and each of them exists."""

import ast
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs/protocol.md"
NAME = re.compile(r"`([\w/]+_test\.py)::(test_\w+)`")


def rows():
    """Cells of the table's rows by number."""
    lines = [line for line in DOCUMENT.read_text().splitlines() if re.match(r"\| \d+ \|", line)]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return {int(row[0]): row for row in cells}


def functions_of(file):
    path = ROOT / file if "/" in file else ROOT / "tests/protocol" / file
    return {node.name for node in ast.parse(path.read_text()).body
            if isinstance(node, ast.FunctionDef)}


def test_every_point_has_a_row():
    assert sorted(rows()) == list(range(1, 27))


def test_every_row_is_done_or_says_why_not():
    for number, row in rows().items():
        assert row[3] == "Y" or row[3].startswith("not applicable: "), number


def test_every_row_names_tests():
    for number, row in rows().items():
        names = NAME.findall(row[4])
        assert names, f"row {number} names no test"
        assert len(names) == row[4].count("`") // 2, f"row {number} names something else"


def test_every_named_test_exists():
    for file, name in NAME.findall(DOCUMENT.read_text()):
        assert name in functions_of(file), f"{file} has no {name}"
