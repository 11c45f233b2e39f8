"""What has to hold of every registered type, of the product and of the test package alike."""

import json
import subprocess

import pytest

import wire
from generated import accepted, is_secret_at, known, places, replaced, schema
from plugin import BEHAVIOUR, BEHAVIOUR_CONFIG, PALISADE, Plugin
from preview_test import contradictions
from wire import UNKNOWN, Secret


def tokens(binary):
    printed = subprocess.run([binary, "schema"], capture_output=True, check=True, timeout=30,
                             stdin=subprocess.DEVNULL).stdout
    return sorted(json.loads(printed)["resources"])


# A cloud's types need that cloud, or what stands in for it: tests/aws/properties_test.py.
LOCAL = [token for token in tokens(PALISADE) if "/" not in token]


@pytest.fixture(scope="module", params=LOCAL + tokens(BEHAVIOUR))
def token(request):
    return request.param


@pytest.fixture(scope="module")
def plugins():
    with Plugin(PALISADE) as palisade, Plugin(BEHAVIOUR, BEHAVIOUR_CONFIG) as behaviour:
        yield {"palisade": palisade, "behaviour": behaviour}
        palisade.assert_alive()
        behaviour.assert_alive()


@pytest.fixture(scope="module")
def plugin(token, plugins):
    return plugins[token.split(":")[0]]


@pytest.fixture(scope="module")
def cases(token, plugin):
    """(what the user wrote, what Check answered), at least one for every type."""
    found = [accepted(plugin, token, news) for news in known(plugin, token)]
    assert any(wire.visible(inputs) for _, inputs in found)
    return found


@pytest.fixture(scope="module")
def lives(token, plugin, cases):
    """(news, made), each made once and deleted at the end."""
    made, seen = [], []
    for news, inputs in cases:
        if inputs not in seen:
            seen.append(inputs)
            made.append((news, plugin.create(token, inputs)))
            if "name" in inputs or "title" in inputs:
                break  # a second one would be refused for its name
    yield made
    for _, one in made:
        plugin.delete(token, one)


@pytest.fixture
def another():
    """another(inputs, name): the same inputs, but of an object that can be beside the first."""
    def change(inputs, name):
        inputs = dict(inputs)
        for key in ("name", "title"):
            if key in inputs:
                inputs[key] = Secret(name) if isinstance(inputs[key], Secret) else name
        return inputs
    return change


def test_check_is_idempotent(token, plugin, cases):
    for news, inputs in cases:
        assert plugin.checked(token, inputs) == inputs
        assert plugin.checked(token, inputs, olds=inputs) == inputs
        assert plugin.checked(token, news, olds=inputs) == inputs


def test_diff_of_a_thing_and_itself_is_none(token, plugin, lives):
    for news, made in lives:
        for olds in (made.inputs, plugin.checked(token, news, olds=made.inputs)):
            answer = plugin.diff(token, made.inputs, olds, olds=made.outputs, id=made.id)
            assert not answer.detailedDiff and not answer.replaces and answer.changes == 1


def test_create_then_read_then_diff_is_none(token, plugin, lives):
    for _, made in lives:
        read = plugin.refresh(token, made)
        assert read.id == made.id
        assert read.outputs == made.outputs
        for olds, news in ((read.inputs, made.inputs), (made.inputs, read.inputs)):
            answer = plugin.diff(token, olds, news, olds=read.outputs, id=made.id)
            assert not answer.detailedDiff, answer.detailedDiff


def test_every_output_that_the_schema_promises_is_there(token, plugin, lives):
    spec = schema(plugin)["resources"][token]
    for _, made in lives:
        missing = [name for name in spec.get("required", []) if name not in made.outputs]
        assert not missing
        known_names = set(spec.get("properties", {}))
        assert {name for name in made.outputs if not name.startswith("__")} <= known_names


