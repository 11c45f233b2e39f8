"""Imports every resource and function of the installed Python SDK.

Usage: import_all.py TOKENS, where TOKENS is what `sdkgen tokens` prints.
"""

import importlib
import importlib.metadata
import json
import re
import sys
from pathlib import Path

import pulumi
from pulumi._types import input_type_py_to_pulumi_names


def snake(name):
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def main():
    contents = json.loads(Path(sys.argv[1]).read_text())
    package = importlib.import_module("pulumi_palisade")
    assert importlib.metadata.version("pulumi_palisade") == contents["version"]
    plugin = json.loads((Path(package.__file__).parent / "pulumi-plugin.json").read_text())
    assert plugin == {"resource": True, "name": "palisade", "version": contents["version"]}, plugin

    def module_of(member):
        return importlib.import_module(".".join(["pulumi_palisade", *member["module"].split("/")]))

    for member in contents["resources"]:
        module = module_of(member)
        resource = getattr(module, member["name"])
        assert issubclass(resource, pulumi.CustomResource), member
        assert resource.pulumi_type == member["token"], member
        names = input_type_py_to_pulumi_names(getattr(module, member["name"] + "Args"))
        assert sorted(names.values()) == sorted(member["inputs"]), (member, names)
    for member in contents["functions"]:
        module = module_of(member)
        assert callable(getattr(module, snake(member["name"]))), member
        assert callable(getattr(module, snake(member["name"]) + "_output")), member
    # Last: importing a file such as tls/get_certificate.py before its package was used would put the
    # file's module in the place of the function of the same name.
    for path in Path(package.__file__).parent.rglob("*.py"):
        parts = path.relative_to(Path(package.__file__).parent).with_suffix("").parts
        importlib.import_module(".".join(("pulumi_palisade", *(p for p in parts if p != "__init__"))))
    assert contents["resources"], "the schema has no resource"
    print(f"Python: {len(contents['resources'])} resources, {len(contents['functions'])} functions imported")


main()
