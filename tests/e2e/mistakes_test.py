"""Programs with mistakes: all of one resource at once, each with its path, and no secret shown."""

import json

import pytest

import pem_files
import secret_scan
from harness import resources_of

# Untyped, as nothing else would let these names through to the provider.
GALLERY = """
import pulumi
from pathlib import Path

ca_key, other_key = (pulumi.Output.secret(Path(f).read_text()) for f in ("ca.key", "server.key"))
pulumi.CustomResource("palisade:tls:SelfSignedCert", "gallery", {
    "privateKeyPEM": ca_key,
    "subject": {"comonName": "x"},
    "validityPeriodHour": 10,
    "earlyRenewalHours": -1,
    "allowedUses": ["server_auht"],
    "ipAddresses": ["10.0.0.1", "10.0.0.300"],
    "isCaCertificate": "perhaps",
    "maxPathLength": -7,
    "uris": [pulumi.Output.secret("not a uri: hidden-token-4711")],
})
"""

SIGNING = """
name: signing
runtime: yaml
resources:
  cert:
    type: palisade:tls:LocallySignedCert
    properties:
      certRequestPem: {fn::readFile: ./REQUEST}
      caCertPem: {fn::readFile: ./CERT}
      caPrivateKeyPem: {fn::secret: {fn::readFile: ./KEY}}
      allowedUses: [digital_signature, server_auth]
      validityPeriodHours: 24
"""


def signing(request="server.csr", cert="ca.pem", key="ca.key"):
    return SIGNING.replace("REQUEST", request).replace("CERT", cert).replace("KEY", key)


def lacks_keys(project, *files):
    keys = [(project.folder / file).read_text() for file in files]
    assert not secret_scan.met(project.sandbox.transcript.text, secret_scan.needles(keys))


def test_all_mistakes_of_a_resource_at_once(python_project):
    project = python_project("gallery")
    pem_files.make_authority_and_leaf(project.folder)
    project.write("Pulumi.yaml", "name: gallery\nruntime: python\n")
    project.write("__main__.py", GALLERY).init()
    said = project.preview(ok=False).output
    for words in ('did you mean \"privateKeyPem\"', 'did you mean \"commonName\"', "subject.comonName",
                  'did you mean \"validityPeriodHours\"', "earlyRenewalHours", "allowedUses[0]",
                  'did you mean \"server_auth\"', "ipAddresses[1]", "10.0.0.300", "isCaCertificate",
                  "maxPathLength", "uris[0]"):
        assert words in said, f"{words!r} is not in:\n{said}"
    assert "ipAddresses[0]" not in said
    assert "hidden-token-4711" not in project.sandbox.transcript.text
    lacks_keys(project, "ca.key")


@pytest.fixture
def project(yaml_project):
    made = yaml_project("signing").write("Pulumi.yaml", signing()).init()
    pem_files.make_authority_and_leaf(made.folder)
    pem_files.make_key(made.folder, "strange.key", "ED25519")
    strange = (made.folder / "strange.key").read_text()
    made.write("broken.key", strange.replace("BEGIN PRIVATE", "BEGIN PRIVAT"))
    # Base64 of the right length whose content is no key.
    body = strange.splitlines()[1]
    made.write("garbled.key", strange.replace(body, body[::-1]))
    return made


def test_the_right_program_is_taken(project):
    assert project.preview().op("cert") == "create"
    assert project.up().ok


@pytest.mark.parametrize("files, path, words", [
    ({"key": "server.key"}, "caPrivateKeyPem", "tls.ca-key-mismatch"),
    ({"key": "strange.key"}, "caPrivateKeyPem", "tls.ca-key-mismatch"),
    ({"key": "broken.key"}, "caPrivateKeyPem", "PEM"),
    ({"key": "garbled.key"}, "caPrivateKeyPem", "key"),
    ({"key": "ca.pem"}, "caPrivateKeyPem", "CERTIFICATE"),
    ({"cert": "ca.key"}, "caCertPem", "PRIVATE KEY"),
    ({"cert": "server.pem", "key": "server.key"}, "caCertPem", "isCaCertificate"),
    ({"request": "server.pem"}, "certRequestPem", "CERTIFICATE REQUEST"),
    ({"request": "server.key"}, "certRequestPem", "PRIVATE KEY"),
], ids=lambda value: "-".join(value.values()) if isinstance(value, dict) else None)
def test_a_wrong_file_is_named_in_preview(project, files, path, words):
    project.write("Pulumi.yaml", signing(**files))
    # What is merely dangerous (a certificate whose issuer is no authority) warns.
    run = project.preview(ok=None)
    told = run.messages("error") + run.messages("warning")
    assert any(path in message and words in message for message in told), run.output
    lacks_keys(project, "ca.key", "server.key", "strange.key", "broken.key", "garbled.key")


def test_a_leaf_that_outlives_its_authority_is_warned_of(project):
    project.edit("Pulumi.yaml", "validityPeriodHours: 24", "validityPeriodHours: 876000")
    run = project.preview()
    assert any("validityPeriodHours" in message for message in run.messages("warning")), run.output


def test_a_rule_can_be_skipped(project):
    project.write("Pulumi.yaml", signing(key="server.key"))
    told = "\n".join(project.preview(ok=False).messages("error"))
    rule = told[told.rindex("[") + 1:told.rindex("]")]
    assert rule.startswith("tls"), told
    project.edit("Pulumi.yaml", "allowedUses:", f"skipChecks: ['{rule}']\n      allowedUses:")
    assert project.preview().op("cert") == "create"


def test_a_failed_run_leaves_nothing(project):
    project.write("Pulumi.yaml", signing(key="broken.key"))
    project.up(ok=False)
    assert resources_of(project.export()) == {}
    lacks_keys(project, "ca.key", "broken.key")
    assert "broken" not in json.dumps(project.export())
