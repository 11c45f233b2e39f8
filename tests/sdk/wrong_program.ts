// Must not type-check: a property is misspelt.
import * as palisade from "@palisade/pulumi";

const key = new palisade.tls.PrivateKey("key", { algorithm: "RSA", rsaBitz: 3072 });
export const publicKey = key.publicKeyPem;
