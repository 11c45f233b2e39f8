"""The process: port line, flags, signals, the end of the engine, health and reflection."""

import json
import os
import pathlib
import subprocess
import threading

import grpc
import pytest

from plugin import BEHAVIOUR, BEHAVIOUR_CONFIG, PALISADE, PATIENCE, Plugin, Process, code_of

SLOW = "behaviour:test:Slow"


@pytest.fixture
def processes():
    started = []

    def start(*args, **more):
        started.append(Process(*args, **more))
        return started[-1]

    yield start
    for process in started:
        process.stop()


@pytest.mark.parametrize("binary", [PALISADE, BEHAVIOUR])
def test_the_first_bytes_of_stdout_are_the_port_and_a_newline(processes, binary):
    process = processes(binary, "127.0.0.1:1")
    assert process.stdout() == f"{process.port}\n".encode()
    assert 0 < process.port < 65536


def test_the_port_answers_at_once_and_on_loopback_only(processes):
    process = processes(BEHAVIOUR, "127.0.0.1:1")
    with grpc.insecure_channel(f"127.0.0.1:{process.port}") as channel:
        grpc.channel_ready_future(channel).result(timeout=10)
    listening = [line.split() for table in ("tcp", "tcp6")
                 for line in pathlib.Path(f"/proc/{process.popen.pid}/net/{table}")
                 .read_text().splitlines()[1:]]
    port = f"{process.port:04X}"
    addresses = {fields[1].split(":")[0] for fields in listening
                 if fields[1].split(":")[1] == port and fields[3] == "0A"}
    assert addresses and addresses <= {"0100007F", "0000000000000000FFFF00000100007F"}


@pytest.mark.parametrize("flags", [
    ["--logtostderr"], ["-v=9"], ["--logflow"], ["--tracing", "http://127.0.0.1:1"],
    ["--a-flag-of-the-future=1"]])
def test_flags_of_the_engine_and_unknown_ones_are_not_fatal(processes, flags):
    process = processes(BEHAVIOUR, *flags, "127.0.0.1:1")
    assert process.port


def test_without_an_engine_address_it_serves_for_attaching(processes):
    assert processes(BEHAVIOUR).port


@pytest.mark.parametrize("binary", [PALISADE, BEHAVIOUR])
def test_version_help_and_schema_from_a_shell(binary):
    def run(*arguments):
        done = subprocess.run([binary, *arguments], capture_output=True, timeout=30, check=True,
                              stdin=subprocess.DEVNULL)
        return done.stdout.decode()

    package = pathlib.Path(binary).name.removeprefix("pulumi-resource-")
    schema = json.loads(run("schema"))
    assert schema["name"] == package
    assert schema["version"] in run("--version")
    assert "schema" in run("--help")


def test_interrupt_exits_with_0(processes):
    process = processes(BEHAVIOUR, "127.0.0.1:1")
    process.interrupt()
    assert process.wait() == 0


def test_interrupt_drains_what_is_under_way():
    """A create that is waiting ends with a partial state before the process does."""
    with Plugin(BEHAVIOUR, BEHAVIOUR_CONFIG) as plugin:
        inputs = plugin.checked(SLOW, {"recordFirst": True, "createMs": 60000})
        call = plugin.stub.Create.future(plugin.create_request(SLOW, inputs), timeout=PATIENCE)
        plugin.wait_for_count("begin creating")
        plugin.process.interrupt()
        assert call.exception(timeout=10).code() == grpc.StatusCode.CANCELLED
        assert plugin.process.wait() == 0


@pytest.mark.parametrize("signals", [2, 5])
def test_more_than_one_interrupt_is_no_crash(processes, signals):
    process = processes(BEHAVIOUR, "127.0.0.1:1")
    for _ in range(signals):
        if process.popen.poll() is None:
            process.interrupt()
    assert process.wait() == 0


