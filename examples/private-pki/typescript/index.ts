// The private PKI of a cluster that serves models: a root, an intermediate authority, a certificate
// for the inference service, one for its clients, and a key that signs model files.

import * as pulumi from "@pulumi/pulumi";
import { tls } from "@palisade/pulumi";

const config = new pulumi.Config();
// Who may reach the inference service by which name. A change issues a new server certificate.
const dnsNames = config.getObject<string[]>("dnsNames") ?? [
  "inference.serving.svc",
  "inference.serving.svc.cluster.local",
  "*.inference.serving.svc.cluster.local",
];
// How long before its end a server or client certificate is replaced by the next `pulumi up`.
// A change is taken over without a new certificate.
const earlyRenewalHours = config.getNumber("earlyRenewalHours") ?? 720;
// A text such as a month. Another one makes new keys for server and client, and so new certificates.
const rotation = config.get("rotation") ?? "2026-01";

// The root signs nothing but authorities and is valid for ten years.
const rootKey = new tls.PrivateKey("rootKey", { algorithm: "ECDSA", ecdsaCurve: "P384" });
const root = new tls.SelfSignedCert("root", {
  privateKeyPem: rootKey.privateKeyPem,
  subject: { commonName: "Model Serving Root CA", organization: "Example" },
  isCaCertificate: true,
  maxPathLength: 1,
  allowedUses: ["cert_signing", "crl_signing"],
  validityPeriodHours: 87600,
  earlyRenewalHours: 8760,
});

// The intermediate signs the leaves. Below it stands no further authority.
const intermediateKey = new tls.PrivateKey("intermediateKey", {
  algorithm: "ECDSA",
  ecdsaCurve: "P384",
});
const intermediateRequest = new tls.CertRequest("intermediateRequest", {
  privateKeyPem: intermediateKey.privateKeyPem,
  subject: { commonName: "Model Serving Intermediate CA", organization: "Example" },
});
const intermediate = new tls.LocallySignedCert("intermediate", {
  certRequestPem: intermediateRequest.certRequestPem,
  caCertPem: root.certPem,
  caPrivateKeyPem: rootKey.privateKeyPem,
  isCaCertificate: true,
  maxPathLength: 0,
  allowedUses: ["cert_signing", "crl_signing"],
  validityPeriodHours: 43800,
  earlyRenewalHours: 4380,
});

// What the inference service shows to its callers.
const serverKey = new tls.PrivateKey("serverKey", {
  algorithm: "ECDSA",
  ecdsaCurve: "P256",
  triggers: { rotation },
});
const serverRequest = new tls.CertRequest("serverRequest", {
  privateKeyPem: serverKey.privateKeyPem,
  subject: { commonName: "inference.serving.svc.cluster.local", organization: "Example" },
  dnsNames,
  ipAddresses: ["10.96.0.20"],
});
const server = new tls.LocallySignedCert("server", {
  certRequestPem: serverRequest.certRequestPem,
  caCertPem: intermediate.certPem,
  caPrivateKeyPem: intermediateKey.privateKeyPem,
  allowedUses: ["digital_signature", "server_auth"],
  validityPeriodHours: 2160,
  earlyRenewalHours,
});

// What a gateway shows to the inference service (mutual TLS).
const clientKey = new tls.PrivateKey("clientKey", {
  algorithm: "ECDSA",
  ecdsaCurve: "P256",
  triggers: { rotation },
});
const clientRequest = new tls.CertRequest("clientRequest", {
  privateKeyPem: clientKey.privateKeyPem,
  subject: { commonName: "gateway", organization: "Example" },
  uris: ["spiffe://cluster.local/ns/serving/sa/gateway"],
});
const client = new tls.LocallySignedCert("client", {
  certRequestPem: clientRequest.certRequestPem,
  caCertPem: intermediate.certPem,
  caPrivateKeyPem: intermediateKey.privateKeyPem,
  allowedUses: ["digital_signature", "client_auth"],
  validityPeriodHours: 2160,
  earlyRenewalHours,
});

// Signs the files of models before they are served.
const signingKey = new tls.PrivateKey("signingKey", { algorithm: "ED25519" });

// Reads the certificate back, for the fingerprint that an operator compares.
const serverFacts = tls.getCertificateOutput({ content: server.certPem });

export const rootCert = root.certPem;
export const intermediateCert = intermediate.certPem;
export const serverCert = server.certPem;
export const clientCert = client.certPem;
// What a server sends: its own certificate first, the root left out.
export const serverChain = pulumi.concat(server.certPem, intermediate.certPem);
export const clientChain = pulumi.concat(client.certPem, intermediate.certPem);
export const serverEnds = server.validityEndTime;
export const fingerprints = {
  serverCert: serverFacts.certificates[0].sha1Fingerprint,
  serverKey: serverKey.publicKeyFingerprintSha256,
  clientKey: clientKey.publicKeyFingerprintSha256,
  signingKey: signingKey.publicKeyFingerprintSha256,
};
export const signingPublicKey = signingKey.publicKeyPem;
// Private keys are secrets: shown as [secret], encrypted in the state,
// printed by `pulumi stack output serverPrivateKey --show-secrets`.
export const serverPrivateKey = serverKey.privateKeyPem;
export const clientPrivateKey = clientKey.privateKeyPem;
export const signingPrivateKey = signingKey.privateKeyPem;
