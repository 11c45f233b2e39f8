"""Spans to an OpenTelemetry collector, and the end of the engine."""

import contextlib
import signal
import socket
import threading
import time
from concurrent import futures

import grpc
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2
from opentelemetry.proto.trace.v1 import trace_pb2
from pulumi.runtime.proto import provider_pb2_grpc

from plugin import BEHAVIOUR, BEHAVIOUR_CONFIG, EMPTY, OPTIONS, PATIENCE, Plugin, Process, code_of

SIMPLE = "behaviour:test:Simple"
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
CALLER = "00f067aa0ba902b7"
EXPORT = "/opentelemetry.proto.collector.trace.v1.TraceService/Export"


class Collector(grpc.GenericRpcHandler):
    """Keeps every span; a silent one takes exports, but answers none before it is stopped."""

    def __init__(self, silent=False):
        self.exports = []
        self._may_answer = threading.Event()
        if not silent:
            self._may_answer.set()
        self._changed = threading.Condition()
        self._server = grpc.server(futures.ThreadPoolExecutor(4))
        self._server.add_generic_rpc_handlers((self,))
        self.address = f"127.0.0.1:{self._server.add_insecure_port('127.0.0.1:0')}"
        self._server.start()

    def service(self, details):
        if details.method != EXPORT:
            return None
        return grpc.unary_unary_rpc_method_handler(
            self._export,
            request_deserializer=trace_service_pb2.ExportTraceServiceRequest.FromString,
            response_serializer=trace_service_pb2.ExportTraceServiceResponse.SerializeToString)

    def _export(self, request, context):
        with self._changed:
            self.exports.append(request)
            self._changed.notify_all()
        self._may_answer.wait(PATIENCE)
        return trace_service_pb2.ExportTraceServiceResponse()

    def stop(self):
        self._may_answer.set()
        self._server.stop(None)

    def spans(self):
        return [span for export in self.exports for resource in export.resource_spans
                for scope in resource.scope_spans for span in scope.spans]

    def wait_for(self, wanted, seconds=10):
        deadline = time.monotonic() + seconds
        with self._changed:
            while True:
                for span in self.spans():
                    if wanted(span):
                        return span
                left = deadline - time.monotonic()
                assert left > 0, f"no such span among {[s.name for s in self.spans()]}"
                self._changed.wait(left)


@contextlib.contextmanager
def traced(silent=False, prefix=""):
    collector = Collector(silent)
    env = {"PULUMI_OTEL_EXPORTER_OTLP_ENDPOINT": prefix + collector.address}
    try:
        with Plugin(BEHAVIOUR, BEHAVIOUR_CONFIG, env=env) as plugin:
            yield plugin, collector
    finally:
        collector.stop()


def attributes(span):
    return {a.key: getattr(a.value, a.value.WhichOneof("value")) for a in span.attributes}


def named(method):
    return lambda span: span.name.endswith("/" + method)


def test_each_call_is_a_span_under_its_caller():
    with traced() as (plugin, collector):
        before = time.time_ns()
        inputs = plugin.checked(SIMPLE, {"text": "x"})
        plugin.stub.Create(plugin.create_request(SIMPLE, inputs), timeout=PATIENCE,
                           metadata=[("traceparent", f"00-{TRACE}-{CALLER}-01"),
                                     ("tracestate", "pulumi=1")])
        span = collector.wait_for(named("Create"))
        assert span.trace_id.hex() == TRACE
        assert span.parent_span_id.hex() == CALLER
        assert span.trace_state == "pulumi=1"
        assert len(span.span_id) == 8 and span.span_id.hex() != CALLER
        assert span.kind == trace_pb2.Span.SPAN_KIND_SERVER
        assert before <= span.start_time_unix_nano <= span.end_time_unix_nano <= time.time_ns()
        assert span.status.code == trace_pb2.Status.STATUS_CODE_UNSET
        assert attributes(span)["pulumi.type"] == SIMPLE
        assert attributes(span)["rpc.method"] == "Create"
        assert attributes(span)["rpc.grpc.status_code"] == 0
        resource = collector.exports[0].resource_spans[0].resource
        named_by = {a.key: a.value.string_value for a in resource.attributes}
        assert named_by["service.name"] == "pulumi-resource-behaviour"
        assert named_by["service.version"]


def test_a_failed_call_is_a_span_with_its_status_and_an_own_trace():
    with traced(prefix="http://") as (plugin, collector):
        assert code_of(lambda: plugin.invoke("behaviour:test:nothing", {})) == (
            grpc.StatusCode.NOT_FOUND)
        span = collector.wait_for(named("Invoke"))
        assert span.status.code == trace_pb2.Status.STATUS_CODE_ERROR
        assert span.status.message
        assert attributes(span)["rpc.grpc.status_code"] == grpc.StatusCode.NOT_FOUND.value[0]
        assert attributes(span)["pulumi.type"] == "behaviour:test:nothing"
        assert len(span.trace_id) == 16 and not span.parent_span_id


