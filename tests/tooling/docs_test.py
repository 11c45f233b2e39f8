"""What the pages say of the schema is true: every type stands in the tables, none is made up."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FRAGMENTS = [json.loads(path.read_text()) for path in sorted((ROOT / "schema").rglob("*.json"))]
TYPES = {fragment["token"]: fragment for fragment in FRAGMENTS if "token" in fragment}


def rows(page, first):
    """First cell -> the other one of the table whose head begins with `first`."""
    text = (ROOT / page).read_text()
    table = text[text.index(f"| {first} |"):].split("\n\n")[0].splitlines()[2:]
    return {line.split("|")[1].strip(): line.split("|")[2] for line in table}


def names_in(text):
    return set(re.findall(r"\b(?:[A-Z][a-z0-9]+)+\b|\bget[A-Z]\w+", text))


@pytest.mark.parametrize("module", ["aws/ec2", "aws/networkfirewall", "aws"])
def test_the_table_of_the_aws_page(module):
    cell = next(text for head, text in rows("docs/aws.md", "module").items()
                if head.startswith(f"`{module}`"))
    assert names_in(cell) == {token.rpartition(":")[2] for token in TYPES
                              if token.split(":")[1] == module}


def test_every_module_of_aws_has_a_row():
    heads = " ".join(rows("docs/aws.md", "module"))
    for token in TYPES:
        if token.startswith("palisade:aws"):
            assert f"`{token.split(':')[1]}`" in heads, token


def test_the_table_of_the_readme():
    named = rows("README.md", "type or function")
    for token in TYPES:
        package, module, name = token.split(":")
        # A row for a whole module names its types, but for ec2's, which are many and summed up.
        whole = [cell for head, cell in named.items() if f"`{package}:{module}:" in head and "..." in head]
        assert f"`{token}`" in named or any(name in cell or module == "aws/ec2" for cell in whole), token


@pytest.mark.parametrize("token", [token for token in TYPES if token.startswith("palisade:aws/")])
def test_a_type_of_aws_has_both_packages_types_as_aliases(token):
    packages = {alias["type"].split(":")[0] for alias in TYPES[token]["resource"]["aliases"]}
    # The aws package has one type for both associations; the subnet's has it.
    expected = {"aws-native"} if token.endswith(":GatewayRouteTableAssociation") else {"aws-native", "aws"}
    assert packages == expected
