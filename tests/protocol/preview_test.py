"""Previews of Create and Update: no side effects, explicit unknowns, nothing contradicted."""

import pytest

import wire
from plugin import raises
from wire import UNKNOWN, Secret

SIMPLE = "behaviour:test:Simple"
NESTED = "behaviour:test:Nested"
WRITE_ONLY = "behaviour:test:WriteOnly"


def contradictions(preview, real, path=""):
    """Paths at which a preview was sure of something else than what came."""
    if preview is UNKNOWN:
        return []
    if isinstance(preview, Secret):
        return contradictions(preview.value, wire.plain(real), path)
    if isinstance(real, Secret):
        return contradictions(preview, real.value, path)
    if isinstance(preview, dict) and isinstance(real, dict):
        # A name that the preview left out is unknown at the top and a promise below.
        missing = [] if path == "" else [f"{path}.{name}" for name in real.keys() - preview.keys()]
        return missing + [found for name in preview for found in
                          contradictions(preview[name], real.get(name), f"{path}.{name}")]
    if isinstance(preview, list) and isinstance(real, list) and len(preview) == len(real):
        return [found for i, pair in enumerate(zip(preview, real))
                for found in contradictions(*pair, f"{path}[{i}]")]
    return [] if preview == real else [f"{path}: {preview!r} became {real!r}"]


def test_a_preview_makes_nothing(behaviour):
    before = behaviour.counts()
    inputs = behaviour.checked(SIMPLE, {"text": "abc"})
    behaviour.create(SIMPLE, inputs, preview=True)
    assert behaviour.counts() == before


def test_a_preview_says_what_is_certain_and_what_is_not(behaviour):
    inputs = behaviour.checked(SIMPLE, {"text": "abc", "count": 2})
    outputs = behaviour.create(SIMPLE, inputs, preview=True).outputs
    assert outputs["text"] == "abc" and outputs["count"] == 2
    assert outputs["length"] == 3
    assert outputs["serial"] is UNKNOWN and outputs["revision"] is UNKNOWN


def test_an_unknown_input_makes_what_follows_from_it_unknown(behaviour):
    inputs = behaviour.checked(SIMPLE, {"text": UNKNOWN})
    outputs = behaviour.create(SIMPLE, inputs, preview=True).outputs
    assert outputs["text"] is UNKNOWN and outputs["length"] is UNKNOWN


def test_unknowns_within_objects_are_explicit(behaviour):
    inputs = behaviour.checked(NESTED, {"settings": {"title": UNKNOWN, "tags": {"a": "b"}}})
    outputs = behaviour.create(NESTED, inputs, preview=True).outputs
    assert outputs["settings"] == {"title": UNKNOWN, "level": 3, "tags": {"a": "b"}}
    generated = outputs["generated"]
    assert generated["note"] == "made for you"
    assert generated["key"] == Secret(UNKNOWN)


LIVES = [
    (SIMPLE, {"text": "abc"}, {"text": "abcd"}),
    (SIMPLE, {"text": "abc", "password": Secret("p")}, {"text": "abc", "flag": True}),
    (SIMPLE, {}, {"ratio": 0.5}),
    (NESTED, {"settings": {"title": "t", "password": "p"}}, {"settings": {"title": "u"}}),
    (NESTED, {"items": ["a"]}, {"labels": {"x": "y"}}),
    (WRITE_ONLY, {"passwordWo": "longer than 8", "passwordWoVersion": 1},
     {"passwordWo": "short", "passwordWoVersion": 2}),
    ("behaviour:test:Named", {}, {"note": "n"}),
    ("behaviour:test:Flaky", {"note": "a"}, {"note": "b"}),
    ("behaviour:test:Assets", {"file": wire.asset(text="a")}, {"file": wire.asset(text="b")}),
]


@pytest.mark.parametrize("type, first, second", LIVES)
def test_no_real_answer_contradicts_its_preview(behaviour, type, first, second):
    inputs = behaviour.checked(type, first)
    preview = behaviour.create(type, inputs, preview=True)
    made = behaviour.create(type, inputs)
    assert contradictions(preview.outputs, made.outputs) == []

    news = behaviour.checked(type, second, olds=inputs)
    preview = behaviour.update(type, made, news, preview=True)
    updated = behaviour.update(type, made, news)
    assert contradictions(preview.outputs, updated.outputs) == []
    behaviour.delete(type, updated)


@pytest.mark.parametrize("type, first, second", LIVES)
def test_no_real_answer_holds_an_unknown(behaviour, type, first, second):
    made = behaviour.make(type, first)
    updated = behaviour.update(type, made, behaviour.checked(type, second, olds=made.inputs))
    read = behaviour.refresh(type, updated)
    for bag in (made.outputs, updated.outputs, read.inputs, read.outputs):
        assert not wire.holds_unknown(bag)
    behaviour.delete(type, updated)


def test_a_preview_of_an_update_keeps_what_stays(behaviour):
    made = behaviour.make(SIMPLE, {"text": "abc"})
    news = behaviour.checked(SIMPLE, {"text": "abcd"}, olds=made.inputs)
    before = behaviour.counts()
    outputs = behaviour.update(SIMPLE, made, news, preview=True).outputs
    assert behaviour.counts() == before
    assert outputs["serial"] == made.outputs["serial"]
    assert outputs["length"] == 4
    assert outputs["revision"] is UNKNOWN
    assert behaviour.refresh(SIMPLE, made).outputs["text"] == "abc"


def test_a_preview_of_an_update_with_unknowns(behaviour):
    made = behaviour.make(NESTED, {"settings": {"title": "t"}})
    news = behaviour.checked(NESTED, {"settings": {"title": UNKNOWN}}, olds=made.inputs)
    outputs = behaviour.update(NESTED, made, news, preview=True).outputs
    assert outputs["settings"]["title"] is UNKNOWN
    assert outputs["generated"] == made.outputs["generated"]


def test_a_secret_unknown_stays_secret_in_a_preview(behaviour):
    inputs = behaviour.checked(SIMPLE, {"password": UNKNOWN, "text": Secret(UNKNOWN)})
    outputs = behaviour.create(SIMPLE, inputs, preview=True).outputs
    assert outputs["password"] == Secret(UNKNOWN) and outputs["text"] == Secret(UNKNOWN)


@pytest.mark.parametrize("verb", ["create", "update"])
def test_a_real_call_with_an_unknown_is_refused_before_anything_is_made(behaviour, verb):
    made = behaviour.make(SIMPLE, {"text": "a"})
    before = behaviour.counts()
    with raises("INVALID_ARGUMENT") as caught:
        if verb == "create":
            behaviour.create(SIMPLE, {"text": UNKNOWN})
        else:
            behaviour.update(SIMPLE, made, {"text": UNKNOWN})
    assert "not known" in caught[0].details()
    assert behaviour.counts() == before
