"""Secrets: marked by the schema at any depth, kept where the user put them, never in clear."""

import pytest

import wire
from plugin import init_failed, raises
from wire import Secret

SIMPLE = "behaviour:test:Simple"
NESTED = "behaviour:test:Nested"
FLAKY = "behaviour:test:Flaky"
WRITE_ONLY = "behaviour:test:WriteOnly"
S = "s3cret-value"

LEAVES = [
    # type, inputs in clear, where the secret has to be wrapped
    (SIMPLE, {"password": S}, lambda bag: bag["password"]),
    (NESTED, {"settings": {"title": "t", "password": S}}, lambda bag: bag["settings"]["password"]),
    (NESTED, {"settings": {"title": "t", "children": [{"name": "a"}, {"name": "b", "token": S}]}},
     lambda bag: bag["settings"]["children"][1]["token"]),
    (NESTED, {"settings": {"title": "t", "keyed": {"k.x": {"name": "a", "token": S}}}},
     lambda bag: bag["settings"]["keyed"]["k.x"]["token"]),
    (NESTED, {"settings": {"title": "t", "deeper": {"title": "u", "password": S}}},
     lambda bag: bag["settings"]["deeper"]["password"]),
    (NESTED, {"credentials": {"a": S}}, lambda bag: bag["credentials"]["a"]),
]


@pytest.mark.parametrize("type, news, leaf", LEAVES)
def test_what_the_schema_marks_is_wrapped_in_every_answer(behaviour, type, news, leaf):
    inputs = behaviour.checked(type, news)
    preview = behaviour.create(type, inputs, preview=True)
    made = behaviour.create(type, inputs)
    read = behaviour.refresh(type, made)
    imported = behaviour.read(type, made.id)
    changed = behaviour.checked(type, {**news, "skipChecks": []}, olds=inputs)
    updated = behaviour.update(type, made, changed)
    for bag in (inputs, preview.outputs, made.outputs, read.inputs, read.outputs,
                imported.inputs, imported.outputs, updated.outputs):
        assert leaf(bag) == Secret(S)
        assert S not in wire.clear_text(bag)


@pytest.mark.parametrize("type, news, leaf", LEAVES)
def test_a_secret_given_wrapped_is_wrapped_once(behaviour, type, news, leaf):
    wrapped = wrap(news)
    inputs = behaviour.checked(type, wrapped)
    assert leaf(inputs) == Secret(S)
    assert leaf(behaviour.create(type, inputs).outputs) == Secret(S)


def wrap(value):
    if value == S:
        return Secret(value)
    if isinstance(value, dict):
        return {name: wrap(item) for name, item in value.items()}
    return [wrap(item) for item in value] if isinstance(value, list) else value


# Places that the schema does not mark.
ANYWHERE = [
    (SIMPLE, {"text": Secret(S)}), (SIMPLE, {"count": Secret(5), "text": Secret(S)}),
    (NESTED, {"items": ["a", Secret(S)]}), (NESTED, {"items": Secret([S])}),
    (NESTED, {"labels": {"a": Secret(S)}}), (NESTED, {"anything": {"a": [Secret(S)]}}),
    (NESTED, {"settings": Secret({"title": S})}),
    (NESTED, {"settings": {"title": "t", "children": [Secret({"name": S})]}}),
    (NESTED, {"settings": {"title": "t", "tags": Secret({"a": S})}}),
    (NESTED, {"choice": Secret(S)}), (NESTED, {"choice": {"pick": Secret(S)}}),
    (NESTED, {"matrix": [Secret([1, 2])], "labels": {"b": Secret(S)}}),
    (NESTED, {"vault": {"title": S}}),
]


@pytest.mark.parametrize("type, news", ANYWHERE)
def test_what_the_user_wraps_stays_wrapped_through_a_whole_life(behaviour, type, news):
    inputs = behaviour.checked(type, news)
    made = behaviour.create(type, inputs)
    read = behaviour.refresh(type, made)
    updated = behaviour.update(type, made, behaviour.checked(
        type, {**news, "skipChecks": ["x"]}, olds=inputs))
    preview = behaviour.create(type, inputs, preview=True)
    for bag in (inputs, made.outputs, read.inputs, read.outputs, updated.outputs,
                preview.outputs):
        assert S not in wire.clear_text(bag)
        name = next(iter(news))
        assert wire.plain(bag[name]) == wire.plain(inputs[name])
    assert not behaviour.diff(type, inputs, read.inputs, olds=made.outputs).detailedDiff


