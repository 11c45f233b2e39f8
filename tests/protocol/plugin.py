"""Plays the engine for one plugin process: starts it, speaks the protocol, records what it logs.

The stubs are those of the published pulumi package, so neither messages nor encodings are ours.
"""

import collections
import contextlib
import os
import pathlib
import signal
import subprocess
import threading
import time
from concurrent import futures

import grpc
from pulumi.runtime.proto import (engine_pb2, engine_pb2_grpc, errors_pb2, plugin_pb2,
                                  provider_pb2, provider_pb2_grpc, status_pb2)

import wire

ROOT = pathlib.Path(__file__).resolve().parents[2]


def _binary(name, variable, folder):
    """`variable` names the file; PALISADE_BIN may also name a folder that holds both plugins."""
    both = pathlib.Path(os.environ.get("PALISADE_BIN") or ".")
    if variable not in os.environ and "PALISADE_BIN" in os.environ and both.is_dir():
        return str(both / name)
    path = pathlib.Path(os.environ.get(variable) or ROOT / folder)
    return str(path / name if path.is_dir() else path)


PALISADE = _binary("pulumi-resource-palisade", "PALISADE_BIN", "bin")
BEHAVIOUR = _binary("pulumi-resource-behaviour", "BEHAVIOUR_BIN", "build/release/bin")
BEHAVIOUR_CONFIG = {"endpoint": "https://example.test", "token": "t0ken-value"}

SEED = bytes(range(32))
# No answer takes this long; a plugin that hangs fails its test instead of stopping the suite.
PATIENCE = 30
OPTIONS = [("grpc.max_receive_message_length", 400 << 20),
           ("grpc.max_send_message_length", 400 << 20), ("grpc.enable_http_proxy", 0)]

DETAILS = {"pulumirpc.ErrorResourceInitFailed": provider_pb2.ErrorResourceInitFailed,
           "pulumirpc.ConfigureErrorMissingKeys": provider_pb2.ConfigureErrorMissingKeys,
           "pulumirpc.ErrorCause": errors_pb2.ErrorCause,
           "pulumirpc.InputPropertiesError": errors_pb2.InputPropertiesError}


def details(error):
    """The messages of a failed call's grpc-status-details-bin trailer."""
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            status = status_pb2.Status.FromString(value)
            found = []
            for any_ in status.details:
                prefix, name = any_.type_url.split("/")
                assert prefix == "type.googleapis.com"
                message = DETAILS[name]()
                message.ParseFromString(any_.value)
                found.append(message)
            return found
    return []


def init_failed(error):
    """The one ErrorResourceInitFailed of a failed call."""
    found = [d for d in details(error) if isinstance(d, provider_pb2.ErrorResourceInitFailed)]
    assert len(found) == 1, f"expected one ErrorResourceInitFailed in {error}"
    return found[0]


class Engine(engine_pb2_grpc.EngineServicer):
    """The engine's callback service; keeps every log request."""

    def __init__(self):
        self.logs = []
        self._changed = threading.Condition()
        self._server = grpc.server(futures.ThreadPoolExecutor(8), options=OPTIONS)
        engine_pb2_grpc.add_EngineServicer_to_server(self, self._server)
        self.address = f"127.0.0.1:{self._server.add_insecure_port('127.0.0.1:0')}"
        self._server.start()

    def Log(self, request, context):
        with self._changed:
            self.logs.append(request)
            self._changed.notify_all()
        return engine_pb2.google_dot_protobuf_dot_empty__pb2.Empty()

    def wait_for(self, wanted, seconds=10):
        """The first log request for which `wanted` holds."""
        deadline = time.monotonic() + seconds
        with self._changed:
            while True:
                for request in self.logs:
                    if wanted(request):
                        return request
                left = deadline - time.monotonic()
                assert left > 0, f"no such log; there were {self.logs}"
                self._changed.wait(left)

    def text(self):
        with self._changed:
            return "\n".join(request.message for request in self.logs)

    def stop(self):
        self._server.stop(None)


class Process:
    """A running plugin, up to the port line."""

    def __init__(self, binary, *arguments, env=None, cwd=None):
        environment = {key: value for key, value in os.environ.items()
                       if not key.startswith(("BEHAVIOUR_", "PULUMI_"))}
        environment.update(env or {})
        self.popen = subprocess.Popen([binary, *arguments], stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                      env=environment, cwd=cwd, start_new_session=True)
        self._chunks = {"stdout": [], "stderr": []}
        self._changed = threading.Condition()
        self._readers = [threading.Thread(target=self._collect, args=(name,), daemon=True)
                         for name in self._chunks]
        for reader in self._readers:
            reader.start()
        self.port = self._port()

    def _collect(self, name):
        stream = getattr(self.popen, name)
        while chunk := os.read(stream.fileno(), 65536):
            with self._changed:
                self._chunks[name].append(chunk)
                self._changed.notify_all()
        with self._changed:
            self._chunks[name].append(b"")
            self._changed.notify_all()

    def _port(self):
        deadline = time.monotonic() + PATIENCE
        with self._changed:
            while b"\n" not in self.stdout():
                ended = self.popen.poll() is not None and not self._readers[0].is_alive()
                if ended or time.monotonic() > deadline:
                    raise AssertionError(f"no port line; stderr: {self.stderr()!r}")
                self._changed.wait(0.1)
            return int(self.stdout().split(b"\n")[0])

    def stdout(self):
        return b"".join(self._chunks["stdout"])

    def stderr(self):
        return b"".join(self._chunks["stderr"])

    def wait(self, seconds=10):
        """The exit code, once the process and its output have ended."""
        code = self.popen.wait(seconds)
        for reader in self._readers:
            reader.join(seconds)
        return code

    def interrupt(self):
        self.popen.send_signal(signal.SIGINT)

    def close_stdin(self):
        self.popen.stdin.close()

    def stop(self):
        if self.popen.poll() is None:
            self.popen.kill()
        self.wait()
        for stream in (self.popen.stdin, self.popen.stdout, self.popen.stderr):
            with contextlib.suppress(OSError):
                stream.close()


