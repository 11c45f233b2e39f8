"""Handshake, information about the plugin, and the methods that a provider of plain resources
does not have."""

import json

import pytest
from pulumi.runtime.proto import plugin_pb2, provider_pb2

from plugin import BEHAVIOUR, BEHAVIOUR_CONFIG, EMPTY, PATIENCE, Plugin, attach, raises

CAPABILITIES = ["accept_secrets", "accept_resources", "accept_outputs",
                "supports_autonaming_configuration", "accepts_byte_string"]


def test_handshake_offers_every_capability(unconfigured):
    answer = unconfigured.handshake()
    for capability in CAPABILITIES:
        assert getattr(answer, capability), capability


def test_configure_repeats_the_capabilities_of_the_handshake(unconfigured):
    offered = unconfigured.handshake()
    answer = unconfigured.configure(BEHAVIOUR_CONFIG)
    assert answer.acceptSecrets == offered.accept_secrets
    assert answer.acceptResources == offered.accept_resources
    assert answer.acceptOutputs == offered.accept_outputs
    assert (answer.supports_autonaming_configuration
            == offered.supports_autonaming_configuration)
    assert answer.supportsPreview


def test_handshake_without_folders_and_with_unknown_targets_succeeds(unconfigured):
    answer = unconfigured.handshake(mapper_target="127.0.0.1:1", loader_target="127.0.0.1:1",
                                    resolver_target="127.0.0.1:1", root_directory="/nowhere",
                                    program_directory="/nowhere")
    assert answer.accept_secrets


def test_plugin_info_is_a_strict_version(palisade):
    version = palisade.stub.GetPluginInfo(EMPTY, timeout=PATIENCE).version
    major, minor, patch = version.split("-")[0].split("+")[0].split(".")
    assert all(part.isdigit() for part in (major, minor, patch))


@pytest.mark.parametrize("plugin", ["palisade", "behaviour"])
def test_schema_is_answered_unconfigured_and_names_package_and_version(plugin, request):
    plugin = request.getfixturevalue(plugin)
    answer = plugin.stub.GetSchema(provider_pb2.GetSchemaRequest(version=0), timeout=PATIENCE)
    schema = json.loads(answer.schema)
    assert schema["name"] == plugin.package
    assert schema["version"] == plugin.stub.GetPluginInfo(EMPTY, timeout=PATIENCE).version
    assert schema["resources"] and "x-" not in [key[:2] for key in every_key(schema)]


def every_key(node):
    if isinstance(node, dict):
        for key, item in node.items():
            yield key
            yield from every_key(item)
    elif isinstance(node, list):
        for item in node:
            yield from every_key(item)


def test_schema_before_handshake_and_configure():
    with Plugin(BEHAVIOUR, configure=False) as plugin:
        answer = plugin.stub.GetSchema(provider_pb2.GetSchemaRequest(), timeout=PATIENCE)
        assert json.loads(answer.schema)["name"] == "behaviour"


def test_a_schema_version_of_the_future_is_refused(behaviour):
    with raises("INVALID_ARGUMENT") as caught:
        behaviour.stub.GetSchema(provider_pb2.GetSchemaRequest(version=1), timeout=PATIENCE)
    assert "version" in caught[0].details()


def test_mappings_are_empty_answers_and_no_errors(behaviour):
    mapping = behaviour.stub.GetMapping(provider_pb2.GetMappingRequest(key="terraform"),
                                        timeout=PATIENCE)
    assert mapping.provider == "" and mapping.data == b""
    mappings = behaviour.stub.GetMappings(provider_pb2.GetMappingsRequest(key="terraform"),
                                          timeout=PATIENCE)
    assert list(mappings.providers) == []


@pytest.mark.parametrize("method, request_", [
    ("Parameterize", provider_pb2.ParameterizeRequest(
        args=provider_pb2.ParameterizeRequest.ParametersArgs(args=["x"]))),
    ("Construct", provider_pb2.ConstructRequest(type="behaviour:test:Simple", name="res")),
    ("Call", provider_pb2.CallRequest(tok="behaviour:test:Simple/method")),
])
def test_what_this_provider_has_not_is_unimplemented_with_a_sentence(behaviour, method, request_):
    with raises("UNIMPLEMENTED") as caught:
        getattr(behaviour.stub, method)(request_, timeout=PATIENCE)
    assert len(caught[0].details().split()) >= 5


def test_attach_redirects_logs_to_the_new_engine(fresh):
    with Plugin(BEHAVIOUR, configure=False) as other:
        fresh.stub.Attach(plugin_pb2.PluginAttach(address=other.engine.address),
                          timeout=PATIENCE)
        fresh.configure(BEHAVIOUR_CONFIG)
        fresh.check("behaviour:test:Nested", {"code": "warn"})
        other.engine.wait_for(lambda log: "code" in log.message)


def test_one_process_serves_two_runs_with_two_configurations(fresh):
    """Attached, one process meets Handshake, Attach, Configure and Cancel once per run."""
    made = fresh.make("behaviour:test:Simple", {"text": "first"})
    fresh.cancel()
    fresh.handshake()
    attach(fresh)
    fresh.configure({**BEHAVIOUR_CONFIG, "endpoint": "https://second.test"})
    assert fresh.refresh("behaviour:test:Simple", made).id == made.id
    again = fresh.make("behaviour:test:Simple", {"text": "second"}, name="other")
    assert again.id != made.id
