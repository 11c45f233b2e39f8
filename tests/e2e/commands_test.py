"""Commands of the CLI beside the usual verbs: archives, `pulumi do`, update plans."""

import json
import os
import tarfile

import pytest

import pem_files
import secret_scan
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


def test_do_reads_lists_and_calls_without_a_program(project, plugin):
    """What of `pulumi do` needs no converter for input files, which comes with a whole Pulumi
    installation; so no `create`: `algorithm` is not of a type that the CLI makes a flag of."""
    def do(*words):
        return project.cli("do", "--package", plugin, *words)

    pem_files.make_authority_and_leaf(project.folder)
    certificate = (project.folder / "server.pem").read_text()
    key = (project.folder / "ca.key").read_text()

    read = json.loads(do("palisade:tls:PrivateKey", "read", "ca.key", "--output", "json"))
    assert read["ecdsaCurve"] == "P384" and read["privateKeyPem"] == "[secret]"
    listed = json.loads(do("palisade:tls:PrivateKey", "list"))
    assert {item["id"] for item in listed} == {"ca.key", "server.key"}
    assert len(json.loads(do("palisade:tls:PrivateKey", "list", "--count", "1"))) == 1
    facts = json.loads(do("palisade:tls:getCertificate", f"--content={certificate}"))
    assert facts["certificates"][0]["subject"] == "CN=models.example.com,O=Example"
    public = json.loads(project.sandbox.private(
        "pulumi", "do", "--package", plugin, "palisade:tls:getPublicKey", f"--private-key-pem={key}",
        cwd=project.folder))
    assert public["publicKeyPem"] == pem_files.openssl(project.folder, "pkey", "-in", "ca.key",
                                                       "-pubout")
    assert public["publicKeyFingerprintSha256"] == read["publicKeyFingerprintSha256"]
    assert not secret_scan.met(project.sandbox.transcript.text, secret_scan.needles(
        [key], public["publicKeyPem"] + public["publicKeyOpenssh"]))


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