def test_what_the_schema_marks_secret_is_secret(token, plugin, lives):
    spec = schema(plugin)["resources"][token]
    for _, made in lives:
        read = plugin.refresh(token, made)
        for bag, properties in ((made.inputs, spec["inputProperties"]),
                                (made.outputs, spec["properties"]),
                                (read.inputs, spec["inputProperties"]),
                                (read.outputs, spec["properties"])):
            for name, value in bag.items():
                if properties.get(name, {}).get("secret"):
                    assert isinstance(value, Secret), name


def test_secret_in_secret_out(token, plugin, cases):
    """Whatever part of the inputs is secret is secret in Check, Preview and Diff's own words."""
    for news, _ in cases:
        for path in places(news):
            if not path:
                continue
            wrapped = replaced(news, path, lambda value: Secret(value))
            inputs = plugin.checked(token, wrapped)
            assert is_secret_at(inputs, path), path
            outputs = plugin.create(token, inputs, preview=True).outputs
            if path[0] in outputs and wire.plain(outputs[path[0]]) is not UNKNOWN:
                assert is_secret_at(outputs, path), path


def test_secret_in_secret_out_of_create_read_and_update(token, plugin, cases, another):
    """Once with everything secret at the leaves: making each variant would take too long."""
    news, _ = cases[0]
    leaves = [path for path in places(news) if path and is_leaf(at(news, path))]
    for path in leaves:
        news = replaced(news, path, lambda value: Secret(value))
    inputs = another(plugin.checked(token, news), "a-name-of-its-own")  # the first one's is taken
    made = plugin.create(token, inputs)
    read = plugin.refresh(token, made)
    for bag in (inputs, made.outputs, read.inputs, read.outputs):
        for path in leaves:
            if path[0] in bag:
                assert is_secret_at(bag, path), path
    plugin.delete(token, made)


def at(value, path):
    for step in path:
        value = (value.value if isinstance(value, Secret) else value)[step]
    return value


def is_leaf(value):
    return not isinstance(value, (dict, list)) or (isinstance(value, dict)
                                                   and wire.SIGNATURE in value)


def test_an_unknown_anywhere_is_no_crash_and_no_failure(token, plugin, cases, lives):
    _, made = lives[0]
    for news, _ in cases:
        for path in places(news):
            if not path:
                continue
            unsure = replaced(news, path, lambda value: UNKNOWN)
            inputs = plugin.checked(token, unsure)
            plugin.checked(token, unsure, olds=made.inputs)
            outputs = plugin.create(token, inputs, preview=True).outputs
            if path[0] in outputs:
                assert wire.holds_unknown(outputs[path[0]]), path
            answer = plugin.diff(token, made.inputs, inputs, olds=made.outputs, id=made.id)
            assert answer.changes in (1, 2)
            plugin.update(token, made, inputs, preview=True)


def test_everything_unknown_is_no_failure(token, plugin, cases):
    for news, _ in cases:
        inputs = plugin.checked(token, {name: UNKNOWN for name in news})
        plugin.create(token, inputs, preview=True)


def test_a_preview_is_never_contradicted(token, plugin, lives):
    for news, made in lives:
        preview = plugin.create(token, made.inputs, preview=True)
        assert contradictions(preview.outputs, made.outputs) == []


def test_no_real_answer_holds_an_unknown(token, plugin, lives):
    for _, made in lives:
        read = plugin.refresh(token, made)
        for bag in (made.outputs, read.inputs, read.outputs):
            assert not wire.holds_unknown(bag)


@pytest.fixture
def never_was():
    """never_was(id): the id of an object that there has never been."""
    return lambda id: "never-was"


def test_delete_twice(token, plugin, cases, another, never_was):
    made = plugin.create(token, another(cases[0][1], "delete-me"))
    plugin.delete(token, made)
    plugin.delete(token, made)
    plugin.delete(token, made._replace(id=never_was(made.id)))


@pytest.mark.parametrize("token", tokens(BEHAVIOUR), scope="module")
def test_a_preview_makes_nothing(token, plugin, cases):
    before = plugin.counts()
    for _, inputs in cases:
        plugin.create(token, inputs, preview=True)
    after = plugin.counts()
    assert {k: v for k, v in after.items() if k in ("create", "update", "delete")} == {
        k: v for k, v in before.items() if k in ("create", "update", "delete")}
