"""Looks for private keys and passwords in text that anybody may read: a terminal, a log, a state."""

import base64
import json
import re

from established import SECRET, SIGNATURE

PRIVATE_BLOCK = re.compile(
    r"-----BEGIN ([A-Z ]*PRIVATE KEY)-----\n(.*?)\n-----END \1-----", re.DOTALL)
PUBLIC_BLOCK = re.compile(
    r"-----BEGIN (CERTIFICATE|CERTIFICATE REQUEST|PUBLIC KEY)-----\n(.*?)\n-----END \1-----",
    re.DOTALL)
OPENSSH_LINE = re.compile(r"^(?:ssh|ecdsa)-\S+ (\S+)", re.MULTILINE)
# Characters of base64 in one piece: 18 bytes, too many to be met by chance, and few enough that
# each line of a PEM holds a whole piece.
PIECE = 24


def secret_texts(shown):
    """Every secret text in what `pulumi stack export --show-secrets` printed."""
    texts = []

    def walk(value):
        if isinstance(value, dict):
            if value.get(SIGNATURE) == SECRET:
                texts.append(json.loads(value["plaintext"]))
                return
            value = list(value.values())
        if isinstance(value, list):
            for item in value:
                walk(item)

    walk(json.loads(shown))
    return [text for text in texts if isinstance(text, str) and text]


def pieces(text):
    return {text[i:i + PIECE] for i in range(0, max(1, len(text) - PIECE + 1), PIECE)}


def public_windows(public):
    """All pieces of the public halves, which a private key repeats and which are no secret."""
    bodies = [match[1] for match in PUBLIC_BLOCK.findall(public)] + OPENSSH_LINE.findall(public)
    told = [re.sub(r"\s", "", body) for body in bodies]
    return {body[i:i + PIECE] for body in told for i in range(len(body) - PIECE + 1)}


def needles(secrets, public=""):
    """What must not be met. `secrets` are plain texts; `public` is text with the certificates and
    public keys that go with them."""
    known, wanted = public_windows(public), set()
    for secret in secrets:
        blocks = PRIVATE_BLOCK.findall(secret)
        if not blocks:
            wanted.add(secret)
            continue
        wanted |= pieces(base64.b64encode(secret.encode()).decode())
        for _, body in blocks:
            flat = re.sub(r"\s", "", body)
            wanted |= {piece for piece in pieces(flat) if piece not in known}
            digits = base64.b64decode(flat).hex()
            wanted |= {digits[i:i + 2 * PIECE] for i in range(0, len(digits) - 2 * PIECE, PIECE)}
    return wanted


def met(text, wanted):
    """Those of `wanted` that occur in `text`, also where line ends are escaped or taken out."""
    flat = re.sub(r"\\+n|\s", "", text)
    return sorted(needle for needle in wanted if needle in text or needle in flat)
