"""Check: every rule a fragment can state, where failures point, defaults, skipChecks."""

import re

import pytest
from pulumi.runtime.proto import provider_pb2

import wire
from plugin import BEHAVIOUR, BEHAVIOUR_CONFIG, PALISADE, PATIENCE, Plugin, raises
from wire import UNKNOWN, Secret

NESTED = "behaviour:test:Nested"
SIMPLE = "behaviour:test:Simple"


def rule_of(failure):
    return re.search(r"\[([a-z.-]+)\]$", failure.reason).group(1)


def path_of(failure):
    return failure.property or failure.reason.split(": ")[0]


def only(answer):
    assert len(answer.failures) == 1, answer.failures
    return answer.failures[0]


# news, the failure's path, its rule, a word of the sentence
RULES = [
    ({"settings": {}}, "settings.title", "required", "missing"),
    ({"settings": {"title": "t", "children": [{"name": "a"}, {"port": 1}]}},
     "settings.children[1].name", "required", "missing"),
    ({"settings": {"title": "t", "level": 11}}, "settings.level", "range", "10"),
    ({"settings": {"title": "t", "level": 0}}, "settings.level", "range", "1"),
    ({"settings": {"title": "t", "keyed": {"a.b": {"name": "n", "port": 70000}}}},
     'settings.keyed["a.b"].port', "range", "65535"),
    ({"settings": {"title": "t", "tier": "gold"}}, "settings.tier", "enum", "premium"),
    ({"settings": {"title": "t", "mode": "automatik"}}, "settings.mode", "enum", "automatic"),
    ({"settings": {"title": 5}}, "settings.title", "type", "a string"),
    ({"settings": {"title": "t", "level": 1.5}}, "settings.level", "type", "whole number"),
    ({"settings": {"title": "t", "level": "many"}}, "settings.level", "type", "whole number"),
    ({"settings": "text"}, "settings", "type", "object"),
    ({"settings": {"title": "t", "tags": {"k.x": ["a"]}}}, 'settings.tags["k.x"]', "type",
     "a string"),
    ({"settings": {"title": "t", "titel": "x"}}, "settings.titel", "unknown-property", "title"),
    ({"items": []}, "items", "items", "at least 1"),
    ({"items": ["a"] * 5}, "items", "items", "at most 4"),
    ({"items": "a"}, "items", "type", "list"),
    ({"matrix": [[1], [2, "x"]]}, "matrix[1][1]", "type", "number"),
    ({"choice": 5}, "choice", "type", "string"),
    ({"choice": {"pack": "x"}}, "choice", None, "pick"),
    ({"fixed": "other"}, "fixed", "const", "steady"),
    ({"code": "ABC"}, "code", "pattern", "lower-case letters"),
    ({"code": "a"}, "code", "length", "at least 2"),
    ({"code": "abcdefghi"}, "code", "length", "at most 8"),
    ({"left": "l", "right": "r"}, None, "exclusive", "only one"),
    ({"detail": "d"}, "detail", "dependent", "left"),
    ({"itmes": ["a"]}, "itmes", "unknown-property", "items"),
    ({"configuration": {}}, "configuration", "unknown-property", "settings"),
]


@pytest.mark.parametrize("news, path, rule, word", RULES)
def test_a_broken_rule_names_path_rule_and_what_is_expected(behaviour, news, path, rule, word):
    failure = [f for f in behaviour.check(NESTED, news).failures
               if path is None or path_of(f).startswith(path)]
    assert len(failure) >= 1
    assert word in failure[0].reason
    if path is not None and rule is not None:
        assert path_of(failure[0]) == path
    if rule is not None:
        assert rule_of(failure[0]) == rule


@pytest.mark.parametrize("news, path, rule, word", RULES)
def test_every_rule_can_be_skipped(behaviour, news, path, rule, word):
    rules = [rule_of(failure) for failure in behaviour.check(NESTED, news).failures]
    answer = behaviour.check(NESTED, {**news, "skipChecks": rules})
    assert not answer.failures
    assert answer.inputs["skipChecks"] == rules


