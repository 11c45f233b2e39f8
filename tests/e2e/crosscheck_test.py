"""What others make of our keys and certificates: ssh-keygen, openssl, Python's cryptography."""

import base64
import subprocess

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12

import pem_files

KINDS = {
    "rsa": "algorithm: RSA, rsaBits: 2048",
    "p256": "algorithm: ECDSA, ecdsaCurve: P256",
    "p384": "algorithm: ECDSA, ecdsaCurve: P384",
    "p521": "algorithm: ECDSA, ecdsaCurve: P521",
    "ed25519": "algorithm: ED25519",
}
OUTPUTS = ["privateKeyPem", "privateKeyPemPkcs8", "privateKeyOpenssh", "publicKeyPem",
           "publicKeyOpenssh", "publicKeyFingerprintMd5", "publicKeyFingerprintSha256"]
PASSWORD = "an archive's password"


def program():
    lines = ["name: kinds", "runtime: yaml", "resources:"]
    outputs = ["outputs:"]
    for name, properties in KINDS.items():
        lines += [f"  {name}:", "    type: palisade:tls:PrivateKey",
                  f"    properties: {{{properties}}}",
                  f"  {name}Cert:", "    type: palisade:tls:SelfSignedCert", "    properties:",
                  f"      privateKeyPem: ${{{name}.privateKeyPem}}",
                  f"      subject: {{commonName: {name}, emailAddress: me@example.com}}",
                  "      dnsNames: [a.example.com]", "      ipAddresses: ['::1', 10.0.0.1]",
                  "      uris: ['spiffe://cluster.local/x']",
                  "      allowedUses: [digital_signature, server_auth, client_auth]",
                  "      validityPeriodHours: 24", f"      pkcs12Password: {PASSWORD}"]
        outputs += [f"  {name}:"]
        outputs += [f"    {output}: ${{{name}.{output}}}" for output in OUTPUTS]
        outputs += [f"    certPem: ${{{name}Cert.certPem}}", f"    pkcs12: ${{{name}Cert.pkcs12}}",
                    f"    end: ${{{name}Cert.validityEndTime}}"]
    return "\n".join(lines + outputs) + "\n"


@pytest.fixture
def made(yaml_project):
    project = yaml_project("kinds").write("Pulumi.yaml", program()).init()
    project.up()
    project.sandbox.transcript.assert_lacks(PASSWORD)
    return project.outputs()


def ssh_keygen(folder, *arguments):
    done = subprocess.run(["ssh-keygen", *arguments], cwd=folder, capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, timeout=30)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_kind_of_key(made, tmp_path):
    for name, key in made.items():
        file = tmp_path / name
        file.touch(mode=0o600)
        file.write_text(key["privateKeyOpenssh"])
        (tmp_path / f"{name}.pub").write_text(key["publicKeyOpenssh"])
        assert ssh_keygen(tmp_path, "-y", "-f", name).strip() == key["publicKeyOpenssh"].strip()
        for form, printed in (("sha256", key["publicKeyFingerprintSha256"]),
                              ("md5", "MD5:" + key["publicKeyFingerprintMd5"])):
            assert ssh_keygen(tmp_path, "-l", "-E", form, "-f", f"{name}.pub").split()[1] == printed

        public = key["publicKeyPem"].encode()
        for form in ("privateKeyPem", "privateKeyPemPkcs8"):
            (tmp_path / "key.pem").write_text(key[form])
            assert pem_files.openssl(tmp_path, "pkey", "-in", "key.pem", "-pubout").encode() == public
            loaded = serialization.load_pem_private_key(key[form].encode(), None)
            assert loaded.public_key().public_bytes(
                serialization.Encoding.PEM,
                serialization.PublicFormat.SubjectPublicKeyInfo) == public


def test_every_certificate(made, tmp_path):
    for key in made.values():
        certificate = x509.load_pem_x509_certificate(key["certPem"].encode())
        assert certificate.public_key().public_bytes(
            serialization.Encoding.PEM,
            serialization.PublicFormat.SubjectPublicKeyInfo) == key["publicKeyPem"].encode()
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        assert names.get_values_for_type(x509.DNSName) == ["a.example.com"]
        assert [str(ip) for ip in names.get_values_for_type(x509.IPAddress)] == ["::1", "10.0.0.1"]
        assert names.get_values_for_type(x509.UniformResourceIdentifier) == [
            "spiffe://cluster.local/x"]
        assert certificate.not_valid_after_utc.strftime("%Y-%m-%dT%H:%M:%SZ") == key["end"]
        (tmp_path / "cert.pem").write_text(key["certPem"])
        assert "OK" in pem_files.openssl(tmp_path, "verify", "-CAfile", "cert.pem",
                                         "-check_ss_sig", "cert.pem")

        archive = pkcs12.load_pkcs12(base64.b64decode(key["pkcs12"]), PASSWORD.encode())
        assert archive.cert.certificate == certificate
        assert archive.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption()).decode() == key["privateKeyPemPkcs8"]