@pytest.mark.parametrize("verb", ["Create", "Read", "Update", "Delete"])
def test_interrupt_at_any_moment_of_a_call_leaves_an_answer_or_a_clean_end(verb):
    with Plugin(BEHAVIOUR, BEHAVIOUR_CONFIG) as plugin:
        made = plugin.make(SLOW, {"readMs": 500, "deleteMs": 500, "updateMs": 500})
        slow = plugin.checked(SLOW, {**made.inputs, "createMs": 500, "note": "x"})
        run = {"Create": lambda: plugin.create(SLOW, slow),
               "Read": lambda: plugin.refresh(SLOW, made),
               "Update": lambda: plugin.update(SLOW, made, slow),
               "Delete": lambda: plugin.delete(SLOW, made)}[verb]
        codes = []
        worker = threading.Thread(target=lambda: codes.append(code_of(run)))
        worker.start()
        plugin.process.interrupt()
        worker.join(PATIENCE)
        assert codes[0] in (grpc.StatusCode.OK, grpc.StatusCode.CANCELLED,
                            grpc.StatusCode.UNAVAILABLE)
        assert plugin.process.wait() == 0


def test_it_exits_when_stdin_closes(processes):
    process = processes(BEHAVIOUR, "127.0.0.1:1")
    process.close_stdin()
    assert process.wait() == 0


def test_a_stdin_that_is_closed_from_the_start_does_not_end_it_before_the_port():
    """Started from a shell with </dev/null, as for attaching."""
    done = subprocess.Popen([BEHAVIOUR], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    try:
        assert int(done.stdout.readline()) > 0
        assert done.poll() is None
    finally:
        done.kill()
        done.wait(10)
        done.stdout.close()


def raw_call(plugin, method, message):
    call = plugin.channel.unary_unary(method, request_serializer=bytes,
                                      response_deserializer=bytes)
    return call(message, timeout=PATIENCE)


def test_health_says_serving(behaviour):
    # HealthCheckRequest is empty for the whole server; HealthCheckResponse{status: SERVING}.
    assert raw_call(behaviour, "/grpc.health.v1.Health/Check", b"") == b"\x08\x01"


def test_reflection_lists_the_service(behaviour):
    for version in ("v1", "v1alpha"):
        call = behaviour.channel.stream_stream(
            f"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo",
            request_serializer=bytes, response_deserializer=bytes)
        try:
            # ServerReflectionRequest{list_services: "*"}
            answer = next(iter(call(iter([b"\x3a\x01*"]), timeout=PATIENCE)))
        except grpc.RpcError as error:
            assert error.code() == grpc.StatusCode.UNIMPLEMENTED
            continue
        assert b"pulumirpc.ResourceProvider" in answer
        return
    pytest.fail("no version of the reflection service answers")


def test_stdout_carries_nothing_but_the_port_line():
    with Plugin(BEHAVIOUR, BEHAVIOUR_CONFIG, arguments=["--logtostderr", "-v=9"]) as plugin:
        made = plugin.make("behaviour:test:Simple", {"text": "x"})
        plugin.check("behaviour:test:Nested", {"code": "warn", "nonsense": 1})
        plugin.delete("behaviour:test:Simple", made)
        plugin.cancel()
        plugin.process.interrupt()
        assert plugin.process.wait() == 0
        assert plugin.process.stdout() == f"{plugin.process.port}\n".encode()


def test_a_lost_engine_does_not_fail_a_call():
    """Logs go nowhere, calls still work: the engine's address may be gone before its calls are."""
    with Plugin(BEHAVIOUR, configure=False) as plugin:
        plugin.handshake(engine_address="127.0.0.1:1")
        plugin.configure(BEHAVIOUR_CONFIG)
        answer = plugin.check("behaviour:test:Nested", {"code": "warn"})
        assert not answer.failures


def test_a_proxy_in_the_environment_does_not_swallow_the_engine():
    proxy = {"http_proxy": "http://127.0.0.1:1", "https_proxy": "http://127.0.0.1:1",
             "no_proxy": "", "NO_PROXY": ""}
    with Plugin(BEHAVIOUR, BEHAVIOUR_CONFIG, env=proxy) as plugin:
        plugin.check("behaviour:test:Nested", {"code": "warn"})
        plugin.engine.wait_for(lambda log: "code" in log.message)


def test_the_environment_may_be_empty():
    keep = {name: "" for name in os.environ if name not in ("PATH", "LD_LIBRARY_PATH")}
    with Plugin(BEHAVIOUR, BEHAVIOUR_CONFIG, env=keep) as plugin:
        assert plugin.make("behaviour:test:Simple", {"text": "x"}).id
