"""Must not type-check: a property is misspelt."""

import pulumi
import pulumi_palisade as palisade

key = palisade.tls.PrivateKey("key", algorithm="RSA", rsa_bitz=3072)
pulumi.export("publicKey", key.public_key_pem)
