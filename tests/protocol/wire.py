"""Property bags as Python values, in the encoding that the pulumi package itself uses.

Secrets are `Secret`, unknowns are UNKNOWN; assets, archives, references and output values stay the
marked dictionaries that they are on the wire, made by the functions below.
"""

import dataclasses
import hashlib

from google.protobuf import struct_pb2
from pulumi.runtime import rpc

SIGNATURE = rpc._special_sig_key
SECRET = rpc._special_secret_sig
UNKNOWN_TEXT = rpc.UNKNOWN
# The published Python package does not know byte strings yet.
BYTES = "803fd3297a5875dc03ca845dda5d2a98"
UNKNOWN_TEXTS = {
    "bool": "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "number": "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "string": UNKNOWN_TEXT,
    "array": "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "asset": "030794c1-ac77-496b-92df-f27374a8bd58",
    "archive": "e48ece36-62e2-4504-bad9-02848725956a",
    "object": "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
}


@dataclasses.dataclass(frozen=True)
class Secret:
    value: object


class _Unknown:
    def __repr__(self):
        return "UNKNOWN"


UNKNOWN = _Unknown()


def asset(text=None, path=None, uri=None, hash=None):
    marked = {SIGNATURE: rpc._special_asset_sig}
    if hash is None and text is not None:
        hash = hashlib.sha256(text.encode()).hexdigest()
    for key, value in (("hash", hash), ("text", text), ("path", path), ("uri", uri)):
        if value is not None:
            marked[key] = value
    return marked


def archive(assets=None, path=None, uri=None, hash=None):
    marked = {SIGNATURE: rpc._special_archive_sig}
    for key, value in (("hash", hash), ("assets", assets), ("path", path), ("uri", uri)):
        if value is not None:
            marked[key] = value
    return marked


def reference(urn, id=None, version="1.2.3"):
    marked = {SIGNATURE: rpc._special_resource_sig, "urn": urn, "packageVersion": version,
              "name": "other", "type": "pkg:index:Other"}
    if id is not None:
        marked["id"] = id
    return marked


def output(value=UNKNOWN, secret=False, dependencies=()):
    marked = {SIGNATURE: rpc._special_output_value_sig, "secret": secret,
              "dependencies": list(dependencies)}
    if value is not UNKNOWN:
        marked["value"] = value
    return marked


def byte_string(base64_text):
    return {SIGNATURE: BYTES, "value": base64_text}


def encode(value):
    """A google.protobuf.Value."""
    if value is UNKNOWN:
        return struct_pb2.Value(string_value=UNKNOWN_TEXT)
    if isinstance(value, Secret):
        return encode({SIGNATURE: SECRET, "value": value.value})
    if value is None:
        return struct_pb2.Value(null_value=0)
    if isinstance(value, bool):
        return struct_pb2.Value(bool_value=value)
    if isinstance(value, (int, float)):
        return struct_pb2.Value(number_value=value)
    if isinstance(value, str):
        return struct_pb2.Value(string_value=value)
    if isinstance(value, dict):
        return struct_pb2.Value(struct_value=struct(value))
    items = struct_pb2.Value(list_value=struct_pb2.ListValue())
    items.list_value.values.extend(encode(item) for item in value)
    return items


def struct(bag):
    result = struct_pb2.Struct()
    for name, value in bag.items():
        result.fields[name].CopyFrom(encode(value))
    return result


def decode(value):
    kind = value.WhichOneof("kind")
    if kind == "struct_value":
        bag = unstruct(value.struct_value)
        return Secret(bag["value"]) if bag.get(SIGNATURE) == SECRET else bag
    if kind == "list_value":
        return [decode(item) for item in value.list_value.values]
    if kind == "string_value":
        text = value.string_value
        return UNKNOWN if text in UNKNOWN_TEXTS.values() else text
    if kind == "number_value":
        return value.number_value
    if kind == "bool_value":
        return value.bool_value
    return None


def unstruct(bag):
    return {name: decode(value) for name, value in bag.fields.items()}


def plain(value):
    """Without secrets' wrappings."""
    if isinstance(value, Secret):
        return plain(value.value)
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def contains(value, wanted):
    """Whether `wanted(item)` holds for anything inside `value`."""
    if wanted(value):
        return True
    if isinstance(value, Secret):
        return contains(value.value, wanted)
    if isinstance(value, dict):
        return any(contains(item, wanted) for item in value.values())
    return isinstance(value, list) and any(contains(item, wanted) for item in value)


def holds_unknown(value):
    return contains(value, lambda item: item is UNKNOWN)


def clear_text(value):
    """Everything that stands outside secrets, as one text."""
    if isinstance(value, Secret):
        return ""
    if isinstance(value, dict):
        return "\n".join(f"{name}\n{clear_text(item)}" for name, item in value.items())
    if isinstance(value, list):
        return "\n".join(clear_text(item) for item in value)
    return str(value)


def visible(bag):
    """Without the names that lifecycle keeps for itself."""
    return {name: value for name, value in bag.items() if not name.startswith("__")}
