"""Read in its four shapes, gone objects, imports, drift; state of other packages and versions."""

import pytest

import wire
from plugin import BEHAVIOUR, BEHAVIOUR_CONFIG, Plugin
from wire import Secret

SIMPLE = "behaviour:test:Simple"
NESTED = "behaviour:test:Nested"
NAMED = "behaviour:test:Named"
LEGACY = "behaviour:test:Legacy"
SAME = "behaviour:test:Same"
PASSWORD = "the-password"

LIVES = [
    (SIMPLE, {"text": "a", "count": 2, "password": PASSWORD, "zone": "z"}),
    (NESTED, {"settings": {"title": "t", "children": [{"name": "n", "token": PASSWORD}],
                           "tags": {"k.x": "v"}}, "items": ["b", "a"], "choice": {"pick": "p"},
              "credentials": {"a": PASSWORD}}),
    (NESTED, {"vault": {"title": "t", "password": PASSWORD}, "anything": [1, {"a": None}]}),
    (NAMED, {}),
    (NAMED, {"name": "given-by-me"}),
    (SAME, {"document": '{"b": 1, "a": 2}', "members": ["b", "a"], "label": "Foo"}),
    ("behaviour:test:WriteOnly", {"passwordWo": PASSWORD, "passwordWoVersion": 1}),
    ("behaviour:test:Listed", {"title": "readable"}),
    ("behaviour:test:Refreshing", {"note": "a"}),
]


@pytest.fixture(params=LIVES, ids=lambda life: life[0].split(":")[-1])
def life(request, behaviour):
    type, news = request.param
    made = behaviour.make(type, news)
    yield type, made
    behaviour.delete(type, made)


def test_refresh_right_after_create_shows_nothing(behaviour, life):
    type, made = life
    read = behaviour.refresh(type, made)
    assert read.id == made.id
    assert read.inputs == made.inputs
    assert read.outputs == made.outputs
    assert not behaviour.diff(type, made.inputs, read.inputs, olds=made.outputs).detailedDiff


def test_import_returns_inputs_that_pass_check_and_diff_to_nothing(behaviour, life):
    type, made = life
    read = behaviour.read(type, made.id)
    assert read.id == made.id
    if type != SAME:
        assert wire.visible(read.inputs).keys() <= made.inputs.keys()
    checked = behaviour.checked(type, read.inputs, olds=read.inputs)
    assert not behaviour.diff(type, read.inputs, checked, olds=read.outputs,
                              id=read.id).detailedDiff


def test_import_option_with_the_users_own_inputs_is_no_difference(behaviour, life):
    """The `import:` option: Read without bags, then Diff of what it says with the program."""
    type, made = life
    read = behaviour.read(type, made.id)
    news = {name: value for name, value in made.inputs.items() if not name.startswith("__")}
    if type == "behaviour:test:WriteOnly":
        news.pop("passwordWo")
    checked = behaviour.checked(type, news, olds=read.inputs)
    assert not behaviour.diff(type, read.inputs, checked, olds=read.outputs,
                              id=read.id).detailedDiff


def test_get_passes_the_arguments_as_both_bags(behaviour, life):
    type, made = life
    arguments = {}
    read = behaviour.read(type, made.id, arguments, arguments)
    assert read.id == made.id
    assert read.outputs.keys() == made.outputs.keys()


def test_get_with_arguments(behaviour):
    made = behaviour.make(SIMPLE, {"text": "a", "zone": "z"})
    arguments = {"zone": "z"}
    read = behaviour.read(SIMPLE, made.id, arguments, arguments)
    assert read.outputs["text"] == "a" and read.outputs["serial"] == made.outputs["serial"]


def test_do_sends_empty_bags_that_are_present(behaviour, life):
    type, made = life
    read = behaviour.read(type, made.id, {}, {})
    imported = behaviour.read(type, made.id)
    assert read.inputs == imported.inputs and read.outputs == imported.outputs


def test_gone_is_an_empty_id_in_every_shape(behaviour):
    made = behaviour.make(SIMPLE, {"text": "a"})
    behaviour.drift(made.id, remove=True)
    for bags in ((made.inputs, made.outputs), (None, None), ({}, {}),
                 ({"text": "a"}, {"text": "a"})):
        assert behaviour.read(SIMPLE, made.id, *bags).id == ""


def test_an_object_of_another_type_is_not_this_one(behaviour):
    made = behaviour.make(SIMPLE, {"text": "a"})
    assert behaviour.read(NESTED, made.id).id == ""