def test_all_failures_come_at_once(behaviour):
    answer = behaviour.check(NESTED, {
        "settings": {"level": 0, "tier": "gold", "children": [{}, {"port": 0}]},
        "items": [], "code": "A", "left": "l", "right": "r", "nonsense": 1})
    assert sorted(path_of(f) for f in answer.failures if rule_of(f) != "exclusive") == sorted([
        "settings.title", "settings.level", "settings.tier", "settings.children[0].name",
        "settings.children[1].name", "settings.children[1].port", "items", "code", "code",
        "nonsense"])
    assert [rule_of(f) for f in answer.failures].count("exclusive") == 1


def test_only_a_plain_scalar_at_the_top_is_given_as_property(behaviour):
    """The CLI prints the value of the property that it is given."""
    answer = behaviour.check(NESTED, {"code": "ABC", "items": [], "settings": {"title": 1}})
    assert {f.property for f in answer.failures} == {"code", ""}


@pytest.mark.parametrize("news", [
    {"password": ["the-secret"]},
    {"text": Secret(["the-secret"])},
    {"password": Secret({"a": "the-secret"})},
])
def test_a_secret_is_neither_property_nor_reason(behaviour, news):
    failure = only(behaviour.check(SIMPLE, news))
    assert failure.property == ""
    assert "the-secret" not in failure.reason
    assert path_of(failure) in news


@pytest.mark.parametrize("news, path", [
    ({"settings": {"title": "t", "tier": Secret("the-secret")}}, "settings.tier"),
    ({"code": Secret("THE-SECRET")}, "code"),
    ({"credentials": {"a": ["the-secret"]}}, "credentials.a"),
    ({"vault": {"title": "t", "tier": "the-secret"}}, "vault.tier"),
])
def test_a_rule_broken_by_a_secret_does_not_show_it(behaviour, news, path):
    for failure in behaviour.check(NESTED, news).failures:
        assert "the-secret" not in failure.reason.lower()
        assert failure.property == ""
        assert path_of(failure) == path


@pytest.mark.parametrize("news", [
    {"settings": UNKNOWN}, {"settings": {"title": UNKNOWN, "level": UNKNOWN}},
    {"settings": {"title": "t", "children": UNKNOWN}},
    {"settings": {"title": "t", "children": [UNKNOWN, {"name": UNKNOWN, "port": UNKNOWN}]}},
    {"items": UNKNOWN}, {"items": [UNKNOWN, "a"]}, {"matrix": [UNKNOWN, [UNKNOWN, 1]]},
    {"labels": {"a": UNKNOWN}}, {"choice": UNKNOWN}, {"choice": {"pick": UNKNOWN}},
    {"anything": {"deep": [UNKNOWN]}}, {"fixed": UNKNOWN}, {"code": UNKNOWN},
    {"left": UNKNOWN}, {"credentials": {"a": Secret(UNKNOWN)}}, {"vault": Secret(UNKNOWN)},
    {"vault": {"title": UNKNOWN, "password": UNKNOWN}}, {"region": UNKNOWN},
])
def test_unknowns_at_any_depth_pass_and_stay(behaviour, news):
    answer = behaviour.check(NESTED, news)
    assert not answer.failures
    for path in unknown_places(news):
        assert at(answer.inputs, path) is UNKNOWN


def unknown_places(value, path=()):
    if value is UNKNOWN:
        yield path
    elif isinstance(value, Secret):
        yield from unknown_places(value.value, path)
    elif isinstance(value, (dict, list)):
        for step, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from unknown_places(item, (*path, step))


def at(value, path):
    for step in path:
        value = wire.plain(value)[step]
    return wire.plain(value)


@pytest.mark.parametrize("kind", wire.UNKNOWN_TEXTS)
def test_every_sentinel_of_unknown_is_understood(behaviour, kind):
    inputs = behaviour.checked(SIMPLE, {"text": wire.UNKNOWN_TEXTS[kind]})
    assert inputs["text"] is UNKNOWN


