"""Programs for what pem_files.make_authority_and_leaf() makes, in each language.

They say what the certificates say; caKey is an EC key on P-384, serverKey one on P-256. IMPORT(name)
becomes that resource's `import:` option, or nothing once the import is done.
"""

import re

YAML = """
name: imported
runtime: yaml
resources:
  caKey:
    type: palisade:tls:PrivateKey
    properties: {algorithm: ECDSA, ecdsaCurve: P384}
  ca:
    type: palisade:tls:SelfSignedCert
    properties:
      privateKeyPem: ${caKey.privateKeyPem}
      subject: {commonName: Imported Root, organization: Example}
      isCaCertificate: true
      maxPathLength: 1
      allowedUses: [cert_signing, crl_signing]
      validityPeriodHours: 87600
      earlyRenewalHours: 720
  serverKey:
    type: palisade:tls:PrivateKey
    properties: {algorithm: ECDSA, ecdsaCurve: P256}
  request:
    type: palisade:tls:CertRequest
    properties:
      privateKeyPem: ${serverKey.privateKeyPem}
      subject: {commonName: models.example.com, organization: Example}
      dnsNames: [models.example.com, "*.models.example.com"]
      ipAddresses: [10.0.0.7]
  server:
    type: palisade:tls:LocallySignedCert
    properties:
      certRequestPem: ${request.certRequestPem}
      caCertPem: ${ca.certPem}
      caPrivateKeyPem: ${caKey.privateKeyPem}
      allowedUses: [digital_signature, server_auth]
      setSubjectKeyId: true
      validityPeriodHours: 2160
"""

PYTHON = """
import pulumi
from pulumi_palisade import tls

ca_key = tls.PrivateKey("caKey", algorithm="ECDSA", ecdsa_curve="P384" IMPORT(caKey))
ca = tls.SelfSignedCert(
    "ca", private_key_pem=ca_key.private_key_pem,
    subject={"common_name": "Imported Root", "organization": "Example"},
    is_ca_certificate=True, max_path_length=1, allowed_uses=["cert_signing", "crl_signing"],
    validity_period_hours=87600, early_renewal_hours=720 IMPORT(ca))
server_key = tls.PrivateKey("serverKey", algorithm="ECDSA", ecdsa_curve="P256" IMPORT(serverKey))
request = tls.CertRequest(
    "request", private_key_pem=server_key.private_key_pem,
    subject={"common_name": "models.example.com", "organization": "Example"},
    dns_names=["models.example.com", "*.models.example.com"], ip_addresses=["10.0.0.7"] IMPORT(request))
server = tls.LocallySignedCert(
    "server", cert_request_pem=request.cert_request_pem, ca_cert_pem=ca.cert_pem,
    ca_private_key_pem=ca_key.private_key_pem, allowed_uses=["digital_signature", "server_auth"],
    set_subject_key_id=True, validity_period_hours=2160 IMPORT(server))
"""

TYPESCRIPT = """
import { tls } from "@palisade/pulumi";

const caKey = new tls.PrivateKey("caKey", { algorithm: "ECDSA", ecdsaCurve: "P384" } IMPORT(caKey));
const ca = new tls.SelfSignedCert("ca", {
  privateKeyPem: caKey.privateKeyPem,
  subject: { commonName: "Imported Root", organization: "Example" },
  isCaCertificate: true, maxPathLength: 1, allowedUses: ["cert_signing", "crl_signing"],
  validityPeriodHours: 87600, earlyRenewalHours: 720,
} IMPORT(ca));
const serverKey = new tls.PrivateKey(
  "serverKey", { algorithm: "ECDSA", ecdsaCurve: "P256" } IMPORT(serverKey));
const request = new tls.CertRequest("request", {
  privateKeyPem: serverKey.privateKeyPem,
  subject: { commonName: "models.example.com", organization: "Example" },
  dnsNames: ["models.example.com", "*.models.example.com"], ipAddresses: ["10.0.0.7"],
} IMPORT(request));
new tls.LocallySignedCert("server", {
  certRequestPem: request.certRequestPem, caCertPem: ca.certPem,
  caPrivateKeyPem: caKey.privateKeyPem, allowedUses: ["digital_signature", "server_auth"],
  setSubjectKeyId: true, validityPeriodHours: 2160,
} IMPORT(server));
"""

# Name, type and import id, in the order of the programs.
IDS = [
    ("caKey", "palisade:tls:PrivateKey", "./ca.key"),
    ("ca", "palisade:tls:SelfSignedCert", "ca.pem,ca.key"),
    ("serverKey", "palisade:tls:PrivateKey", "./server.key"),
    ("request", "palisade:tls:CertRequest", "server.csr,server.key"),
    ("server", "palisade:tls:LocallySignedCert", "server.pem,server.csr,ca.pem,ca.key"),
]


# What the import option of each language looks like, behind the arguments.
OPTION = {
    "python": ', opts=pulumi.ResourceOptions(import_="ID")',
    "node": ', { import: "ID" }',
}


def write(project, language, ids=None):
    """The program; with `ids` (name -> id) as one that imports."""
    if language == "yaml":
        return project.write("Pulumi.yaml", YAML)

    def option(match):
        return OPTION[language].replace("ID", ids[match[1]]) if ids else ""

    program, runtime, file = {
        "python": (PYTHON, "python", "__main__.py"),
        "node": (TYPESCRIPT, "nodejs", "index.ts"),
    }[language]
    project.write("Pulumi.yaml", f"name: imported\nruntime: {runtime}\n")
    return project.write(file, re.sub(r" IMPORT\((\w+)\)", option, program))
