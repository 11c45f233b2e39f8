"""CheckConfig, DiffConfig and Configure."""

import json

import pytest
from pulumi.runtime.proto import provider_pb2

import wire
from plugin import BEHAVIOUR, BEHAVIOUR_CONFIG, PALISADE, PATIENCE, Plugin, details, raises
from wire import UNKNOWN, Secret

REGION = "behaviour:test:Nested"


def diff_config(plugin, olds, news, ignore=()):
    return plugin.stub.DiffConfig(provider_pb2.DiffRequest(
        id="an-id", urn=plugin.provider_urn(), olds=wire.struct(olds),
        old_inputs=wire.struct(olds), news=wire.struct(news), ignoreChanges=ignore,
        name="default", type=f"pulumi:providers:{plugin.package}"), timeout=PATIENCE)


def test_check_config_returns_what_the_user_wrote(unconfigured):
    news = {**BEHAVIOUR_CONFIG, "retries": 5, "verbose": True, "labels": {"a": "b"},
            "version": "0.1.0"}
    answer = unconfigured.check_config(news)
    assert not answer.failures
    assert {name: wire.plain(answer.inputs[name]) for name in news} == news


@pytest.mark.parametrize("retries, verbose, labels, zones", [
    (5, True, {"a": "b"}, ["x"]),
    ("5", "true", '{"a": "b"}', '["x"]'),
])
def test_every_value_may_be_native_or_text(unconfigured, retries, verbose, labels, zones):
    answer = unconfigured.check_config({**BEHAVIOUR_CONFIG, "retries": retries,
                                        "verbose": verbose, "labels": labels, "zones": zones})
    assert not answer.failures
    unconfigured.configure({**BEHAVIOUR_CONFIG, "retries": retries, "verbose": verbose,
                            "labels": labels, "zones": zones})


def test_the_text_null_is_no_value(unconfigured):
    """Generated SDKs write every input that is no string as JSON, also one that is none."""
    nulls = {key: "null" for key in ("retries", "verbose", "labels", "zones", "account")}
    answer = unconfigured.check_config({**BEHAVIOUR_CONFIG, **nulls})
    assert not answer.failures
    unconfigured.configure({**BEHAVIOUR_CONFIG, **wire.plain(answer.inputs)})
    assert not diff_config(unconfigured, BEHAVIOUR_CONFIG, {**BEHAVIOUR_CONFIG, **nulls}).diffs


@pytest.mark.parametrize("key, value, found", [
    ("retries", 99, "10"),
    ("retries", "99", "10"),
    ("retries", "many", "number"),
    ("verbose", "perhaps", "boolean"),
    ("labels", "{not json", "not valid JSON"),
    ("labels", '["a list"]', "list"),
    ("endpoint", "ftp://x", "http"),
    ("ratio", 2, "1"),
])
def test_wrong_values_are_failures_that_name_the_key(unconfigured, key, value, found):
    answer = unconfigured.check_config({**BEHAVIOUR_CONFIG, key: value})
    assert len(answer.failures) == 1
    failure = answer.failures[0]
    assert key in failure.property + failure.reason
    assert found in failure.reason


def test_a_wrong_member_of_an_object_is_named_by_its_path(unconfigured):
    for account in ({"password": "p"}, json.dumps({"password": "p"})):
        answer = unconfigured.check_config({**BEHAVIOUR_CONFIG, "account": account})
        assert len(answer.failures) == 1
        assert "account.name" in answer.failures[0].reason
        assert answer.failures[0].property == ""


def test_an_unknown_key_is_explained(unconfigured):
    answer = unconfigured.check_config({**BEHAVIOUR_CONFIG, "retrys": 1})
    assert len(answer.failures) == 1
    assert "retrys" in answer.failures[0].property + answer.failures[0].reason
    assert "did you mean" in answer.failures[0].reason
    assert "retries" in answer.failures[0].reason


def test_all_problems_come_at_once(unconfigured):
    answer = unconfigured.check_config({**BEHAVIOUR_CONFIG, "retries": 99, "ratio": 2,
                                        "nonsense": 1})
    assert len(answer.failures) == 3


def test_unknown_values_are_accepted(unconfigured):
    answer = unconfigured.check_config({**BEHAVIOUR_CONFIG, "retries": UNKNOWN,
                                        "account": {"name": UNKNOWN}})
    assert not answer.failures
    assert wire.holds_unknown(answer.inputs["retries"])