def test_an_unknown_counts_as_given_for_rules_between_properties(behaviour):
    failure = only(behaviour.check(NESTED, {"left": UNKNOWN, "right": "r"}))
    assert rule_of(failure) == "exclusive"
    assert not behaviour.check(NESTED, {"left": UNKNOWN, "detail": "d"}).failures


@pytest.mark.parametrize("news", [
    {"count": "two"}, {"count": ""}, {"count": True}, {"count": [2]}, {"count": 2.5},
    {"count": 2**53 + 2}, {"flag": 1}, {"flag": "yes"}, {"text": 5}, {"text": True},
    {"ratio": {}}])
def test_types_are_exact(behaviour, news):
    assert rule_of(only(behaviour.check(SIMPLE, news))) == "type"


@pytest.mark.parametrize("news, right", [({"count": "2"}, "2"), ({"ratio": "0.5"}, "0.5"),
                                         ({"flag": "true"}, "true")])
def test_a_scalar_in_quotes_is_told_so(behaviour, news, right):
    """Programs send natives; the engine sends texts in configuration only (config_test.py)."""
    failure = only(behaviour.check(SIMPLE, news))
    assert f"write {right} without quotes" in failure.reason


def test_nulls_are_as_good_as_absent(behaviour):
    inputs = behaviour.checked(NESTED, {"items": None, "settings": {"title": "t", "tier": None}})
    assert "items" not in inputs
    assert inputs["settings"].get("tier") is None


def test_defaults_are_filled_at_depth_and_listed(behaviour):
    inputs = behaviour.checked(NESTED, {"settings": {"title": "t", "deeper": {"title": "u"}}})
    assert inputs["settings"]["level"] == 3
    assert inputs["settings"]["deeper"]["level"] == 3
    assert inputs["region"] == "nowhere"
    assert inputs["__defaults"] == sorted(inputs["__defaults"])
    assert set(inputs["__defaults"]) == {"region", "settings.level", "settings.deeper.level"}
    assert "speed" not in inputs


def test_defaults_come_from_the_environment_first():
    with Plugin(BEHAVIOUR, BEHAVIOUR_CONFIG, env={"BEHAVIOUR_REGION": "mars"}) as plugin:
        assert plugin.checked(NESTED, {})["region"] == "mars"
        assert plugin.checked(NESTED, {"region": "venus"})["region"] == "venus"


def test_an_old_default_stays_when_the_environment_changes(behaviour):
    """Another environment in CI must not plan replacements."""
    with Plugin(BEHAVIOUR, BEHAVIOUR_CONFIG, env={"BEHAVIOUR_REGION": "mars"}) as plugin:
        olds = plugin.checked(NESTED, {})
    assert behaviour.checked(NESTED, {}, olds=olds)["region"] == "mars"
    assert behaviour.checked(NESTED, {})["region"] == "nowhere"


def test_a_value_that_the_user_takes_back_becomes_the_default_again(behaviour):
    olds = behaviour.checked(NESTED, {"region": "venus"})
    assert behaviour.checked(NESTED, {}, olds=olds)["region"] == "nowhere"


@pytest.mark.parametrize("news", [
    {}, {"settings": {"title": "t", "children": [{"name": "a", "token": "x"}]}},
    {"items": ["a", "b"], "labels": {"a.b": "c"}, "choice": {"pick": "p"}},
    {"anything": {"a": [1, True, None, {"b": "c"}]}, "skipChecks": ["pattern"], "code": "ABC"},
    {"settings": UNKNOWN, "items": [UNKNOWN]}, {"credentials": {"a": "b"}},
    {"vault": {"title": "t", "password": "p"}},
])
def test_check_is_idempotent(behaviour, news):
    once = behaviour.checked(NESTED, news)
    for again in (behaviour.checked(NESTED, once), behaviour.checked(NESTED, once, olds=once),
                  behaviour.checked(NESTED, once, seed=b"")):
        assert again == once


