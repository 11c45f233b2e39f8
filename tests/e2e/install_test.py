"""The ways to install the plugin that the README names, each by the real CLI."""

import json
import os
import re
import subprocess

import pytest

from harness import PLUGIN_FOLDER, ROOT

YAML = """
name: test
runtime: yaml
resources:
  key:
    type: palisade:tls:PrivateKey
    properties: {algorithm: ED25519}
outputs:
  public: ${key.publicKeyOpenssh}
"""


@pytest.fixture
def version(plugin):
    printed = subprocess.run([plugin, "--version"], capture_output=True, text=True, check=True, timeout=30)
    return printed.stdout.strip().split()[-1].removeprefix("v")


@pytest.fixture
def off_path(sandbox):
    """The sandbox without the plugin's folder on PATH."""
    folders = sandbox.env["PATH"].split(os.pathsep)
    sandbox.env["PATH"] = os.pathsep.join(f for f in folders if f != str(PLUGIN_FOLDER))
    return sandbox


def test_on_path(plugin, yaml_project):
    project = yaml_project().write("Pulumi.yaml", YAML).init()
    project.up()
    assert project.outputs()["public"].startswith("ssh-ed25519 ")
    project.destroy()


def test_plugin_install_from_a_file(off_path, plugin, version, yaml_project):
    project = yaml_project().write("Pulumi.yaml", YAML).init()
    failed = project.preview(ok=False)
    assert "palisade" in failed.output
    project.sandbox.run("pulumi", "plugin", "install", "resource", "palisade", version,
                        "--file", plugin, cwd=project.folder)
    listed = json.loads(project.sandbox.run("pulumi", "plugin", "ls", "--json", cwd=project.folder))
    assert [(p["name"], p["version"]) for p in listed] == [("palisade", version)]
    up = project.up()
    assert up.op("key") == "create"
    project.destroy()


def test_the_clis_own_schema_commands_accept_it(sandbox, plugin, version):
    ours = json.loads(subprocess.run([plugin, "schema"], capture_output=True, text=True, check=True,
                                     timeout=30).stdout)
    cwd = sandbox.folder
    theirs = json.loads(sandbox.run("pulumi", "package", "get-schema", plugin, cwd=cwd))
    assert theirs["version"] == ours["version"] == version
    assert sorted(theirs["resources"]) == sorted(ours["resources"])
    (cwd / "schema.json").write_text(json.dumps(ours))
    sandbox.run("pulumi", "schema", "check", "schema.json", cwd=cwd)


def test_package_add_in_a_yaml_project_beside_the_tree(plugin, yaml_project):
    project = yaml_project().write("Pulumi.yaml", YAML).init()
    named = re.search(r"^pulumi package add (\S+)", (ROOT / "README.md").read_text(), re.MULTILINE)[1]
    tree = project.folder.parent / "palisade"
    tree.mkdir()
    (tree / "bin").symlink_to(plugin.parent)
    project.sandbox.run("pulumi", "package", "add", named, "--non-interactive", cwd=project.folder)
    assert "packages:" in (project.folder / "Pulumi.yaml").read_text()
    assert project.up().op("key") == "create"
    project.destroy()
