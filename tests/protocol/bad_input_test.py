"""Bad input of every kind gives INVALID_ARGUMENT or a Check failure, and the process lives on."""

import math

import grpc
import pytest
from google.protobuf import struct_pb2
from pulumi.runtime.proto import provider_pb2

import wire
from plugin import BEHAVIOUR, EMPTY, PALISADE, PATIENCE, Plugin, code_of, raises

SERVICE = "/pulumirpc.ResourceProvider/"
METHODS = {method.name: method for method in
           provider_pb2.DESCRIPTOR.services_by_name["ResourceProvider"].methods}
# What an answer to nonsense may be; INTERNAL, UNKNOWN and DATA_LOSS would mean a maybe-corrupt
# state to the engine, UNAVAILABLE a dead process.
POLITE = {grpc.StatusCode.OK, grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.NOT_FOUND,
          grpc.StatusCode.UNIMPLEMENTED, grpc.StatusCode.FAILED_PRECONDITION}
TYPES = {"palisade": "palisade:tls:PrivateKey", "behaviour": "behaviour:test:Nested"}
BAGS = {"Check": ["news", "olds"], "Diff": ["news", "olds", "old_inputs"],
        "Create": ["properties"], "Read": ["inputs", "properties"],
        "Update": ["news", "olds", "old_inputs"], "Delete": ["properties", "old_inputs"],
        "CheckConfig": ["news", "olds"], "DiffConfig": ["news", "olds", "old_inputs"],
        "Configure": ["args"], "Invoke": ["args"], "List": ["query"]}


@pytest.fixture(params=[PALISADE, BEHAVIOUR], ids=["palisade", "behaviour"], scope="module")
def victim(request):
    with Plugin(request.param, {"endpoint": "https://e.test", "token": "t"}
                if request.param == BEHAVIOUR else {}) as plugin:
        yield plugin
        plugin.assert_alive()


def send(plugin, method, message):
    """Raw bytes to any method; answers the status code."""
    kind = (plugin.channel.unary_stream if METHODS[method].server_streaming
            else plugin.channel.unary_unary)
    call = kind(SERVICE + method, request_serializer=bytes, response_deserializer=bytes)

    def run():
        answer = call(message, timeout=PATIENCE)
        return list(answer) if METHODS[method].server_streaming else answer

    return code_of(run)


def request_of(plugin, method, **fields):
    """A request whose identity is right."""
    message = METHODS[method].input_type._concrete_class()
    names = {field.name for field in message.DESCRIPTOR.fields}
    type = TYPES[plugin.package]
    known = {"urn": plugin.urn(type), "id": "some-id", "tok": first_function(plugin),
             "token": type}
    if method.endswith("Config"):
        known["urn"] = plugin.provider_urn()
    for name, value in {**known, **fields}.items():
        if name in names:
            field = getattr(message, name)
            if isinstance(field, struct_pb2.Struct):
                field.CopyFrom(value)
            else:
                setattr(message, name, value)
    return message


def first_function(plugin):
    return {"palisade": "palisade:tls:getPublicKey", "behaviour": "behaviour:test:echo"}[
        plugin.package]


@pytest.mark.parametrize("method", METHODS)
def test_an_empty_message_of_every_method(victim, method):
    assert send(victim, method, b"") in POLITE
    victim.assert_alive()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("garbage", [b"\xff", b"\xff" * 64, b"\x0a\x7f", b"\x00" * 10,
                                     b"\x12\x03\x0a\x05x", b"\x1a\xff\xff\xff\xff\x0f"])
def test_garbage_instead_of_a_message(victim, method, garbage):
    # gRPC itself refuses what is no protobuf message, with INTERNAL, before our code runs.
    assert send(victim, method, garbage) in POLITE | {grpc.StatusCode.INTERNAL}
    victim.assert_alive()