def test_the_answer_stays_what_the_user_wrote(behaviour):
    news = {"settings": {"title": "T", "tags": {"B": "x", "a": "y"}}, "items": ["b", "a"],
            "choice": "text", "anything": [1, "a", {"b": True}]}
    inputs = behaviour.checked(NESTED, news)
    for name in ("items", "choice", "anything"):
        assert inputs[name] == news[name]
    assert inputs["settings"]["tags"] == news["settings"]["tags"]


def test_an_open_enum_takes_a_new_value_with_a_warning(fresh):
    answer = fresh.check(NESTED, {"settings": {"title": "t", "mode": "quantum"}})
    assert not answer.failures
    log = fresh.engine.wait_for(lambda log: "quantum" in log.message)
    assert "settings.mode" in log.message
    assert log.severity == 2  # WARNING
    assert log.urn == fresh.urn(NESTED) and not log.ephemeral


def test_a_handlers_warning_stands_beside_the_resource_and_can_be_skipped(fresh):
    fresh.check(NESTED, {"code": "warn"}, name="one")
    log = fresh.engine.wait_for(lambda log: "asks for a warning" in log.message)
    assert log.urn == fresh.urn(NESTED, "one") and log.severity == 2
    fresh.check(NESTED, {"code": "warn", "skipChecks": ["test.code"]}, name="two")
    fresh.check(NESTED, {"code": "warn"}, name="three")
    fresh.engine.wait_for(lambda log: log.urn.endswith("three"))
    assert not [log for log in fresh.engine.logs if log.urn.endswith("two") and log.severity == 2]


def test_an_unknown_property_far_from_any_lists_what_there_is(behaviour):
    failure = only(behaviour.check(SIMPLE, {"zzzzzzzz": 1}))
    assert "known are" in failure.reason and "ratio" in failure.reason


def test_a_type_that_is_none_is_not_found_with_the_nearest(behaviour):
    with raises("NOT_FOUND") as caught:
        behaviour.check("behaviour:test:Nestd", {})
    assert NESTED in caught[0].details()


def test_name_and_type_have_to_agree_with_the_urn(behaviour):
    for fields in ({"name": "other"}, {"type": NESTED}):
        request = provider_pb2.CheckRequest(urn=behaviour.urn(SIMPLE), news=wire.struct({}),
                                            **fields)
        with raises("INVALID_ARGUMENT"):
            behaviour.stub.Check(request, timeout=PATIENCE)


def test_a_request_with_a_urn_alone_is_enough(behaviour):
    """`name` and `type` came in 2024; older engines leave them out."""
    answer = behaviour.stub.Check(provider_pb2.CheckRequest(
        urn=behaviour.urn(SIMPLE), news=wire.struct({"text": "x"})), timeout=PATIENCE)
    assert not answer.failures


def test_a_machine_that_names_no_region_keeps_the_one_that_was_filled_in():
    """An AWS region that came from one machine's environment holds on every other."""
    type, silent = "palisade:aws/ec2:Vpc", {name: "" for name in (
        "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_DEFAULT_PROFILE")}
    silent |= {"AWS_CONFIG_FILE": "/nowhere", "AWS_SHARED_CREDENTIALS_FILE": "/nowhere"}
    news = {"cidrBlock": "10.0.0.0/16"}
    with Plugin(PALISADE, env={**silent, "AWS_REGION": "eu-west-1"}) as here:
        olds = here.checked(type, news)
    assert olds["region"] == "eu-west-1" and "region" in olds["__defaults"]
    with Plugin(PALISADE, env=silent) as there:
        assert there.checked(type, news, olds=olds) == olds
        assert there.checked(type, olds, olds=olds) == olds
        assert not there.diff(type, olds, olds).detailedDiff
        assert path_of(only(there.check(type, news))) == "region"