Checked = collections.namedtuple("Checked", "inputs failures")
Made = collections.namedtuple("Made", "id inputs outputs refresh")


class Plugin:
    """One plugin process with an engine of its own. A context manager."""

    def __init__(self, binary, config=None, env=None, configure=True, arguments=(), cwd=None):
        self.package = pathlib.Path(binary).name.removeprefix("pulumi-resource-")
        self.engine = Engine()
        self.process = Process(binary, *arguments, self.engine.address, env=env, cwd=cwd)
        self.channel = grpc.insecure_channel(f"127.0.0.1:{self.process.port}", options=OPTIONS)
        self.stub = provider_pb2_grpc.ResourceProviderStub(self.channel)
        if configure:
            self.handshake()
            self.configure(config)

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.channel.close()
        self.process.stop()
        self.engine.stop()

    def assert_alive(self):
        """It still answers, said nothing that the engine takes for fatal, and nothing but the
        port line went to stdout."""
        assert self.process.popen.poll() is None, self.process.stderr()
        assert self.stub.GetPluginInfo(EMPTY, timeout=PATIENCE).version
        assert self.process.stdout() == f"{self.process.port}\n".encode()
        assert not [log for log in self.engine.logs if log.severity == engine_pb2.ERROR]

    def urn(self, type, name="res"):
        return f"urn:pulumi:dev::project::{type}::{name}"

    def handshake(self, **fields):
        request = provider_pb2.ProviderHandshakeRequest(
            engine_address=self.engine.address, configure_with_urn=True, supports_views=True,
            supports_refresh_before_update=True, invoke_with_preview=True,
            accepts_byte_string=True)
        for name, value in fields.items():
            setattr(request, name, value)
        return self.stub.Handshake(request, timeout=PATIENCE)

    def configure(self, args=None, variables=None):
        return self.stub.Configure(provider_pb2.ConfigureRequest(
            args=wire.struct(args or {}), variables=variables or {}, acceptSecrets=True,
            acceptResources=True, sends_old_inputs=True, sends_old_inputs_to_delete=True,
            id="5f1c9c1e-6c39-4d2c-9b53-4f0f5a1d7d11", urn=self.provider_urn(),
            name="default", type=f"pulumi:providers:{self.package}"), timeout=PATIENCE)

    def provider_urn(self):
        return f"urn:pulumi:dev::project::pulumi:providers:{self.package}::default"

    def check_config(self, news, olds=None):
        answer = self.stub.CheckConfig(provider_pb2.CheckRequest(
            urn=self.provider_urn(), olds=wire.struct(olds or {}), news=wire.struct(news),
            name="default", type=f"pulumi:providers:{self.package}"), timeout=PATIENCE)
        return Checked(wire.unstruct(answer.inputs), list(answer.failures))

    def check(self, type, news, olds=None, name="res", seed=SEED, autonaming=None):
        request = provider_pb2.CheckRequest(urn=self.urn(type, name), news=wire.struct(news),
                                            olds=wire.struct(olds or {}), randomSeed=seed,
                                            name=name, type=type)
        if autonaming:
            proposed, mode = autonaming
            request.autonaming.proposed_name = proposed
            request.autonaming.mode = provider_pb2.CheckRequest.AutonamingOptions.Mode.Value(mode)
        answer = self.stub.Check(request, timeout=PATIENCE)
        return Checked(wire.unstruct(answer.inputs), list(answer.failures))

    def checked(self, type, news, **more):
        """The inputs of a Check that has to succeed."""
        inputs, failures = self.check(type, news, **more)
        assert not failures, failures
        return inputs

    def diff(self, type, old_inputs, news, olds=None, id="some-id", name="res", ignore=()):
        return self.stub.Diff(provider_pb2.DiffRequest(
            id=id, urn=self.urn(type, name), name=name, type=type, news=wire.struct(news),
            old_inputs=wire.struct(old_inputs), ignoreChanges=ignore,
            olds=wire.struct(old_inputs if olds is None else olds)), timeout=PATIENCE)

    def create(self, type, inputs, name="res", preview=False, timeout=0, wait=PATIENCE):
        answer = self.stub.Create(self.create_request(type, inputs, name, preview, timeout),
                                  timeout=wait)
        return Made(answer.id, inputs, wire.unstruct(answer.properties),
                    answer.refresh_before_update)

    def create_request(self, type, inputs, name="res", preview=False, timeout=0):
        return provider_pb2.CreateRequest(
            urn=self.urn(type, name), name=name, type=type, properties=wire.struct(inputs),
            preview=preview, timeout=timeout)

    def make(self, type, news, name="res", **more):
        """Check and Create, as an `up` does."""
        return self.create(type, self.checked(type, news, name=name), name=name, **more)

    def update(self, type, made, news, name="res", preview=False, timeout=0, ignore=()):
        answer = self.stub.Update(self.update_request(type, made, news, name, preview, timeout,
                                                      ignore), timeout=PATIENCE)
        return Made(made.id, news, wire.unstruct(answer.properties),
                    answer.refresh_before_update)

    def update_request(self, type, made, news, name="res", preview=False, timeout=0, ignore=()):
        return provider_pb2.UpdateRequest(
            id=made.id, urn=self.urn(type, name), name=name, type=type,
            olds=wire.struct(made.outputs), old_inputs=wire.struct(made.inputs),
            news=wire.struct(news), preview=preview, timeout=timeout, ignoreChanges=ignore)

    def read(self, type, id, inputs=None, outputs=None, name="res", timeout=0):
        request = provider_pb2.ReadRequest(id=id, urn=self.urn(type, name), name=name, type=type,
                                           timeout=timeout)
        if inputs is not None:
            request.inputs.CopyFrom(wire.struct(inputs))
        if outputs is not None:
            request.properties.CopyFrom(wire.struct(outputs))
        answer = self.stub.Read(request, timeout=PATIENCE)
        return Made(answer.id, wire.unstruct(answer.inputs), wire.unstruct(answer.properties),
                    answer.refresh_before_update)

    def refresh(self, type, made, **more):
        return self.read(type, made.id, made.inputs, made.outputs, **more)

    def delete(self, type, made, name="res", timeout=0):
        return self.stub.Delete(provider_pb2.DeleteRequest(
            id=made.id, urn=self.urn(type, name), name=name, type=type, timeout=timeout,
            properties=wire.struct(made.outputs), old_inputs=wire.struct(made.inputs)),
            timeout=PATIENCE)

    def invoke(self, token, args, preview=False):
        """The result, or an AssertionError with the failures."""
        answer = self.stub.Invoke(provider_pb2.InvokeRequest(
            tok=token, args=wire.struct(args), preview=preview), timeout=PATIENCE)
        assert not answer.failures, answer.failures
        return wire.unstruct(getattr(answer, "return"))

    def list(self, token, query=None, limit=0, page_size=0, continuation=""):
        """(items, continuation token) of one page."""
        stream = self.stub.List(provider_pb2.ListRequest(
            token=token, query=wire.struct(query or {}), limit=limit, page_size=page_size,
            continuation_token=continuation), timeout=PATIENCE)
        items, token = [], ""
        for answer in stream:
            assert not token, "nothing may follow the continuation"
            if answer.WhichOneof("response") == "result":
                items.append((answer.result.id, answer.result.name))
            else:
                assert answer.WhichOneof("response") == "continuation"
                token = answer.continuation.continuation_token
        return items, token

    def cancel(self):
        return self.stub.Cancel(EMPTY, timeout=PATIENCE)

    def counts(self):
        """How often each verb reached an object of the test package."""
        return self.invoke("behaviour:test:counts", {})["counts"]

    def wait_for_count(self, event, at_least=1, seconds=10):
        """Until the test package has counted `event`; polls, because counting is its own call."""
        deadline = time.monotonic() + seconds
        while self.counts().get(event, 0) < at_least:
            assert time.monotonic() < deadline, f"{event} was not reached: {self.counts()}"

    def drift(self, id, **changes):
        assert self.invoke("behaviour:test:drift", {"target": id, **changes})["done"]


EMPTY = engine_pb2.google_dot_protobuf_dot_empty__pb2.Empty()


def raises(code):
    """`with raises("NOT_FOUND") as caught: ...`; the error is caught[0]."""
    return _Raises(getattr(grpc.StatusCode, code))


class _Raises(list):
    def __init__(self, code):
        super().__init__()
        self._code = code

    def __enter__(self):
        return self

    def __exit__(self, kind, error, unused):
        assert error is not None, f"expected {self._code}, but the call succeeded"
        if not isinstance(error, grpc.RpcError):
            return False
        assert error.code() == self._code, f"{error.code()}: {error.details()}"
        self.append(error)
        return True


def attach(plugin):
    plugin.stub.Attach(plugin_pb2.PluginAttach(address=plugin.engine.address), timeout=PATIENCE)


def code_of(call):
    """The status code with which `call` ends, OK included; asserts that it is not a crash."""
    try:
        call()
    except grpc.RpcError as error:
        return error.code()
    return grpc.StatusCode.OK