@pytest.mark.parametrize("as_text", [False, True])
def test_secret_leaves_of_an_object_come_back_wrapped(unconfigured, as_text):
    """Generated SDKs send the object as JSON in clear; only a wrapped answer keeps state clean."""
    account = {"name": "ann", "password": "hunter2-config"}
    news = {**BEHAVIOUR_CONFIG, "account": json.dumps(account) if as_text else account}
    answer = unconfigured.check_config(news)
    assert not answer.failures
    assert "hunter2-config" not in wire.clear_text(answer.inputs)
    assert wire.plain(answer.inputs["account"]) == account
    assert answer.inputs["account"] == {"name": "ann", "password": Secret("hunter2-config")}
    unconfigured.configure({**BEHAVIOUR_CONFIG, "account": answer.inputs["account"]})


def test_check_config_is_idempotent(unconfigured):
    news = {**BEHAVIOUR_CONFIG, "account": '{"name": "ann", "password": "p"}', "retries": "5"}
    once = unconfigured.check_config(news).inputs
    again = unconfigured.check_config(wire.plain(once), olds=wire.plain(once))
    assert not again.failures
    assert wire.plain(again.inputs) == wire.plain(once)


def test_a_secret_key_never_stands_in_a_failure(unconfigured):
    answer = unconfigured.check_config({**BEHAVIOUR_CONFIG, "token": ["sec-ret-1"],
                                        "account": {"name": "a", "password": ["sec-ret-2"]}})
    assert len(answer.failures) == 2
    for failure in answer.failures:
        assert "sec-ret" not in failure.reason
        assert failure.property == ""


@pytest.mark.parametrize("before, after", [
    ({"region": "here"}, {"region": "there"}),
    ({"token": "old"}, {"token": "new"}),
    ({}, {"verbose": True}),
    ({"labels": {"a": "b"}}, {}),
    ({"region": "here"}, {"region": UNKNOWN}),
    ({"version": "0.0.1"}, {"version": "0.2.0"}),
])
def test_diff_config_never_replaces(unconfigured, before, after):
    answer = diff_config(unconfigured, {**BEHAVIOUR_CONFIG, **before},
                         {**BEHAVIOUR_CONFIG, **after})
    assert list(answer.replaces) == []
    assert all(entry.kind in (0, 2, 4) for entry in answer.detailedDiff.values())
    assert answer.changes in (1, 2)


def test_diff_config_names_the_key_that_changed(unconfigured):
    answer = diff_config(unconfigured, {**BEHAVIOUR_CONFIG, "region": "here"},
                         {**BEHAVIOUR_CONFIG, "region": "there"})
    assert answer.changes == provider_pb2.DiffResponse.DIFF_SOME
    assert list(answer.diffs) == ["region"]


@pytest.mark.parametrize("before, after", [
    ({"retries": 5}, {"retries": "5"}),
    ({"labels": {"a": "b"}}, {"labels": '{"a":"b"}'}),
    ({"version": "0.0.1"}, {"version": "0.2.0"}),
    ({}, {"retries": 3}),
])
def test_diff_config_sees_no_change_in_another_spelling(unconfigured, before, after):
    answer = diff_config(unconfigured, {**BEHAVIOUR_CONFIG, **before},
                         {**BEHAVIOUR_CONFIG, **after})
    assert answer.changes == provider_pb2.DiffResponse.DIFF_NONE
    assert not answer.diffs


def test_diff_config_on_a_configured_instance_is_the_same(behaviour):
    answer = diff_config(behaviour, BEHAVIOUR_CONFIG, BEHAVIOUR_CONFIG)
    assert answer.changes == provider_pb2.DiffResponse.DIFF_NONE


def missing_of(error):
    found = [d for d in details(error)
             if isinstance(d, provider_pb2.ConfigureErrorMissingKeys)]
    assert len(found) == 1
    return {key.name: key.description for key in found[0].missingKeys}


def test_missing_keys_are_named_with_their_descriptions(unconfigured):
    with raises("INVALID_ARGUMENT") as caught:
        unconfigured.configure({"token": "x"})
    missing = missing_of(caught[0])
    assert [name.removeprefix("behaviour:") for name in missing] == ["endpoint"]
    assert "service would be" in missing.popitem()[1]


