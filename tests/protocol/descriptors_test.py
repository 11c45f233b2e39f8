"""Our text of the protocol against the descriptors that the published packages carry.

The pulumi and opentelemetry-proto packages from PyPI hold serialized descriptors of the same
messages. Everything that our services can reach must be described the same there and here.
"""

import importlib
import pathlib
import subprocess

import pytest
from google.protobuf import descriptor_pb2

PROTO = pathlib.Path(__file__).resolve().parents[2] / "proto"
Field = descriptor_pb2.FieldDescriptorProto

PULUMI = [f"pulumi.runtime.proto.{name}_pb2" for name in
          ("provider", "plugin", "engine", "alias", "errors", "status")]
OTLP = [f"opentelemetry.proto.{name}_pb2" for name in
        ("collector.trace.v1.trace_service", "common.v1.common", "resource.v1.resource",
         "trace.v1.trace")]

# Reached through google.protobuf.Any or not at all, so they are named here.
ERROR_DETAILS = [".google.rpc.Status", ".pulumirpc.ErrorResourceInitFailed",
                 ".pulumirpc.ConfigureErrorMissingKeys", ".pulumirpc.ErrorCause",
                 ".pulumirpc.InputPropertiesError"]


class Index:
    """Messages, enums and services of some files by full name."""

    def __init__(self, files):
        self.messages, self.enums, self.services, self.home = {}, {}, {}, {}
        for file in files:
            scope = "." + file.package
            for enum in file.enum_type:
                self.enums[f"{scope}.{enum.name}"] = enum
            for message in file.message_type:
                self._message(scope, message, file.name)
            for service in file.service:
                self.services[f"{scope}.{service.name}"] = service

    def _message(self, scope, message, file_name):
        name = f"{scope}.{message.name}"
        self.messages[name] = message
        self.home[name] = file_name
        for enum in message.enum_type:
            self.enums[f"{name}.{enum.name}"] = enum
        for nested in message.nested_type:
            self._message(name, nested, file_name)

    def reachable(self, services, extra=()):
        """Names of the messages that calls of `services` can carry, well-known ones left out."""
        pending = list(extra)
        for service in services:
            for method in self.services[service].method:
                pending += [method.input_type, method.output_type]
        found = set()
        while pending:
            name = pending.pop()
            if name in found or name.startswith(".google.protobuf."):
                continue
            found.add(name)
            pending += [f.type_name for f in self.messages[name].field
                        if f.type == Field.TYPE_MESSAGE]
        return found


def published(modules):
    files = []
    for module in modules:
        file = descriptor_pb2.FileDescriptorProto()
        importlib.import_module(module).DESCRIPTOR.CopyToProto(file)
        files.append(file)
    return Index(files)


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    out = tmp_path_factory.mktemp("descriptors") / "set.bin"
    sources = sorted(str(path.relative_to(PROTO)) for path in PROTO.rglob("*.proto"))
    subprocess.run(["protoc", "-I", str(PROTO), f"--descriptor_set_out={out}", *sources],
                   cwd=PROTO, check=True, timeout=60)
    files = descriptor_pb2.FileDescriptorSet.FromString(out.read_bytes())
    return Index(files.file)


def json_name(field):
    # Older compilers leave the derived name out.
    if field.json_name:
        return field.json_name
    head, *tail = field.name.split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in tail)


def describe(message):
    """What of a message reaches the wire or a JSON text, by field name."""
    fields = {}
    for field in message.field:
        oneof = None
        if field.HasField("oneof_index") and not field.proto3_optional:
            oneof = message.oneof_decl[field.oneof_index].name
        fields[field.name] = {
            "number": field.number,
            "label": field.label,
            "type": field.type,
            "type_name": field.type_name,
            "oneof": oneof,
            "optional": field.proto3_optional,
            "json": json_name(field),
            "packed": field.options.packed if field.options.HasField("packed") else None,
            "deprecated": field.options.deprecated,
        }
    return fields


def reserved(message):
    numbers = {n for r in message.reserved_range for n in range(r.start, r.end)}
    return numbers, set(message.reserved_name)


def values(enum):
    return {value.name: value.number for value in enum.value}


def methods(service):
    return {m.name: (m.input_type, m.output_type, m.client_streaming, m.server_streaming)
            for m in service.method}


SERVICES = [".pulumirpc.ResourceProvider", ".pulumirpc.Engine"]


@pytest.mark.parametrize("service", SERVICES)
def test_every_method_of_a_service_is_the_same(ours, service):
    theirs = published(PULUMI)
    assert methods(ours.services[service]) == methods(theirs.services[service])


def test_the_resource_provider_has_its_21_methods_of_which_only_list_streams(ours):
    service = methods(ours.services[".pulumirpc.ResourceProvider"])
    assert len(service) == 21
    assert [name for name, m in service.items() if m[2] or m[3]] == ["List"]


def test_every_message_that_calls_and_error_details_carry_is_the_same(ours):
    theirs = published(PULUMI)
    names = theirs.reachable(SERVICES, ERROR_DETAILS)
    assert len(names) > 60
    for name in sorted(names):
        assert name in ours.messages, f"{name} is missing"
        assert describe(ours.messages[name]) == describe(theirs.messages[name]), name
        assert reserved(ours.messages[name]) == reserved(theirs.messages[name]), name
        assert ours.messages[name].options.map_entry == theirs.messages[name].options.map_entry
        assert ours.home[name] == theirs.home[name], name


def test_every_enum_is_the_same(ours):
    theirs = published(PULUMI)
    names = [name for name in ours.enums if name.startswith(".pulumirpc.")]
    assert len(names) == 4
    for name in names:
        assert values(ours.enums[name]) == values(theirs.enums[name]), name


def test_we_add_no_message_service_or_file_of_our_own(ours):
    theirs = published(PULUMI + OTLP)
    assert set(ours.messages) <= set(theirs.messages)
    assert set(ours.enums) <= set(theirs.enums)
    assert set(ours.services) <= set(theirs.services)
    for name, file in ours.home.items():
        assert file == theirs.home[name]


def test_the_trace_messages_are_a_part_of_the_published_ones(ours):
    theirs = published(OTLP)
    names = [name for name in ours.messages if name.startswith(".opentelemetry.")]
    assert ".opentelemetry.proto.trace.v1.Span" in names
    for name in names:
        published_fields = describe(theirs.messages[name])
        for field, description in describe(ours.messages[name]).items():
            assert description == published_fields[field], f"{name}.{field}"
    for name, enum in ours.enums.items():
        if name.startswith(".opentelemetry."):
            assert values(enum) == values(theirs.enums[name])
    service = ".opentelemetry.proto.collector.trace.v1.TraceService"
    assert methods(ours.services[service]) == methods(theirs.services[service])
