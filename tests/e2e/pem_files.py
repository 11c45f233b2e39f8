"""Keys, requests and certificates from outside: made by the `openssl` program, as users have them."""

import subprocess

# What the imported certificates say; programs() in import_test.py says the same as inputs.
CONFIG = """
[req]
distinguished_name = dn
prompt = no
[dn]
[root]
keyUsage = critical, keyCertSign, cRLSign
basicConstraints = critical, CA:TRUE, pathlen:1
subjectKeyIdentifier = hash
[leaf]
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
basicConstraints = critical, CA:FALSE
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = DNS:models.example.com, DNS:*.models.example.com, IP:10.0.0.7
"""

ENDLESS = """
[endless]
database = index.txt
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = any
x509_extensions = root
[any]
commonName = supplied
"""


def openssl(folder, *arguments):
    """Standard output of one openssl command run in `folder`; its own words when it fails."""
    result = subprocess.run(["openssl", *map(str, arguments)], cwd=folder, capture_output=True,
                            text=True, timeout=60, stdin=subprocess.DEVNULL)
    assert result.returncode == 0, f"openssl {arguments[0]}: {result.stdout}{result.stderr}"
    return result.stdout


def make_key(folder, name, kind):
    """`kind`: "RSA", a curve such as "P-384", or "ED25519"; as openssl writes keys today (PKCS#8)."""
    options = {
        "RSA": ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
        "ED25519": ["-algorithm", "ED25519"],
    }.get(kind, ["-algorithm", "EC", "-pkeyopt", f"ec_paramgen_curve:{kind}"])
    openssl(folder, "genpkey", *options, "-out", name)


def make_authority_and_leaf(folder, asks_for_names=True):
    """Writes ca.key, ca.pem, server.key, server.csr and server.pem. The authority takes alternative
    names from its own configuration, as openssl does, also where the request asks for none."""
    (folder / "openssl.cnf").write_text(CONFIG)
    make_key(folder, "ca.key", "P-384")
    make_key(folder, "server.key", "P-256")
    openssl(folder, "req", "-x509", "-new", "-key", "ca.key", "-sha384", "-days", "3650", "-config",
            "openssl.cnf", "-extensions", "root", "-subj", "/O=Example/CN=Imported Root", "-out",
            "ca.pem")
    names = ["-addext", "subjectAltName=DNS:models.example.com,DNS:*.models.example.com,IP:10.0.0.7"]
    openssl(folder, "req", "-new", "-key", "server.key", "-config", "openssl.cnf", "-subj",
            "/O=Example/CN=models.example.com", "-out", "server.csr",
            *(names if asks_for_names else []))
    openssl(folder, "x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key",
            "-set_serial", "0x1c0ffee1c0ffee1c0ffee", "-days", "90", "-sha384", "-extfile",
            "openssl.cnf", "-extensions", "leaf", "-out", "server.pem")
    openssl(folder, "verify", "-CAfile", "ca.pem", "server.pem")


def make_endless(folder):
    """Writes endless.key and endless.pem: "no well-defined expiration date" (RFC 5280 4.1.2.5)."""
    (folder / "openssl.cnf").write_text(CONFIG + ENDLESS)
    (folder / "index.txt").write_text("")
    make_key(folder, "endless.key", "P-256")
    openssl(folder, "req", "-new", "-key", "endless.key", "-config", "openssl.cnf", "-subj",
            "/CN=Device Root", "-out", "endless.csr")
    openssl(folder, "ca", "-batch", "-notext", "-selfsign", "-config", "openssl.cnf", "-name",
            "endless", "-keyfile", "endless.key", "-in", "endless.csr", "-startdate",
            "20250101000000Z", "-enddate", "99991231235959Z", "-out", "endless.pem")


def verify_chain(folder, root, intermediate, leaf, purpose):
    """Fails unless openssl accepts the leaf for `purpose` ("sslserver", "sslclient") at every check."""
    for name, pem in (("root.pem", root), ("intermediate.pem", intermediate), ("leaf.pem", leaf)):
        (folder / name).write_text(pem)
    said = openssl(folder, "verify", "-x509_strict", "-purpose", purpose, "-CAfile", "root.pem",
                   "-untrusted", "intermediate.pem", "leaf.pem")
    assert said.strip() == "leaf.pem: OK"