def test_all_missing_keys_are_named(unconfigured):
    with raises("INVALID_ARGUMENT") as caught:
        unconfigured.configure({})
    assert len(missing_of(caught[0])) == 2


def test_a_wrong_configuration_is_invalid_and_the_next_one_works(unconfigured):
    with raises("INVALID_ARGUMENT") as caught:
        unconfigured.configure({**BEHAVIOUR_CONFIG, "retries": "many"})
    assert "retries" in caught[0].details()
    assert unconfigured.configure(BEHAVIOUR_CONFIG).acceptSecrets


def test_configure_takes_secrets_at_any_depth(unconfigured):
    unconfigured.configure({"endpoint": Secret("https://example.test"), "token": Secret("t"),
                            "account": Secret({"name": "a", "password": "p"})})


def test_configure_takes_the_deprecated_variables(unconfigured):
    """Keys that only `variables` has: texts, and JSON texts for the rest."""
    unconfigured.configure({}, variables={
        "behaviour:config:endpoint": "https://example.test", "behaviour:config:token": "t",
        "behaviour:config:retries": "5", "behaviour:config:labels": '{"a": "b"}'})


def test_an_error_in_the_configuration_shows_no_secret(unconfigured):
    with raises("INVALID_ARGUMENT") as caught:
        unconfigured.configure({**BEHAVIOUR_CONFIG,
                                "token": Secret(["sec-ret"]), "retries": "many"})
    assert "sec-ret" not in caught[0].details()


@pytest.mark.parametrize("variable", ["BEHAVIOUR_REGION", "BEHAVIOUR_DEFAULT_REGION"])
def test_environment_defaults_hold_in_configure_without_check_config(variable):
    """CheckConfig is skipped when a provider is loaded from state. A wrong value in the
    environment shows that Configure looked there."""
    with Plugin(BEHAVIOUR, configure=False, env={"BEHAVIOUR_VERBOSE": "perhaps"}) as plugin:
        plugin.handshake()
        with raises("INVALID_ARGUMENT") as caught:
            plugin.configure(BEHAVIOUR_CONFIG)
        assert "verbose" in caught[0].details() and "BEHAVIOUR_VERBOSE" in caught[0].details()
    with Plugin(BEHAVIOUR, BEHAVIOUR_CONFIG, env={variable: "somewhere"}) as plugin:
        assert plugin.make("behaviour:test:Simple", {"text": "x"}).id


def test_a_value_in_the_program_wins_over_the_environment():
    with Plugin(BEHAVIOUR, {**BEHAVIOUR_CONFIG, "verbose": True},
                env={"BEHAVIOUR_VERBOSE": "perhaps"}) as plugin:
        plugin.assert_alive()


def test_the_real_plugin_needs_no_configuration():
    with Plugin(PALISADE, configure=False) as plugin:
        plugin.handshake()
        assert not plugin.check_config({"version": "0.1.0"}).failures
        assert plugin.configure({}).acceptSecrets


def test_what_the_engine_adds_is_no_unknown_key(unconfigured):
    news = {**BEHAVIOUR_CONFIG, "version": "0.1.0", "__internal": {"pluginDownloadURL": "x"}}
    assert not unconfigured.check_config(news).failures
    unconfigured.configure(news)


def test_a_provider_that_a_preview_creates_has_an_unknown_id(unconfigured):
    unconfigured.stub.Configure(provider_pb2.ConfigureRequest(
        args=wire.struct(BEHAVIOUR_CONFIG), acceptSecrets=True, acceptResources=True,
        id=wire.UNKNOWN_TEXT, urn=unconfigured.provider_urn()), timeout=PATIENCE)
    inputs = unconfigured.checked("behaviour:test:Simple", {"text": "x"})
    assert unconfigured.create("behaviour:test:Simple", inputs, preview=True).outputs


def test_skip_checks_of_the_provider_reach_every_resource(unconfigured):
    unconfigured.configure({**BEHAVIOUR_CONFIG, "skipChecks": ["pattern"]})
    answer = unconfigured.check("behaviour:test:Nested", {"code": "ABC", "items": []})
    assert len(answer.failures) == 1
    assert "items" in answer.failures[0].reason + answer.failures[0].property
