"""Stacks as the established `tls` package leaves them, for `pulumi stack import`.

Versions 5 and 4 differ: 4 has `subjects` (a list) and the key's algorithm among the inputs, and
bridge bookkeeping beside them, and no PKCS#8 form of keys. What is common: defaults stand in the outputs of every kind of key
(`ecdsaCurve` on RSA, `rsaBits` on ECDSA), `id` is repeated there, times have nanoseconds and the
machine's own offset, and the wire's nulls are dropped. Keys and certificates are real.
"""

import base64
import datetime
import hashlib
import json
import uuid

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

SIGNATURE = "4dabf18193072939515e22adb298388d"
SECRET = "1b47061264138c4ac30d75fd1eb44270"
STACK, PROJECT = "dev", "moved"
OFFSET = datetime.timezone(datetime.timedelta(hours=2))
VERSIONS = {5: "5.1.0", 4: "4.6.1"}


def secret(value):
    """The plain form that `pulumi stack import` takes and encrypts with the stack's own provider."""
    return {SIGNATURE: SECRET, "plaintext": json.dumps(value)}


def revealed(value):
    """The way back, from an export that shows secrets."""
    return json.loads(value["plaintext"])


def text(data):
    return data.decode("ascii")


def spki(key):
    return key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def key_outputs(key):
    pem, openssh = serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH
    form = serialization.PrivateFormat.TraditionalOpenSSL
    if isinstance(key, ed25519.Ed25519PrivateKey):
        form = serialization.PrivateFormat.PKCS8
    plain = serialization.NoEncryption()
    public = key.public_key()
    line = text(public.public_bytes(serialization.Encoding.OpenSSH,
                                    serialization.PublicFormat.OpenSSH)) + "\n"
    return {
        "privateKeyPem": secret(text(key.private_bytes(pem, form, plain))),
        "privateKeyPemPkcs8": secret(
            text(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))),
        "privateKeyOpenssh": secret(text(key.private_bytes(pem, openssh, plain))),
        "publicKeyPem": text(
            public.public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo)),
        "publicKeyOpenssh": line,
        "publicKeyFingerprintMd5": fingerprint_md5(line),
        "publicKeyFingerprintSha256": fingerprint_sha256(line),
    }


def wire(line):
    return base64.b64decode(line.split()[1])


def fingerprint_md5(line):
    return ":".join(f"{byte:02x}" for byte in hashlib.md5(wire(line)).digest())


def fingerprint_sha256(line):
    return "SHA256:" + text(base64.b64encode(hashlib.sha256(wire(line)).digest())).rstrip("=")


def local_time(moment, nanoseconds):
    """What Go prints for a local time: `2025-01-02T03:04:05.678901234+02:00`."""
    shown = moment.astimezone(OFFSET).isoformat(timespec="seconds")
    return f"{shown[:19]}.{nanoseconds:09d}{shown[19:]}"


def name(common, organization="Example"):
    return x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization),
                      x509.NameAttribute(NameOID.COMMON_NAME, common)])


class Bags:
    """Inputs and outputs of one resource, before they become an entry of the deployment."""

    def __init__(self, kind, title, identity, inputs, outputs):
        self.kind, self.title, self.identity = kind, title, identity
        self.inputs, self.outputs = inputs, outputs


