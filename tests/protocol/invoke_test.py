"""Invoke: preview, failures, defaults, unknowns."""

import pytest
from pulumi.runtime.proto import provider_pb2

import wire
from plugin import PATIENCE, raises
from wire import UNKNOWN


def failures_of(plugin, token, args):
    answer = plugin.stub.Invoke(provider_pb2.InvokeRequest(tok=token, args=wire.struct(args)),
                                timeout=PATIENCE)
    return list(answer.failures)


def test_a_function_answers(behaviour):
    assert behaviour.invoke("behaviour:test:echo", {"value": {"a": 1}})["value"] == {"a": 1}


def test_defaults_of_arguments_are_filled(behaviour):
    assert behaviour.invoke("behaviour:test:echo", {})["level"] == 3


def test_a_side_effect_is_held_back_in_a_preview(behaviour):
    made = behaviour.make("behaviour:test:Simple", {"text": "a"})
    change = {"target": made.id, "inputs": {"text": "b"}}
    assert behaviour.invoke("behaviour:test:drift", change, preview=True) == {"done": False}
    assert behaviour.refresh("behaviour:test:Simple", made).outputs["text"] == "a"
    assert behaviour.invoke("behaviour:test:drift", change, preview=False) == {"done": True}
    assert behaviour.refresh("behaviour:test:Simple", made).outputs["text"] == "b"


def test_refused_arguments_are_failures_of_the_answer(behaviour):
    failures = failures_of(behaviour, "behaviour:test:failing", {"refuse": True})
    assert len(failures) == 1
    assert failures[0].property == "refuse" and "test.refuse" in failures[0].reason


@pytest.mark.parametrize("token, args, word", [
    ("behaviour:test:echo", {"level": "many"}, "whole number"),
    ("behaviour:test:echo", {"lvel": 1}, "level"),
    ("behaviour:test:drift", {}, "target"),
    ("behaviour:test:drift", {"target": 5, "remove": "perhaps"}, "boolean"),
])
def test_wrong_arguments_are_failures_that_name_them(behaviour, token, args, word):
    text = " ".join(f.property + " " + f.reason for f in failures_of(behaviour, token, args))
    assert word in text


def test_a_function_that_fails_is_an_error_with_its_code(behaviour):
    with raises("FAILED_PRECONDITION") as caught:
        behaviour.invoke("behaviour:test:failing", {})
    assert "that is what it is for" in caught[0].details()


def test_an_unknown_function_is_not_found_with_the_nearest(behaviour):
    with raises("NOT_FOUND") as caught:
        behaviour.invoke("behaviour:test:ekho", {})
    assert "behaviour:test:echo" in caught[0].details()


def test_an_unknown_argument_is_refused_in_words(behaviour):
    """The engine does not call functions with unknowns; another client may."""
    with raises("INVALID_ARGUMENT") as caught:
        behaviour.invoke("behaviour:test:echo", {"value": [UNKNOWN]})
    assert "known" in caught[0].details()


def test_functions_work_without_configuration_in_a_preview(unconfigured):
    """With an unknown configuration the engine does not call Configure at all."""
    assert unconfigured.invoke("behaviour:test:echo", {"value": 1}, preview=True)["value"] == 1