def test_import_leaves_out_what_equals_a_default(behaviour):
    made = behaviour.make(NESTED, {"settings": {"title": "t"}, "speed": "normal"})
    inputs = wire.visible(behaviour.read(NESTED, made.id).inputs)
    assert "region" not in inputs and "speed" not in inputs


def test_refresh_shows_drift_of_what_the_user_manages(behaviour):
    made = behaviour.make(NESTED, {"settings": {"title": "t"}, "items": ["a"]})
    behaviour.drift(made.id, inputs={"items": ["a", "b"], "labels": {"not": "managed"}})
    read = behaviour.refresh(NESTED, made)
    assert read.inputs["items"] == ["a", "b"]
    assert "labels" not in read.inputs
    answer = behaviour.diff(NESTED, read.inputs, made.inputs, olds=read.outputs)
    assert list(answer.detailedDiff) == ["items[1]"]


def test_refresh_keeps_the_users_spelling(behaviour):
    made = behaviour.make(SAME, {"document": '{"b": 1, "a": 2}', "members": ["b", "a"],
                                 "label": "Foo", "range": "2001:DB8::/32"})
    behaviour.drift(made.id, inputs={"document": '{"a":2,"b":1}', "members": ["a", "b"],
                                     "label": "foo", "range": "2001:db8::/32"})
    assert behaviour.refresh(SAME, made).inputs == made.inputs


def test_refresh_keeps_old_defaults_and_made_names(behaviour):
    made = behaviour.make(NAMED, {"note": "x"})
    read = behaviour.refresh(NAMED, made)
    assert read.inputs["__defaults"] == ["name"]
    assert behaviour.checked(NAMED, {"note": "x"}, olds=read.inputs) == made.inputs


def test_a_secret_that_the_user_wrapped_stays_wrapped(behaviour):
    made = behaviour.make(SIMPLE, {"text": Secret("user-secret")})
    behaviour.drift(made.id, inputs={"text": "changed-secret"})
    read = behaviour.refresh(SIMPLE, made)
    assert read.inputs["text"] == Secret("changed-secret")
    assert read.outputs["text"] == Secret("changed-secret")


def test_state_survives_the_process(tmp_path):
    env = {"BEHAVIOUR_STATE": str(tmp_path)}
    with Plugin(BEHAVIOUR, BEHAVIOUR_CONFIG, env=env) as plugin:
        made = plugin.make(SIMPLE, {"text": "a", "password": PASSWORD})
    with Plugin(BEHAVIOUR, BEHAVIOUR_CONFIG, env=env) as plugin:
        assert plugin.refresh(SIMPLE, made).outputs == made.outputs
        plugin.delete(SIMPLE, made)
    with Plugin(BEHAVIOUR, BEHAVIOUR_CONFIG, env=env) as plugin:
        assert plugin.refresh(SIMPLE, made).id == ""


def test_another_packages_state_under_an_alias_is_no_difference(behaviour):
    """The engine hands the old package's state over; it carries no version of ours."""
    olds = {"colour": "red", "size": "5", "legacyNoise": True, "serial": "s"}
    old_inputs = {"colour": "red", "size": "5", "__defaults": []}
    news = behaviour.checked(LEGACY, {"color": "red", "size": 5}, olds=old_inputs)
    answer = behaviour.diff(LEGACY, old_inputs, news, olds=olds)
    assert not answer.detailedDiff
    changed = behaviour.checked(LEGACY, {"color": "blue", "size": 5}, olds=old_inputs)
    answer = behaviour.diff(LEGACY, old_inputs, changed, olds=olds)
    assert list(answer.detailedDiff) == ["color"]


def test_an_older_versions_state_is_no_difference(behaviour):
    olds = {"color": "red", "size": "5", "serial": "s", "__v": 1}
    old_inputs = {"color": "red", "size": "5"}
    news = behaviour.checked(LEGACY, {"color": "red", "size": 5})
    assert not behaviour.diff(LEGACY, old_inputs, news, olds=olds).detailedDiff


def test_a_migrated_state_can_be_updated_and_deleted(behaviour):
    made = behaviour.make(LEGACY, {"color": "red", "size": 5})
    old = made._replace(inputs={"colour": "red", "size": "5"},
                        outputs={"colour": "red", "size": "5", "serial": "s"})
    news = behaviour.checked(LEGACY, {"color": "blue", "size": 5}, olds=old.inputs)
    updated = behaviour.update(LEGACY, old, news)
    assert updated.outputs["color"] == "blue" and "colour" not in updated.outputs
    assert updated.outputs["__v"] == 2
    behaviour.delete(LEGACY, old)
    assert behaviour.read(LEGACY, made.id).id == ""