def test_a_caller_that_is_not_sampled_has_no_spans():
    with traced() as (plugin, collector):
        plugin.stub.GetPluginInfo(EMPTY, timeout=PATIENCE,
                                  metadata=[("traceparent", f"00-{TRACE}-{CALLER}-00")])
        plugin.cancel()
        collector.wait_for(named("Cancel"))
        assert not [s for s in collector.spans() if named("GetPluginInfo")(s)]


def test_spans_are_sent_in_batches_and_the_rest_when_the_process_ends():
    with traced() as (plugin, collector):
        for _ in range(100):
            plugin.stub.GetPluginInfo(EMPTY, timeout=PATIENCE)
        plugin.process.interrupt()
        assert plugin.process.wait() == 0
        assert len([s for s in collector.spans() if named("GetPluginInfo")(s)]) == 100
        assert len(collector.exports) < 50


def test_a_silent_collector_delays_no_call_and_no_exit():
    with traced(silent=True) as (plugin, collector):
        plugin.cancel()
        collector.wait_for(named("Cancel"))
        begin = time.monotonic()
        for _ in range(50):
            plugin.stub.GetPluginInfo(EMPTY, timeout=PATIENCE)
        assert time.monotonic() - begin < 10
        plugin.process.interrupt()
        # The engine kills it after five seconds; without any other work it needs one.
        begin = time.monotonic()
        assert plugin.process.wait(15) == 0
        assert time.monotonic() - begin < 5


def test_a_collector_that_is_not_there_harms_nothing():
    env = {"PULUMI_OTEL_EXPORTER_OTLP_ENDPOINT": "127.0.0.1:1"}
    with Plugin(BEHAVIOUR, BEHAVIOUR_CONFIG, env=env) as plugin:
        assert plugin.make(SIMPLE, {"text": "x"}).id
        plugin.process.interrupt()
        assert plugin.process.wait() == 0


def test_stdin_may_end_while_the_engine_lives():
    """Its end alone proves nothing: a wrapper may have closed it."""
    with Plugin(BEHAVIOUR, BEHAVIOUR_CONFIG) as plugin:
        plugin.process.close_stdin()
        made = plugin.make("behaviour:test:Slow", {"createMs": 1500})
        assert made.id
        plugin.assert_alive()
        plugin.engine.stop()
        assert plugin.process.wait() == 0


def test_an_engine_that_is_killed_takes_its_plugin_along():
    with Plugin(BEHAVIOUR, BEHAVIOUR_CONFIG) as plugin:
        inputs = plugin.checked("behaviour:test:Slow", {"createMs": 60000})
        call = plugin.stub.Create.future(
            plugin.create_request("behaviour:test:Slow", inputs), timeout=PATIENCE)
        plugin.wait_for_count("begin creating")
        plugin.engine.stop()
        plugin.process.close_stdin()
        assert plugin.process.wait() == 0
        assert call.exception(timeout=10).code() in (grpc.StatusCode.CANCELLED,
                                                     grpc.StatusCode.UNAVAILABLE)


def test_in_attach_mode_the_end_of_stdin_means_nothing():
    """What ends a plugin that an engine started leaves an attached one, told earlier, running."""
    attached = Process(BEHAVIOUR)
    try:
        attached.close_stdin()
        with Plugin(BEHAVIOUR, BEHAVIOUR_CONFIG) as started:
            started.engine.stop()
            started.process.close_stdin()
            assert started.process.wait() == 0
        with grpc.insecure_channel(f"127.0.0.1:{attached.port}", options=OPTIONS) as channel:
            stub = provider_pb2_grpc.ResourceProviderStub(channel)
            assert stub.GetPluginInfo(EMPTY, timeout=PATIENCE).version
        assert attached.popen.poll() is None
        attached.popen.send_signal(signal.SIGTERM)
        assert attached.wait() == 0
    finally:
        attached.stop()


def test_an_engine_that_never_answers_a_log_holds_no_call_for_long():
    """Accepts connections and says nothing, as a stopped process does."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        with Plugin(BEHAVIOUR, configure=False) as plugin:
            plugin.handshake(engine_address=address)
            plugin.configure(BEHAVIOUR_CONFIG)
            begin = time.monotonic()
            for _ in range(5):
                assert not plugin.check("behaviour:test:Nested", {"code": "warn"}).failures
            assert time.monotonic() - begin < 10
