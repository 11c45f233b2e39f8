"""A stack of the established `tls` package moves over: `up` says that nothing changes."""

import pytest
from cryptography.hazmat.primitives import serialization

import established
from harness import resources_of

YAML = """
name: moved
runtime: yaml
resources:
  rootKey:
    type: palisade:tls:PrivateKey
    properties: {algorithm: ECDSA, ecdsaCurve: P384}
    options: {aliases: [{type: "tls:index/privateKey:PrivateKey"}]}
  leafKey:
    type: palisade:tls:PrivateKey
    properties: {algorithm: RSA, rsaBits: 2048}
    options: {aliases: [{type: "tls:index/privateKey:PrivateKey"}]}
  sshKey:
    type: palisade:tls:PrivateKey
    properties: {algorithm: ED25519}
    options: {aliases: [{type: "tls:index/privateKey:PrivateKey"}]}
  root:
    type: palisade:tls:SelfSignedCert
    properties:
      privateKeyPem: ${rootKey.privateKeyPem}
      subject: {commonName: Root, organization: Example}
      isCaCertificate: true
      allowedUses: [cert_signing, crl_signing]
      validityPeriodHours: 87600
    options: {aliases: [{type: "tls:index/selfSignedCert:SelfSignedCert"}]}
  request:
    type: palisade:tls:CertRequest
    properties:
      privateKeyPem: ${leafKey.privateKeyPem}
      subject: {commonName: leaf, organization: Example}
      dnsNames: [models.example.com]
    options: {aliases: [{type: "tls:index/certRequest:CertRequest"}]}
  leaf:
    type: palisade:tls:LocallySignedCert
    properties:
      certRequestPem: ${request.certRequestPem}
      caCertPem: ${root.certPem}
      caPrivateKeyPem: ${rootKey.privateKeyPem}
      allowedUses: [key_encipherment, digital_signature, server_auth]
      validityPeriodHours: 8760
      earlyRenewalHours: 720
    options: {aliases: [{type: "tls:index/locallySignedCert:LocallySignedCert"}]}
"""

# No alias in sight: the generated SDKs carry them. Only the import line was another one.
PYTHON = """
from pulumi_palisade import tls

root_key = tls.PrivateKey("rootKey", algorithm="ECDSA", ecdsa_curve="P384")
leaf_key = tls.PrivateKey("leafKey", algorithm="RSA", rsa_bits=2048)
ssh_key = tls.PrivateKey("sshKey", algorithm="ED25519")
root = tls.SelfSignedCert(
    "root", private_key_pem=root_key.private_key_pem,
    subject={"common_name": "Root", "organization": "Example"}, is_ca_certificate=True,
    allowed_uses=["cert_signing", "crl_signing"], validity_period_hours=87600)
request = tls.CertRequest(
    "request", private_key_pem=leaf_key.private_key_pem,
    subject={"common_name": "leaf", "organization": "Example"}, dns_names=["models.example.com"])
leaf = tls.LocallySignedCert(
    "leaf", cert_request_pem=request.cert_request_pem, ca_cert_pem=root.cert_pem,
    ca_private_key_pem=root_key.private_key_pem,
    allowed_uses=["key_encipherment", "digital_signature", "server_auth"],
    validity_period_hours=8760, early_renewal_hours=720)
"""

TYPESCRIPT = """
import { tls } from "@palisade/pulumi";

const rootKey = new tls.PrivateKey("rootKey", { algorithm: "ECDSA", ecdsaCurve: "P384" });
const leafKey = new tls.PrivateKey("leafKey", { algorithm: "RSA", rsaBits: 2048 });
new tls.PrivateKey("sshKey", { algorithm: "ED25519" });
const root = new tls.SelfSignedCert("root", {
  privateKeyPem: rootKey.privateKeyPem, subject: { commonName: "Root", organization: "Example" },
  isCaCertificate: true, allowedUses: ["cert_signing", "crl_signing"], validityPeriodHours: 87600,
});
const request = new tls.CertRequest("request", {
  privateKeyPem: leafKey.privateKeyPem, subject: { commonName: "leaf", organization: "Example" },
  dnsNames: ["models.example.com"],
});
new tls.LocallySignedCert("leaf", {
  certRequestPem: request.certRequestPem, caCertPem: root.certPem,
  caPrivateKeyPem: rootKey.privateKeyPem,
  allowedUses: ["key_encipherment", "digital_signature", "server_auth"],
  validityPeriodHours: 8760, earlyRenewalHours: 720,
});
"""

PROGRAMS = {
    "yaml": {"Pulumi.yaml": YAML},
    "python": {"Pulumi.yaml": "name: moved\nruntime: python\n", "__main__.py": PYTHON},
    "node": {"Pulumi.yaml": "name: moved\nruntime: nodejs\n", "index.ts": TYPESCRIPT},
}


def assert_pkcs8(state, old, there):
    """What version 4 does not have comes with the first refresh, and is a secret."""
    for name in old.keys:
        outputs = state[name]["outputs"]
        assert ("privateKeyPemPkcs8" in outputs) == there
        if there:
            assert outputs["privateKeyPemPkcs8"][established.SIGNATURE] == established.SECRET


@pytest.mark.parametrize("major", [5, 4])
@pytest.mark.parametrize("language", sorted(PROGRAMS))
def test_nothing_changes(language, major, request):
    project = request.getfixturevalue(f"{language}_project")(established.PROJECT)
    for name, text in PROGRAMS[language].items():
        project.write(name, text)
    project.init()
    old = established.Stack(major)
    project.import_state(old.deployment(project.export()))
    assert len(resources_of(project.export())) == 6

    preview = project.preview()
    assert preview.changed() == [], preview.output
    up = project.up()
    assert up.changed() == [], up.output
    state = resources_of(project.export())
    assert {name: resource["id"] for name, resource in state.items()} == old.identities()
    assert all(resource["type"].startswith("palisade:tls:") for resource in state.values())

    # Once moved over, everything works on: refresh, a change in place, a replacement.
    assert_pkcs8(state, old, there=major == 5)
    assert project.refresh().changed() == []
    assert_pkcs8(resources_of(project.export()), old, there=True)
    shown = resources_of(project.export(show_secrets=True))
    for name, key in old.keys.items():
        told = established.revealed(shown[name]["outputs"]["privateKeyPemPkcs8"]).encode()
        derived = serialization.load_pem_private_key(told, None)
        assert established.spki(derived) == established.spki(key)
    assert project.preview().changed() == []
    for file in PROGRAMS[language]:
        if "validityPeriodHours: 8760" in PROGRAMS[language][file]:
            project.edit(file, "earlyRenewalHours: 720", "earlyRenewalHours: 700")
            project.edit(file, "models.example.com", "other.example.com")
        elif "validity_period_hours=8760" in PROGRAMS[language][file]:
            project.edit(file, "early_renewal_hours=720", "early_renewal_hours=700")
            project.edit(file, "models.example.com", "other.example.com")
    assert project.up().changed() == ["leaf", "request"]
    assert project.preview().changed() == []
    assert project.destroy().ok
