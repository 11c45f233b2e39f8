"""Imports of what openssl makes otherwise than we would: other names than were asked for, a bundle of
certificates, an end in the year 9999."""

import datetime

import pytest

import pem_files
from harness import resources_of

SERVER = """
name: foreign
runtime: yaml
resources:
  server:
    type: palisade:tls:LocallySignedCert
    properties:
      certRequestPem: {fn::readFile: ./server.csr}
      caCertPem: {fn::readFile: ./bundle.pem}
      caPrivateKeyPem: {fn::readFile: ./ca.key}
      allowedUses: [digital_signature, server_auth]
      setSubjectKeyId: true
      validityPeriodHours: 2160
    options: {import: "ID"}
"""

ENDLESS = """
name: foreign
runtime: yaml
resources:
  root:
    type: palisade:tls:SelfSignedCert
    properties:
      privateKeyPem: {fn::readFile: ./endless.key}
      subject: {commonName: Device Root}
      isCaCertificate: true
      maxPathLength: 1
      allowedUses: [cert_signing, crl_signing]
      validityPeriodHours: HOURS
    options: {import: "ID"}
"""


def imported(project, program, identity):
    """The run that imports; then the same program without the option changes nothing."""
    project.write("Pulumi.yaml", program.replace("ID", identity)).init()
    run = project.up()
    project.write("Pulumi.yaml", program.replace('    options: {import: "ID"}\n', ""))
    assert project.preview().changed() == []
    assert project.up().changed() == []
    assert project.refresh().changed() == []
    return run


@pytest.mark.parametrize("identity", ["server.pem", "server.pem,server.csr,bundle.pem,ca.key"])
def test_an_authority_that_chose_the_names(yaml_project, identity):
    project = yaml_project("foreign")
    pem_files.make_authority_and_leaf(project.folder, asks_for_names=False)
    root = (project.folder / "ca.pem").read_text()
    project.write("bundle.pem", root + root)
    run = imported(project, SERVER, identity)
    assert run.op("server") == "import"
    assert any("models.example.com" in message for message in run.messages("warning")), run.output
    certificate = (project.folder / "server.pem").read_text()
    assert resources_of(project.export())["server"]["outputs"]["certPem"] == certificate


def test_a_certificate_without_an_end(yaml_project):
    project = yaml_project("foreign")
    pem_files.make_endless(project.folder)
    life = datetime.datetime(9999, 12, 31, 23, 59, 59) - datetime.datetime(2025, 1, 1)
    hours = -(-life // datetime.timedelta(hours=1))
    program = ENDLESS.replace("HOURS", str(hours))
    assert imported(project, program, "endless.pem,endless.key").op("root") == "import"
    # One that takes its place starts later, and would end after the year 9999.
    project.edit("Pulumi.yaml", "Device Root", "Another Root")
    assert "tls.validity" in project.preview(ok=False).output


def test_requested_extensions_are_named(yaml_project):
    project = yaml_project("foreign").write("Pulumi.yaml", "name: foreign\nruntime: yaml\n").init()
    pem_files.make_authority_and_leaf(project.folder)
    pem_files.openssl(project.folder, "req", "-new", "-key", "server.key", "-config", "openssl.cnf",
                      "-subj", "/CN=x", "-out", "x.csr", "-addext", "keyUsage=digitalSignature")
    run = project.import_resource("palisade:tls:CertRequest", "x", "x.csr,server.key",
                                  "--generate-code=false")
    assert any("2.5.29.15" in message for message in run.messages("warning")), run.output
