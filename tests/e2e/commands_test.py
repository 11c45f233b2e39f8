"""Commands of the CLI beside the usual verbs: archives, `pulumi do`, update plans."""

import json
import os
import tarfile

import pytest

import pem_files
from harness import resources_of

PROGRAM = """
name: tiny
runtime: yaml
resources:
  key:
    type: palisade:tls:PrivateKey
    properties: {algorithm: ED25519}
"""


@pytest.fixture
def project(yaml_project):
    return yaml_project("tiny").write("Pulumi.yaml", PROGRAM).init()


@pytest.fixture
def version(project, plugin):
    return json.loads(project.sandbox.run(plugin, "schema", cwd=project.folder))["version"]


def test_installed_from_an_archive(project, plugin, version, tmp_path):
    folders = project.sandbox.env["PATH"].split(os.pathsep)
    project.sandbox.env["PATH"] = os.pathsep.join(f for f in folders if f != str(plugin.parent))
    archive = tmp_path / f"pulumi-resource-palisade-v{version}-linux-amd64.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        tar.add(plugin, "pulumi-resource-palisade")
    project.cli("plugin", "install", "resource", "palisade", version, "--file", str(archive))
    assert project.up().op("key") == "create"


def do(project, *words, check=True):
    return project.cli("do", *words, check=check)


def test_do_without_a_program(project):
    made = do(project, "palisade:tls:PrivateKey", "create", "--algorithm", "ED25519")
    assert "ssh-ed25519" in made and "PRIVATE" not in made
    pem_files.make_authority_and_leaf(project.folder)
    read = do(project, "palisade:tls:PrivateKey", "read", "ca.key")
    assert "P384" in read and "PRIVATE" not in read
    listed = do(project, "palisade:tls:PrivateKey", "list")
    assert "ca.key" in listed and "server.key" in listed and "ca.pem" not in listed
    told = do(project, "palisade:tls:getCertificate", "--content",
              (project.folder / "server.pem").read_text())
    assert "models.example.com" in told


def test_plans_hold(project):
    """An update plan replays the seed of each resource; a key is random all the same, and unknown
    in the plan."""
    project.preview("--save-plan", "plan.json")
    assert project.up("--plan", "plan.json").op("key") == "create"
    project.edit("Pulumi.yaml", "{algorithm: ED25519}", "{algorithm: ED25519, triggers: {a: b}}")
    project.preview("--save-plan", "plan.json")
    project.edit("Pulumi.yaml", "triggers: {a: b}", "triggers: {a: c}")
    assert "plan" in project.up("--plan", "plan.json", ok=False).output
    assert len(resources_of(project.export())) == 1