@pytest.mark.parametrize("method", BAGS)
def test_a_truncated_message_at_every_length(victim, method):
    bag = wire.struct({"settings": {"title": "t", "children": [{"name": "a"}]}, "n": 1.5})
    whole = request_of(victim, method, **{name: bag for name in BAGS[method]}).SerializeToString()
    for length in range(0, len(whole), max(1, len(whole) // 60)):
        assert send(victim, method, whole[:length]) in POLITE | {grpc.StatusCode.INTERNAL}
    victim.assert_alive()


@pytest.mark.parametrize("method", BAGS)
def test_a_value_without_a_kind(victim, method):
    """A truncated Struct that is valid protobuf: the value is there, its content is not."""
    bag = struct_pb2.Struct()
    bag.fields["settings"].SetInParent()
    bag.fields["list"].list_value.values.add()
    for name in BAGS[method]:
        message = request_of(victim, method, **{name: bag})
        assert send(victim, method, message.SerializeToString()) in POLITE
    victim.assert_alive()


KINDS = [None, True, 1.5, "text", [], {}, [[]], {"a": {}}, wire.UNKNOWN, wire.Secret("s"),
         wire.asset(text="x"), wire.archive({}), wire.reference("urn", "id"),
         wire.output("x", secret=True), wire.byte_string("AAAA"), wire.Secret(None),
         wire.Secret(wire.UNKNOWN)]


@pytest.mark.parametrize("method", BAGS)
def test_every_kind_of_value_at_every_property(victim, method):
    schema = schema_of(victim)
    spec = schema["resources"][TYPES[victim.package]]
    names = sorted(spec["inputProperties"]) + sorted(schema["config"]["variables"]) + [
        "nonsense", "__defaults", "__v", "__unread", "skipChecks", ""]
    for kind in KINDS:
        bag = wire.struct({name: kind for name in names})
        for name in BAGS[method]:
            message = request_of(victim, method, **{name: bag})
            assert send(victim, method, message.SerializeToString()) in POLITE
    victim.assert_alive()
    if method == "Configure":
        restore(victim)


def restore(victim):
    victim.configure({"endpoint": "https://e.test", "token": "t"}
                     if victim.package == "behaviour" else {})


def schema_of(plugin):
    import json
    schema = json.loads(plugin.stub.GetSchema(provider_pb2.GetSchemaRequest(),
                                              timeout=PATIENCE).schema)
    schema.setdefault("config", {}).setdefault("variables", {})
    return schema


def nested(depth, leaf=b"\x1a\x01x"):
    """A serialized Struct with `depth` objects inside each other; built from the inside, because
    Python's own protobuf would refuse it."""
    heads, size = [leaf], len(leaf)  # Value{string_value: "x"}

    def wrap(head):
        nonlocal size
        heads.append(head + varint(size))
        size += len(heads[-1])

    for _ in range(depth):
        wrap(b"\x0a\x01a\x12")  # the entry "a" of a Struct ...
        wrap(b"\x0a")  # ... which is a field of it ...
        wrap(b"\x2a")  # ... which is the struct_value of a Value
    wrap(b"\x0a\x08anything\x12")
    wrap(b"\x0a")
    return b"".join(reversed(heads))


def varint(number):
    out = b""
    while True:
        number, low = number >> 7, number & 0x7F
        if not number:
            return out + bytes([low])
        out += bytes([low | 0x80])


def check_bytes(plugin, type, struct):
    """A serialized CheckRequest with `struct` as news."""
    head = provider_pb2.CheckRequest(urn=plugin.urn(type)).SerializeToString()
    return head + b"\x1a" + varint(len(struct)) + struct


def call_check(plugin, message):
    call = plugin.channel.unary_unary(SERVICE + "Check", request_serializer=bytes,
                                      response_deserializer=bytes)
    return call(message, timeout=PATIENCE)


def test_depth_500_is_accepted(behaviour):
    answer = call_check(behaviour, check_bytes(behaviour, "behaviour:test:Nested", nested(500)))
    assert answer.count(b"\x0a\x01a") >= 500


def test_depth_1500_is_refused_in_words(behaviour):
    with raises("INVALID_ARGUMENT") as caught:
        call_check(behaviour, check_bytes(behaviour, "behaviour:test:Nested", nested(1500)))
    assert "1000" in caught[0].details().replace(",", "") or "deep" in caught[0].details()
    behaviour.assert_alive()


@pytest.mark.parametrize("depth", [20_000, 200_000])
def test_absurd_depth_is_no_crash(behaviour, depth):
    with pytest.raises(grpc.RpcError) as caught:
        call_check(behaviour, check_bytes(behaviour, "behaviour:test:Nested", nested(depth)))
    assert caught.value.code() in (grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.INTERNAL)
    behaviour.assert_alive()


def test_deep_lists_are_no_crash(behaviour):
    value = b"\x1a\x01x"
    for _ in range(5000):
        items = b"\x0a" + varint(len(value)) + value
        value = b"\x32" + varint(len(items)) + items
    entry = b"\x0a\x08anything\x12" + varint(len(value)) + value
    bag = b"\x0a" + varint(len(entry)) + entry
    assert code_of(lambda: call_check(behaviour, check_bytes(
        behaviour, "behaviour:test:Nested", bag))) == grpc.StatusCode.INVALID_ARGUMENT
    behaviour.assert_alive()


@pytest.mark.parametrize("verb", ["Diff", "Create", "Read", "Update", "Delete", "Invoke", "List"])
def test_depth_1500_is_refused_by_every_verb(behaviour, verb):
    deep = nested(1500)
    for name in BAGS[verb]:
        head = request_of(behaviour, verb)
        number = head.DESCRIPTOR.fields_by_name[name].number
        message = (head.SerializeToString() + varint(number << 3 | 2) + varint(len(deep)) + deep)
        assert send(behaviour, verb, message) == grpc.StatusCode.INVALID_ARGUMENT
    behaviour.assert_alive()


def test_a_deep_json_document_is_no_crash(behaviour):
    document = "[" * 100_000 + "]" * 100_000
    behaviour.check("behaviour:test:Same", {"document": document, "json": document,
                                            "policy": document})
    answer = behaviour.diff("behaviour:test:Same", {"document": document, "policy": document},
                            {"document": document + " ", "policy": "{}"})
    assert answer.changes
    behaviour.check_config({"labels": document})
    behaviour.assert_alive()


def test_a_string_of_100_megabytes(behaviour):
    text = "x" * 100_000_000
    inputs = behaviour.checked("behaviour:test:Simple", {"text": text})
    assert len(inputs["text"]) == len(text)
    answer = behaviour.check("behaviour:test:Nested", {"code": text})
    assert answer.failures and len(answer.failures[0].reason) < 10_000
    behaviour.assert_alive()


def test_a_message_over_the_limit_is_refused_and_the_process_lives(behaviour):
    options = [("grpc.max_send_message_length", -1), ("grpc.enable_http_proxy", 0)]
    with grpc.insecure_channel(f"127.0.0.1:{behaviour.process.port}", options=options) as channel:
        call = channel.unary_unary(SERVICE + "Check", request_serializer=bytes,
                                   response_deserializer=bytes)
        code = code_of(lambda: call(b"\x0a" + varint(401 << 20) + b"x" * (401 << 20),
                                    timeout=PATIENCE))
    assert code == grpc.StatusCode.RESOURCE_EXHAUSTED
    behaviour.assert_alive()


def test_a_message_over_the_usual_four_megabytes(behaviour):
    made = behaviour.make("behaviour:test:Simple", {"text": "y" * (6 << 20)})
    assert made.outputs["length"] == 6 << 20
    behaviour.delete("behaviour:test:Simple", made)


@pytest.mark.parametrize("bad", [b"\xff\xfe", b"\xc3\x28", b"\xed\xa0\x80", b"abc\x80"])
def test_invalid_utf8_in_a_string(victim, bad):
    """Value.string_value and names are strings of proto3; a foreign client may send any bytes."""
    value = b"\x1a" + varint(len(bad)) + bad
    in_value = b"\x0a\x04text\x12" + varint(len(value)) + value
    in_name = b"\x0a" + varint(len(bad)) + bad + b"\x12\x03\x1a\x01x"
    for entry in (in_value, in_name):
        bag = b"\x0a" + varint(len(entry)) + entry
        message = check_bytes(victim, TYPES[victim.package], bag)
        assert send(victim, "Check", message) in POLITE | {grpc.StatusCode.INTERNAL}
    urn = b"\x0a" + varint(len(bad)) + bad
    for method in ("Check", "Diff", "Create", "Delete"):
        assert send(victim, method, urn) in POLITE | {grpc.StatusCode.INTERNAL}
    victim.assert_alive()


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_numbers_that_are_none(behaviour, number):
    for type, news, path in (
            ("Simple", {"count": number}, "count"), ("Simple", {"text": number}, "text"),
            ("Nested", {"anything": {"a": [number]}}, "anything.a[0]"),
            ("Nested", {"matrix": [[1, number]]}, "matrix[0][1]"),
            ("Nested", {"settings": {"title": "t", "level": number}}, "settings.level")):
        with raises("INVALID_ARGUMENT") as caught:
            behaviour.check(f"behaviour:test:{type}", news)
        assert path in caught[0].details() and "finite" in caught[0].details()
    behaviour.assert_alive()


@pytest.mark.parametrize("method", BAGS)
def test_nan_in_every_bag_of_every_verb(victim, method):
    names = schema_of(victim)["resources"][TYPES[victim.package]]["inputProperties"]
    bag = wire.struct({name: math.nan for name in names})
    for name in BAGS[method]:
        message = request_of(victim, method, **{name: bag})
        assert send(victim, method, message.SerializeToString()) in POLITE
    victim.assert_alive()
    if method == "Configure":
        restore(victim)


@pytest.mark.parametrize("urn", ["", "x", "urn:pulumi:", "urn:pulumi:a::b::", "::::::::",
                                 "urn:pulumi:a::b::c$behaviour:test:Simple::n::m",
                                 "urn:pulumi:s::p::behaviour:test:Simple::", "x" * 100_000])
@pytest.mark.parametrize("method", ["Check", "Diff", "Create", "Read", "Update", "Delete"])
def test_urns_of_all_kinds(behaviour, method, urn):
    assert send(behaviour, method,
                request_of(behaviour, method, urn=urn).SerializeToString()) in POLITE
    behaviour.assert_alive()


def test_a_urn_with_a_parent_and_a_name_with_colons(behaviour):
    urn = "urn:pulumi:dev::project::a:b:Parent$behaviour:test:Simple::name::with::colons"
    answer = behaviour.stub.Check(provider_pb2.CheckRequest(urn=urn, news=wire.struct({}),
                                                            name="name::with::colons",
                                                            type="behaviour:test:Simple"),
                                  timeout=PATIENCE)
    assert not answer.failures


@pytest.mark.parametrize("id", ["", "/", "../../etc/passwd", "a\0b", "x" * 100_000,
                                "ünï", "a\nb"])
def test_ids_of_all_kinds(behaviour, id):
    for method in ("Read", "Update", "Delete", "Diff"):
        message = request_of(behaviour, method, id=id)
        assert send(behaviour, method, message.SerializeToString()) in POLITE
    behaviour.assert_alive()


@pytest.mark.parametrize("mode", [3, -1, 2**31 - 1])
def test_an_autonaming_mode_that_is_none(behaviour, mode):
    request = provider_pb2.CheckRequest(urn=behaviour.urn("behaviour:test:Named"))
    request.autonaming.proposed_name = "x"
    request.autonaming.mode = mode
    assert send(behaviour, "Check", request.SerializeToString()) == (
        grpc.StatusCode.INVALID_ARGUMENT)
    behaviour.assert_alive()


@pytest.mark.parametrize("seed", [b"", b"x", b"\0" * 32, bytes(range(256)) * 4])
def test_seeds_of_any_length(behaviour, seed):
    assert behaviour.checked("behaviour:test:Named", {}, seed=seed)["name"]


def test_many_failures_are_bounded(behaviour):
    answer = behaviour.check("behaviour:test:Nested", {f"nonsense{i}": i for i in range(5000)})
    assert 100 <= len(answer.failures) <= 1000


def test_a_wide_bag(behaviour):
    labels = {f"k{i}": str(i) for i in range(20_000)}
    inputs = behaviour.checked("behaviour:test:Nested", {"labels": labels})
    assert inputs["labels"] == labels
    answer = behaviour.diff("behaviour:test:Nested", inputs,
                            {**inputs, "labels": {**labels, "k5": "x"}})
    assert list(answer.detailedDiff) == ["labels.k5"]


def test_a_wide_set(behaviour):
    members = [f"m{i}" for i in range(3000)]
    answer = behaviour.diff("behaviour:test:Same", {"members": members},
                            {"members": list(reversed(members))})
    assert not answer.detailedDiff


def test_two_bad_messages_at_once_do_not_harm_a_good_one(behaviour):
    from concurrent import futures
    with futures.ThreadPoolExecutor(16) as pool:
        bad = [pool.submit(send, behaviour, method, b"\xff" * 9) for method in METHODS] * 4
        good = [pool.submit(behaviour.checked, "behaviour:test:Simple", {"text": "x"})
                for _ in range(20)]
        assert all(future.result(PATIENCE) == {"text": "x"} for future in good)
        futures.wait(bad)
    assert behaviour.stub.GetPluginInfo(EMPTY, timeout=PATIENCE).version
