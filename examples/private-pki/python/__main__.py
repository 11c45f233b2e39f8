"""The private PKI of a cluster that serves models: a root, an intermediate authority, a certificate
for the inference service, one for its clients, and a key that signs model files.
"""

import pulumi
from pulumi_palisade import tls

config = pulumi.Config()
# Who may reach the inference service by which name. A change issues a new server certificate.
dns_names = config.get_object("dnsNames") or [
    "inference.serving.svc",
    "inference.serving.svc.cluster.local",
    "*.inference.serving.svc.cluster.local",
]
# How long before its end a server or client certificate is replaced by the next `pulumi up`.
# A change is taken over without a new certificate.
early_renewal_hours = config.get_int("earlyRenewalHours")
if early_renewal_hours is None:
    early_renewal_hours = 720
# A text such as a month. Another one makes new keys for server and client, and so new certificates.
rotation = config.get("rotation") or "2026-01"

# The root signs nothing but authorities and is valid for ten years.
root_key = tls.PrivateKey("rootKey", algorithm="ECDSA", ecdsa_curve="P384")
root = tls.SelfSignedCert(
    "root",
    private_key_pem=root_key.private_key_pem,
    subject={"common_name": "Model Serving Root CA", "organization": "Example"},
    is_ca_certificate=True,
    max_path_length=1,
    allowed_uses=["cert_signing", "crl_signing"],
    validity_period_hours=87600,
    early_renewal_hours=8760,
)

# The intermediate signs the leaves. Below it stands no further authority.
intermediate_key = tls.PrivateKey("intermediateKey", algorithm="ECDSA", ecdsa_curve="P384")
intermediate_request = tls.CertRequest(
    "intermediateRequest",
    private_key_pem=intermediate_key.private_key_pem,
    subject={"common_name": "Model Serving Intermediate CA", "organization": "Example"},
)
intermediate = tls.LocallySignedCert(
    "intermediate",
    cert_request_pem=intermediate_request.cert_request_pem,
    ca_cert_pem=root.cert_pem,
    ca_private_key_pem=root_key.private_key_pem,
    is_ca_certificate=True,
    max_path_length=0,
    allowed_uses=["cert_signing", "crl_signing"],
    validity_period_hours=43800,
    early_renewal_hours=4380,
)

# What the inference service shows to its callers.
server_key = tls.PrivateKey(
    "serverKey", algorithm="ECDSA", ecdsa_curve="P256", triggers={"rotation": rotation}
)
server_request = tls.CertRequest(
    "serverRequest",
    private_key_pem=server_key.private_key_pem,
    subject={"common_name": "inference.serving.svc.cluster.local", "organization": "Example"},
    dns_names=dns_names,
    ip_addresses=["10.96.0.20"],
)
server = tls.LocallySignedCert(
    "server",
    cert_request_pem=server_request.cert_request_pem,
    ca_cert_pem=intermediate.cert_pem,
    ca_private_key_pem=intermediate_key.private_key_pem,
    allowed_uses=["digital_signature", "server_auth"],
    validity_period_hours=2160,
    early_renewal_hours=early_renewal_hours,
)

# What a gateway shows to the inference service (mutual TLS).
client_key = tls.PrivateKey(
    "clientKey", algorithm="ECDSA", ecdsa_curve="P256", triggers={"rotation": rotation}
)
client_request = tls.CertRequest(
    "clientRequest",
    private_key_pem=client_key.private_key_pem,
    subject={"common_name": "gateway", "organization": "Example"},
    uris=["spiffe://cluster.local/ns/serving/sa/gateway"],
)
client = tls.LocallySignedCert(
    "client",
    cert_request_pem=client_request.cert_request_pem,
    ca_cert_pem=intermediate.cert_pem,
    ca_private_key_pem=intermediate_key.private_key_pem,
    allowed_uses=["digital_signature", "client_auth"],
    validity_period_hours=2160,
    early_renewal_hours=early_renewal_hours,
)

# Signs the files of models before they are served.
signing_key = tls.PrivateKey("signingKey", algorithm="ED25519")

# Reads the certificate back, for the fingerprint that an operator compares.
server_facts = tls.get_certificate_output(content=server.cert_pem)

pulumi.export("rootCert", root.cert_pem)
pulumi.export("intermediateCert", intermediate.cert_pem)
pulumi.export("serverCert", server.cert_pem)
pulumi.export("clientCert", client.cert_pem)
# What a server sends: its own certificate first, the root left out.
pulumi.export("serverChain", pulumi.Output.concat(server.cert_pem, intermediate.cert_pem))
pulumi.export("clientChain", pulumi.Output.concat(client.cert_pem, intermediate.cert_pem))
pulumi.export("serverEnds", server.validity_end_time)
pulumi.export(
    "fingerprints",
    {
        "serverCert": server_facts.certificates[0].sha1_fingerprint,
        "serverKey": server_key.public_key_fingerprint_sha256,
        "clientKey": client_key.public_key_fingerprint_sha256,
        "signingKey": signing_key.public_key_fingerprint_sha256,
    },
)
pulumi.export("signingPublicKey", signing_key.public_key_pem)
# Private keys are secrets: shown as [secret], encrypted in the state,
# printed by `pulumi stack output serverPrivateKey --show-secrets`.
pulumi.export("serverPrivateKey", server_key.private_key_pem)
pulumi.export("clientPrivateKey", client_key.private_key_pem)
pulumi.export("signingPrivateKey", signing_key.private_key_pem)
