// Must type-check; wrong_program.ts differs from it in one letter of a name.
import * as palisade from "@palisade/pulumi";

const key = new palisade.tls.PrivateKey("key", { algorithm: "RSA", rsaBits: 3072 });
export const publicKey = key.publicKeyPem;
