"""Assets, archives, byte strings, resource references, output values and their signatures."""

import asyncio
import base64

import pytest
from pulumi.runtime import rpc
from pulumi.runtime.proto import provider_pb2

import wire
from plugin import BEHAVIOUR, BEHAVIOUR_CONFIG, PATIENCE, Plugin, raises
from wire import SIGNATURE, UNKNOWN, Secret

ASSETS = "behaviour:test:Assets"
HASH = "ab" * 32
BYTES = wire.byte_string(base64.b64encode(b"\xff\xfe\x00binary").decode())

VALUES = {
    "text asset": ("file", wire.asset(text="hello")),
    "empty text asset": ("file", wire.asset(hash=HASH)),
    "path asset": ("file", wire.asset(path="./some/file", hash=HASH)),
    "uri asset": ("file", wire.asset(uri="https://example.test/x", hash=HASH)),
    "list of assets": ("files", [wire.asset(text="a"), wire.asset(text="b")]),
    "archive of assets": ("tree", wire.archive({"a": wire.asset(text="x"),
                                                "b": wire.archive({"c": wire.asset(text="y")},
                                                                  hash=HASH)}, hash=HASH)),
    "path archive": ("tree", wire.archive(path="./x.tar.gz", hash=HASH)),
    "uri archive": ("tree", wire.archive(uri="https://example.test/x.zip", hash=HASH)),
    "elided archive": ("tree", wire.archive(hash=HASH)),
    "byte string": ("data", BYTES),
    "byte string in a list": ("data", [BYTES, "text"]),
    "reference": ("reference", wire.reference("urn:pulumi:a::b::c:d:E::f", "the-id")),
    "reference to a component": ("reference", wire.reference("urn:pulumi:a::b::c:d:E::f")),
    "asset in an any": ("data", {"deep": wire.asset(text="x")}),
}


@pytest.mark.parametrize("name, value", VALUES.values(), ids=VALUES)
def test_it_comes_back_from_every_verb_as_it_went_in(behaviour, name, value):
    inputs = behaviour.checked(ASSETS, {name: value})
    assert inputs[name] == value
    preview = behaviour.create(ASSETS, inputs, preview=True)
    made = behaviour.create(ASSETS, inputs)
    read = behaviour.refresh(ASSETS, made)
    news = behaviour.checked(ASSETS, {name: value, "text": "new"}, olds=inputs)
    updated = behaviour.update(ASSETS, made, news)
    for bag in (preview.outputs, made.outputs, read.inputs, read.outputs, updated.outputs):
        assert bag[name] == value
    assert not behaviour.diff(ASSETS, inputs, inputs, olds=made.outputs).detailedDiff
    behaviour.delete(ASSETS, made)


@pytest.mark.parametrize("name, value", VALUES.values(), ids=VALUES)
def test_it_may_be_secret(behaviour, name, value):
    inputs = behaviour.checked(ASSETS, {name: Secret(value)})
    assert inputs[name] == Secret(value)
    assert behaviour.create(ASSETS, inputs).outputs[name] == Secret(value)


def test_a_handler_sees_the_content(behaviour):
    made = behaviour.make(ASSETS, {"file": wire.asset(text="hello", hash=HASH), "data": BYTES})
    assert made.outputs["fileHash"] == HASH
    assert made.outputs["dataSize"] == len(b"\xff\xfe\x00binary")


def test_elided_assets_in_state_are_no_difference(behaviour):
    """Contents come in Check, Create and Update's news only."""
    inputs = behaviour.checked(ASSETS, {"file": wire.asset(text="hello")})
    made = behaviour.create(ASSETS, inputs)
    elided = {**inputs, "file": {SIGNATURE: inputs["file"][SIGNATURE],
                                 "hash": inputs["file"]["hash"]}}
    assert not behaviour.diff(ASSETS, elided, inputs, olds=made.outputs).detailedDiff
    read = behaviour.read(ASSETS, made.id, elided, {**made.outputs, "file": elided["file"]})
    assert read.inputs["file"] == elided["file"]


