"""Renewal for real: the machine's clock, the real CLI, a certificate whose window is open."""

import datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID

import pem_files
from harness import resources_of

PROGRAM = """
name: renewal
runtime: yaml
resources:
  key:
    type: palisade:tls:PrivateKey
    properties: {algorithm: ED25519}
  gateway:
    type: palisade:tls:SelfSignedCert
    properties:
      privateKeyPem: ${key.privateKeyPem}
      subject: {commonName: gateway.example.com}
      isCaCertificate: true
      allowedUses: [digital_signature, cert_signing]
      validityPeriodHours: 48
      earlyRenewalHours: 0
  request:
    type: palisade:tls:CertRequest
    properties:
      privateKeyPem: ${key.privateKeyPem}
      dnsNames: [below.example.com]
  below:
    type: palisade:tls:LocallySignedCert
    properties:
      certRequestPem: ${request.certRequestPem}
      caCertPem: ${gateway.certPem}
      caPrivateKeyPem: ${key.privateKeyPem}
      allowedUses: [server_auth]
      validityPeriodHours: 24
"""
EARLY = "earlyRenewalHours: 0"


@pytest.fixture
def project(yaml_project):
    return yaml_project("renewal").write("Pulumi.yaml", PROGRAM).init()


def certificate(project, name="gateway"):
    return resources_of(project.export())[name]


def test_a_plain_up_renews_what_is_due(project):
    project.up()
    first = certificate(project)
    below = certificate(project, "below")
    assert project.up().changed() == []

    # 47 of 48 hours: not yet due, so this is a change in place.
    project.edit("Pulumi.yaml", EARLY, "earlyRenewalHours: 47")
    assert project.up().op("gateway") == "update"
    assert certificate(project)["id"] == first["id"]
    assert project.preview().changed() == []

    # 49 hours: the window has been open since the certificate was issued.
    project.edit("Pulumi.yaml", "earlyRenewalHours: 47", "earlyRenewalHours: 49")
    preview = project.preview()
    replaced = next(step for step in preview.steps_of("gateway") if step.op == "replace")
    assert "readyForRenewal" in replaced.keys
    told = [d.message for d in preview.diagnostics if d.urn.endswith("::gateway")]
    assert any(first["outputs"]["validityEndTime"] in message for message in told), preview.output
    assert "gateway" in preview.output
    up = project.up()
    assert {"create-replacement", "replace", "delete-replaced"} <= set(up.ops("gateway"))
    second = certificate(project)
    assert second["id"] != first["id"]
    assert second["outputs"]["validityStartTime"] >= first["outputs"]["validityStartTime"]
    # What it has signed is signed again in the same run.
    assert certificate(project, "below")["id"] != below["id"]

    # The window is open again at once: every run renews, as the warning says.
    third = project.up()
    assert "replace" in third.ops("gateway")
    project.edit("Pulumi.yaml", "earlyRenewalHours: 49", EARLY)
    project.up()
    assert project.preview().changed() == []


def test_an_expired_certificate_is_renewed(project):
    project.edit("Pulumi.yaml", "validityPeriodHours: 24", "validityPeriodHours: 0")
    project.up()
    first = certificate(project, "below")
    preview = project.preview()
    assert preview.changed() == ["below"]
    assert first["outputs"]["validityEndTime"] in preview.output
    project.up()
    assert certificate(project, "below")["id"] != first["id"]


def test_a_refresh_says_ready_and_the_next_up_renews(project):
    project.edit("Pulumi.yaml", EARLY, "earlyRenewalHours: 47")
    project.up()
    first = certificate(project)
    # The state of another machine whose window was wider: what counts is what stands there.
    state = project.export()
    for resource in state["deployment"]["resources"]:
        if resource["urn"].endswith("::gateway"):
            for bag in ("inputs", "outputs"):
                resource[bag]["earlyRenewalHours"] = 48
    project.import_state(state)
    project.edit("Pulumi.yaml", "earlyRenewalHours: 47", "earlyRenewalHours: 48")
    project.refresh()
    refreshed = certificate(project)
    assert refreshed["id"] == first["id"]
    assert refreshed["outputs"]["readyForRenewal"] is True
    project.up()
    assert certificate(project)["id"] != first["id"]


def test_a_window_that_never_closes_is_warned_of(project):
    project.edit("Pulumi.yaml", EARLY, "earlyRenewalHours: 48")
    preview = project.preview()
    assert any("earlyRenewalHours" in message for message in preview.messages("warning")), \
        preview.output


IMPORTED = """
name: renewal
runtime: yaml
resources:
  key:
    type: palisade:tls:PrivateKey
    properties: {algorithm: ECDSA, ecdsaCurve: P256}
  gateway:
    type: palisade:tls:SelfSignedCert
    properties:
      privateKeyPem: ${key.privateKeyPem}
      subject: {commonName: gateway.example.com}
      allowedUses: []
      validityPeriodHours: 48
      earlyRenewalHours: 4
"""


def write_aged_certificate(folder, age, hours):
    """key.pem, and cert.pem that was issued `age` hours ago for `hours`."""
    pem_files.make_key(folder, "key.pem", "P-256")
    key = serialization.load_pem_private_key((folder / "key.pem").read_bytes(), None)
    start = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
    start -= datetime.timedelta(hours=age)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "gateway.example.com")])
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(start)
        .not_valid_after(start + datetime.timedelta(hours=hours))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256()))
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))


def test_a_certificate_that_has_aged_is_renewed_once(yaml_project):
    """Issued 40 hours ago for 48, as another tool left it: due with a window of 12, not of 4."""
    project = yaml_project("renewal").write("Pulumi.yaml", IMPORTED).init()
    write_aged_certificate(project.folder, 40, 48)
    for name, kind, identity in (("key", "PrivateKey", "key.pem"),
                                 ("gateway", "SelfSignedCert", "cert.pem,key.pem")):
        project.import_resource(f"palisade:tls:{kind}", name, identity, "--generate-code=false")
    old = certificate(project)
    assert project.up().changed() == []

    # Without a window nothing is due before the end, but the end is near.
    project.edit("Pulumi.yaml", "earlyRenewalHours: 4", EARLY)
    preview = project.preview()
    assert preview.op("gateway") == "update"
    assert "set it to renew in time" in "\n".join(preview.messages("warning"))

    project.edit("Pulumi.yaml", EARLY, "earlyRenewalHours: 12")
    preview = project.preview()
    assert preview.changed() == ["gateway"]
    told = "\n".join(preview.messages("warning"))
    assert "gateway.example.com" in told and old["outputs"]["validityEndTime"] in told
    assert "within its renewal window of 12 h" in told
    project.up()
    new = certificate(project)
    assert new["id"] != old["id"]
    # Once: the new one has its whole life before it.
    assert project.up().changed() == []
    assert certificate(project)["id"] == new["id"]
