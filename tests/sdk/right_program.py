"""Must type-check; wrong_program.py differs from it in one letter of a name."""

import pulumi
import pulumi_palisade as palisade

key = palisade.tls.PrivateKey("key", algorithm="RSA", rsa_bits=3072)
pulumi.export("publicKey", key.public_key_pem)