class Stack:
    """Makes a key of each kind, a root, a request and a leaf, in the shape of version 5 or 4."""

    def __init__(self, major):
        self.major = major
        self.now = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
        self.keys = {
            "rootKey": ec.generate_private_key(ec.SECP384R1()),
            "leafKey": rsa.generate_private_key(65537, 2048),
            "sshKey": ed25519.Ed25519PrivateKey.generate(),
        }
        self.bags = [
            self.private_key("rootKey", {"algorithm": "ECDSA", "ecdsaCurve": "P384"}),
            self.private_key("leafKey", {"algorithm": "RSA", "rsaBits": 2048}),
            self.private_key("sshKey", {"algorithm": "ED25519"}),
            self.root(), self.request(), self.leaf(),
        ]

    def key_pem(self, title):
        return key_outputs(self.keys[title])["privateKeyPem"]

    def bridge(self, inputs):
        return {"__defaults": [], **inputs} if self.major == 4 else inputs

    def private_key(self, title, inputs):
        key = self.keys[title]
        # Go's TrimSpace over DER is upstream's quirk: a last byte that is a blank is not hashed.
        identity = hashlib.sha1(spki(key).strip(b"\t\n\v\f\r ")).hexdigest()
        outputs = {"ecdsaCurve": "P224", "rsaBits": 2048, **inputs, **key_outputs(key),
                   "id": identity, "__meta": json.dumps({"schema_version": "1"})}
        if self.major == 4:
            del outputs["privateKeyPemPkcs8"]
        return Bags("privateKey:PrivateKey", title, identity, self.bridge(inputs), outputs)

    def subject(self, common):
        attributes = {"commonName": common, "organization": "Example"}
        return {"subjects": [attributes]} if self.major == 4 else {"subject": attributes}

    def algorithm(self, property_name, value):
        return {property_name: value} if self.major == 4 else {}

    def builder(self, subject, issuer, public, hours):
        serial = x509.random_serial_number()
        return serial, (x509.CertificateBuilder().subject_name(subject).issuer_name(issuer)
                        .public_key(public).serial_number(serial).not_valid_before(self.now)
                        .not_valid_after(self.now + datetime.timedelta(hours=hours)))

    def times(self, hours):
        end = self.now + datetime.timedelta(hours=hours)
        return {"validityStartTime": local_time(self.now, 678901234),
                "validityEndTime": local_time(end, 678901234), "readyForRenewal": False}

    def root(self):
        key, hours = self.keys["rootKey"], 87600
        serial, builder = self.builder(name("Root"), name("Root"), key.public_key(), hours)
        self.root_certificate = (
            builder.add_extension(usage("key_cert_sign", "crl_sign"), critical=True)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
            .sign(key, hashes.SHA384()))
        inputs = {
            **self.algorithm("keyAlgorithm", "ECDSA"), **self.subject("Root"),
            "privateKeyPem": self.key_pem("rootKey"), "isCaCertificate": True,
            "allowedUses": ["cert_signing", "crl_signing"], "validityPeriodHours": hours,
        }
        outputs = {
            **inputs, **self.times(hours), "keyAlgorithm": "ECDSA", "earlyRenewalHours": 0,
            "setSubjectKeyId": False, "setAuthorityKeyId": False, "id": str(serial),
            "certPem": text(self.root_certificate.public_bytes(serialization.Encoding.PEM)),
        }
        return Bags("selfSignedCert:SelfSignedCert", "root", str(serial), self.bridge(inputs),
                    outputs)

    def request(self):
        key = self.keys["leafKey"]
        names = x509.SubjectAlternativeName([x509.DNSName("models.example.com")])
        self.signing_request = (x509.CertificateSigningRequestBuilder().subject_name(name("leaf"))
                                .add_extension(names, critical=False).sign(key, hashes.SHA256()))
        inputs = {
            **self.algorithm("keyAlgorithm", "RSA"), **self.subject("leaf"),
            "privateKeyPem": self.key_pem("leafKey"), "dnsNames": ["models.example.com"],
        }
        identity = hashlib.sha1(
            self.signing_request.public_bytes(serialization.Encoding.DER)).hexdigest()
        outputs = {**inputs, "keyAlgorithm": "RSA", "id": identity, "certRequestPem": text(
            self.signing_request.public_bytes(serialization.Encoding.PEM))}
        return Bags("certRequest:CertRequest", "request", identity, self.bridge(inputs), outputs)

    def leaf(self):
        key, ca_key, hours = self.keys["leafKey"], self.keys["rootKey"], 8760
        ca_id = self.root_certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
        serial, builder = self.builder(name("leaf"), name("Root"), key.public_key(), hours)
        certificate = (
            builder.add_extension(usage("digital_signature", "key_encipherment"), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(
                ca_id.value), critical=False)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("models.example.com")]), False)
            .sign(ca_key, hashes.SHA384()))
        inputs = {
            **self.algorithm("caKeyAlgorithm", "ECDSA"),
            "certRequestPem": text(
                self.signing_request.public_bytes(serialization.Encoding.PEM)),
            "caCertPem": text(self.root_certificate.public_bytes(serialization.Encoding.PEM)),
            "caPrivateKeyPem": self.key_pem("rootKey"),
            "allowedUses": ["key_encipherment", "digital_signature", "server_auth"],
            "validityPeriodHours": hours, "earlyRenewalHours": 720,
        }
        outputs = {
            **inputs, **self.times(hours), "caKeyAlgorithm": "ECDSA", "isCaCertificate": False,
            "setSubjectKeyId": False, "id": str(serial),
            "certPem": text(certificate.public_bytes(serialization.Encoding.PEM)),
        }
        return Bags("locallySignedCert:LocallySignedCert", "leaf", str(serial),
                    self.bridge(inputs), outputs)

    def identities(self):
        return {bags.title: bags.identity for bags in self.bags}

    def deployment(self, exported):
        """What to import, from what `stack export` of the empty stack printed: its secrets
        provider has to be named, else the CLI cannot encrypt the plain secrets."""
        stack_type, stack_name = "pulumi:pulumi:Stack", f"{PROJECT}-{STACK}"
        version = VERSIONS[self.major]
        provider_name = "default_" + version.replace(".", "_")
        stack_urn = urn(stack_type, stack_name)
        provider_urn, provider_id = urn("pulumi:providers:tls", provider_name), str(uuid.uuid4())
        resources = [
            {"urn": stack_urn, "custom": False, "type": stack_type, "outputs": {}},
            {"urn": provider_urn, "custom": True, "id": provider_id, "type": "pulumi:providers:tls",
             "inputs": {"version": version}, "outputs": {"version": version}},
        ]
        for bags in self.bags:
            kind = f"tls:index/{bags.kind}"
            resources.append({
                "urn": urn(kind, bags.title), "custom": True, "id": bags.identity, "type": kind,
                "inputs": bags.inputs, "outputs": bags.outputs, "parent": stack_urn,
                "provider": f"{provider_urn}::{provider_id}",
                "additionalSecretOutputs": [
                    key for key, value in bags.outputs.items()
                    if isinstance(value, dict) and SIGNATURE in value],
            })
        exported["deployment"]["resources"] = resources
        return exported


def usage(*bits):
    every = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
             "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")
    return x509.KeyUsage(**{bit: bit in bits for bit in every})


def urn(kind, title):
    return f"urn:pulumi:{STACK}::{PROJECT}::{kind}::{title}"
