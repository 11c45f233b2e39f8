"""One pass over a server's life, short enough for builds with sanitizers: every method, good and
bad, then the end. A leak or a fault makes the exit code another one than 0."""

from concurrent import futures

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2

import wire
from bad_input_test import METHODS, POLITE, send
from plugin import BEHAVIOUR, BEHAVIOUR_CONFIG, EMPTY, PALISADE, PATIENCE, Plugin
from wire import UNKNOWN, Secret

LIVES = {
    PALISADE: ({}, [
        ("palisade:tls:PrivateKey", {"algorithm": "ED25519"}, {"algorithm": "ECDSA"}),
        ("palisade:tls:PrivateKey", {"algorithm": "RSA", "triggers": {"a": "b"}},
         {"algorithm": "RSA", "triggers": UNKNOWN})]),
    BEHAVIOUR: (BEHAVIOUR_CONFIG, [
        ("behaviour:test:Nested", {"settings": {"title": "t", "password": "p",
                                                "children": [{"name": "n", "token": "x"}]},
                                   "vault": Secret({"title": "t"})},
         {"settings": {"title": UNKNOWN}, "items": ["a", UNKNOWN]}),
        ("behaviour:test:Assets", {"file": wire.asset(text="x"),
                                   "data": wire.byte_string("//4=")}, {"data": UNKNOWN}),
        ("behaviour:test:Slow", {"createMs": 150, "awaitMs": 50}, {"createMs": 1})]),
}


@pytest.mark.parametrize("binary", LIVES, ids=["palisade", "behaviour"])
def test_smoke(binary):
    config, lives = LIVES[binary]
    with Plugin(binary, configure=False) as plugin:
        plugin.handshake()
        assert plugin.stub.GetPluginInfo(EMPTY, timeout=PATIENCE).version
        assert plugin.stub.GetSchema(provider_pb2.GetSchemaRequest(), timeout=PATIENCE).schema
        assert not plugin.check_config(config).failures
        assert plugin.check_config({**config, "nonsense": UNKNOWN}).failures
        plugin.configure(config)
        with futures.ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda i: life(plugin, *lives[i % len(lives)], f"n{i}"), range(12)))
        for method in METHODS:
            for message in (b"", b"\xff" * 16, b"\x0a\x02x"):
                assert send(plugin, method, message) in POLITE | {grpc.StatusCode.INTERNAL}
        plugin.cancel()
        life(plugin, *lives[0], "after-cancel")
        plugin.assert_alive()
        plugin.process.interrupt()
        assert plugin.process.wait(30) == 0, plugin.process.stderr().decode(errors="replace")
        stderr = plugin.process.stderr().decode(errors="replace")
        assert "Sanitizer" not in stderr and "runtime error" not in stderr


def life(plugin, type, news, changed, name):
    assert plugin.check(type, {**news, "nonsense": 1}, name=name).failures
    inputs = plugin.checked(type, news, name=name)
    plugin.create(type, inputs, name=name, preview=True)
    made = plugin.create(type, inputs, name=name)
    read = plugin.refresh(type, made, name=name)
    assert not plugin.diff(type, made.inputs, read.inputs, olds=made.outputs,
                           name=name).detailedDiff
    unsure = plugin.checked(type, changed, olds=made.inputs, name=name)
    assert plugin.diff(type, made.inputs, unsure, olds=made.outputs, name=name).diffs
    plugin.update(type, made, unsure, name=name, preview=True)
    plugin.update(type, made, made.inputs, name=name)
    plugin.delete(type, made, name=name)
    plugin.delete(type, made, name=name)