@pytest.mark.parametrize("name, value", [
    ("file", "a text"), ("tree", wire.asset(text="x")),
    ("files", wire.asset(text="x")), ("file", wire.reference("urn:x", "id")),
])
def test_the_wrong_kind_is_a_check_failure(behaviour, name, value):
    answer = behaviour.check(ASSETS, {name: value})
    assert len(answer.failures) == 1
    assert name in answer.failures[0].reason + answer.failures[0].property


def test_bytes_for_a_text_are_a_failure_in_words(behaviour):
    answer = behaviour.check(ASSETS, {"text": BYTES})
    assert len(answer.failures) == 1 and "string" in answer.failures[0].reason


@pytest.mark.parametrize("bad, word", [
    ({SIGNATURE: "0" * 32}, "signature"), ({SIGNATURE: 5}, "signature"),
    ({SIGNATURE: None}, "signature"), ({SIGNATURE: wire.SECRET}, "value"),
    (wire.byte_string("not base64!"), "base64"),
    ({SIGNATURE: wire.BYTES, "value": 5}, "not a string"),
    ({SIGNATURE: wire.BYTES}, ""), (wire.asset(text=None) | {"text": 5}, "text"),
    ({**wire.archive(), "assets": "x"}, "assets"), ({**wire.archive(), "assets": {"a": 5}}, "a"),
    ({**wire.reference("urn"), "urn": 5}, "urn"),
    ({k: v for k, v in wire.reference("x").items() if k != "urn"}, "urn"),
])
def test_a_malformed_marked_object_is_a_clear_error(behaviour, bad, word):
    for bag in ({"data": bad}, {"data": [{"a": bad}]}):
        with raises("INVALID_ARGUMENT") as caught:
            behaviour.check(ASSETS, bag)
        assert "data" in caught[0].details()
        assert word in caught[0].details()


def test_output_values_are_unwrapped(behaviour):
    """Only Construct and Call may carry them, but a value is a value."""
    inputs = behaviour.checked(ASSETS, {"text": wire.output("x", dependencies=["urn:a"]),
                                        "data": wire.output(UNKNOWN)})
    assert inputs["text"] == "x"
    assert inputs["data"] is UNKNOWN
    inputs = behaviour.checked(ASSETS, {"text": wire.output("x", secret=True),
                                        "data": [wire.output(UNKNOWN, secret=True)]})
    assert inputs["text"] == Secret("x")
    assert inputs["data"] == [Secret(UNKNOWN)]


def test_a_reference_that_a_preview_has_not_made_is_unknown(behaviour):
    """An empty id says that the resource does not exist yet."""
    inputs = behaviour.checked(ASSETS, {"reference": wire.reference("urn:x", "")})
    assert inputs["reference"]["urn"] == "urn:x"
    outputs = behaviour.create(ASSETS, inputs, preview=True).outputs
    assert outputs["reference"]["id"] in ("", UNKNOWN)


def test_an_engine_that_cannot_take_bytes_gets_valid_text():
    with Plugin(BEHAVIOUR, configure=False) as plugin:
        plugin.handshake(accepts_byte_string=False)
        plugin.configure(BEHAVIOUR_CONFIG)
        assert isinstance(plugin.checked(ASSETS, {"data": BYTES})["data"], str)
        plugin.assert_alive()


@pytest.mark.parametrize("value", [
    "text", "ünïcödé \N{GRINNING FACE}", "", 0.1, -1e300, True, [], {}, [[], {}], {"": "empty"},
    {"a": None, "b": [None]}, "with\0zero", "quote\"s\\", 9007199254740992,
])
def test_what_the_published_serializer_sends_is_understood(behaviour, value):
    """Bags made by the pulumi package's own serializer; echoed, they are the same bytes."""
    bag = asyncio.run(rpc.serialize_properties({"value": value}, {}))
    answer = behaviour.stub.Invoke(provider_pb2.InvokeRequest(tok="behaviour:test:echo", args=bag),
                                   timeout=PATIENCE)
    assert not answer.failures
    result = getattr(answer, "return")
    expected = wire.unstruct(bag)["value"]
    assert without_nulls(wire.unstruct(result)["value"]) == without_nulls(expected)
    rpc.deserialize_properties(result)


def without_nulls(value):
    if isinstance(value, dict):
        return {name: without_nulls(item) for name, item in value.items() if item is not None}
    return [without_nulls(item) for item in value] if isinstance(value, list) else value