@pytest.mark.parametrize("type, news", ANYWHERE)
def test_checking_a_wrapped_answer_again_changes_nothing(behaviour, type, news):
    inputs = behaviour.checked(type, news)
    again = behaviour.checked(type, inputs, olds=inputs)
    assert again == inputs


def test_nested_secrets_of_the_service_are_wrapped(behaviour):
    made = behaviour.make(NESTED, {})
    read = behaviour.refresh(NESTED, made)
    imported = behaviour.read(NESTED, made.id)
    for bag in (made.outputs, read.outputs, imported.outputs):
        assert isinstance(bag["generated"]["key"], Secret)
        assert bag["generated"]["note"] == "made for you"


def test_secrets_in_a_list_of_the_service_are_wrapped_one_by_one(behaviour):
    """Also after a refresh and an update, whose inputs say nothing of that list."""
    made = behaviour.make(NESTED, {"code": "aa"})
    logins = made.outputs["generated"]["logins"]
    assert [login["user"] for login in logins] == ["ann", "ben"]
    assert all(isinstance(login["pass"], Secret) for login in logins)
    news = behaviour.checked(NESTED, {"code": "bb"}, olds=made.inputs)
    for preview in (True, False):
        changed = behaviour.update(NESTED, made, news, preview=preview)
        assert changed.outputs["generated"] == made.outputs["generated"]
    read = behaviour.refresh(NESTED, changed)
    assert read.outputs["generated"] == made.outputs["generated"]


def test_a_wholly_secret_object_is_one_secret(behaviour):
    inputs = behaviour.checked(NESTED, {"vault": {"title": "t", "password": S}})
    assert isinstance(inputs["vault"], Secret)
    made = behaviour.create(NESTED, inputs)
    assert isinstance(made.outputs["vault"], Secret)


def test_secrets_within_secrets_are_one_secret(behaviour):
    inputs = behaviour.checked(SIMPLE, {"password": Secret(Secret(S))})
    assert inputs["password"] == Secret(S)


def test_secrets_of_a_partial_failure_are_wrapped(behaviour):
    inputs = behaviour.checked(FLAKY, {"failAt": "createAfter", "password": S,
                                       "note": Secret(S + "-note")})
    with raises("FAILED_PRECONDITION") as caught:
        behaviour.create(FLAKY, inputs)
    failed = init_failed(caught[0])
    assert S not in wire.clear_text(wire.unstruct(failed.properties))
    assert S not in caught[0].details() and S not in "".join(failed.reasons)


@pytest.mark.parametrize("point", ["createBefore", "createAfter", "updateBefore", "updateAfter",
                                   "read", "delete"])
def test_no_error_of_a_handler_shows_a_secret(behaviour, point):
    inputs = behaviour.checked(FLAKY, {"failAt": point, "note": Secret(S.upper())})
    with raises("FAILED_PRECONDITION") as caught:
        made = behaviour.create(FLAKY, inputs)
        if point.startswith("update"):
            behaviour.update(FLAKY, made, {**inputs, "password": Secret("other")})
        elif point == "read":
            behaviour.refresh(FLAKY, made)
        else:
            behaviour.delete(FLAKY, made)
    told = caught[0].details()
    if point.endswith("After"):
        told = "".join(init_failed(caught[0]).reasons)
    assert "noted: [secret]" in told
    assert S not in str(caught[0]).lower() and S not in told.lower()


def test_a_secret_of_another_packages_state_stays_one(behaviour):
    made = behaviour.make("behaviour:test:Legacy", {"color": S})
    foreign = {"colour": Secret(S)}
    read = behaviour.read("behaviour:test:Legacy", made.id, foreign, {**foreign, "serial": "x"})
    assert read.inputs["color"] == Secret(S) and read.outputs["color"] == Secret(S)
    assert S not in wire.clear_text(read.inputs) + wire.clear_text(read.outputs)


def test_a_secret_output_among_the_arguments_of_get_is_wrapped(palisade):
    key = palisade.make("palisade:tls:PrivateKey", {"algorithm": "ED25519"})
    arguments = {"privateKeyPem": wire.plain(key.outputs["privateKeyPem"])}
    read = palisade.read("palisade:tls:PrivateKey", key.id, arguments, arguments)
    for bag in (read.inputs, read.outputs):
        assert "PRIVATE KEY" not in wire.clear_text(bag)


def test_write_only_values_never_reach_an_output(behaviour):
    inputs = behaviour.checked(WRITE_ONLY, {"passwordWo": S, "passwordWoVersion": 1})
    assert inputs["passwordWo"] == Secret(S)
    preview = behaviour.create(WRITE_ONLY, inputs, preview=True)
    made = behaviour.create(WRITE_ONLY, inputs)
    read = behaviour.refresh(WRITE_ONLY, made)
    imported = behaviour.read(WRITE_ONLY, made.id)
    updated = behaviour.update(WRITE_ONLY, made, behaviour.checked(
        WRITE_ONLY, {"passwordWo": S + "2", "passwordWoVersion": 2}, olds=inputs))
    for bag in (preview.outputs, made.outputs, read.outputs, imported.outputs, imported.inputs,
                updated.outputs):
        assert "passwordWo" not in bag
        assert S not in str(wire.plain(bag))
    assert read.inputs["passwordWo"] == Secret(S)


def test_function_answers_wrap_what_the_schema_marks(behaviour):
    answer = behaviour.invoke("behaviour:test:secretAnswer", {"seed": "x"})
    assert answer["password"] == Secret("password of x")
    assert answer["generated"] == {"note": "made for you", "key": Secret("key of x")}


def test_a_secret_argument_stays_secret_in_the_answer(behaviour):
    answer = behaviour.invoke("behaviour:test:echo", {"value": {"a": [Secret(S)]},
                                                      "secret": S})
    assert S not in wire.clear_text(answer)
    assert wire.plain(answer["value"]) == {"a": [S]}


def test_no_secret_reaches_a_log_or_stderr(fresh):
    for type, news, _ in LEAVES:
        made = fresh.make(type, news)
        fresh.refresh(type, made)
        fresh.delete(type, made)
    fresh.check(SIMPLE, {"password": [S]})
    fresh.check(NESTED, {"code": Secret(S.upper()), "settings": {"title": Secret([S])}})
    fresh.check(NESTED, {"settings": {"title": "t", "mode": Secret(S)}})
    fresh.check(NESTED, {"code": "warn"}, name="last")
    fresh.engine.wait_for(lambda log: log.urn.endswith("last"))
    text = fresh.engine.text() + fresh.process.stderr().decode(errors="replace")
    assert S not in text.lower()


@pytest.mark.parametrize("type, name, given, found", [
    (NESTED, "items", ["a", Secret(S)], ["x", "a", S]),
    (NESTED, "items", ["a", Secret(S), "b"], [S]),
    ("behaviour:test:Same", "members", ["b", Secret(S)], [S, "b"]),
    ("behaviour:test:Same", "parts", [{"name": "a"}, {"name": Secret(S)}],
     [{"name": S}, {"name": "a"}]),
    (NESTED, "matrix", [[1], [Secret(7001)]], [[7001], [1]]),
    (NESTED, "anything", {"a": [{"b": ["x", Secret(S)]}]}, {"a": [{"b": [S, "x"]}]}),
])
def test_a_secret_in_a_list_stays_secret_when_its_place_changes(behaviour, type, name, given,
                                                                 found):
    made = behaviour.make(type, {name: given})
    behaviour.drift(made.id, inputs={name: found})
    read = behaviour.refresh(type, made)
    for bag in (read.inputs, read.outputs):
        assert S not in wire.clear_text(bag) and "7001" not in wire.clear_text(bag)
