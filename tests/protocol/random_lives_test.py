"""Random but repeatable: pairs of bags through Diff, and whole lives through every verb."""

import copy
import random

import pytest

import wire
from diff_test import ADD, ADD_REPLACE, DELETE, DELETE_REPLACE, diff
from generated import Generator, accepted, places, replaced, schema
from preview_test import contradictions
from wire import UNKNOWN, Secret

NESTED = "behaviour:test:Nested"
SIMPLE = "behaviour:test:Simple"
TYPES = [NESTED, SIMPLE, "behaviour:test:Same", "behaviour:test:Assets"]
SEEDS = range(25)


@pytest.fixture(scope="module")
def bases(behaviour):
    """What each type accepts, everything set."""
    found = {}
    for type in TYPES:
        generated = Generator(schema(behaviour)).inputs(type)
        found[type] = accepted(behaviour, type, generated)[0]
    return found


def variant(rng, base):
    """`base` with some things left out, doubled, reordered or given another text."""
    news = copy.deepcopy(base)
    for _ in range(rng.randrange(6)):
        all_places = [path for path in places(news) if path]
        if not all_places:
            break
        news = changed(rng, news, rng.choice(all_places))
    return news


def changed(rng, news, path):
    def change(value):
        if isinstance(value, list):
            return rng.choice([value + value, list(reversed(value)), value[:1]])
        if isinstance(value, bool):
            return not value
        if isinstance(value, (int, float)):
            return value + 1
        if isinstance(value, str) and len(path) != 1:
            return value[::-1]
        return value

    if rng.random() < 0.4 and isinstance(path[-1], str):
        return replaced(news, path[:-1], lambda bag: {name: item for name, item in bag.items()
                                                      if name != path[-1]})
    return replaced(news, path, change)


def valid_variant(plugin, rng, type, base):
    news = variant(rng, base)
    try:
        return accepted(plugin, type, news)[1]
    except AssertionError:
        return plugin.checked(type, base)


def parse(path):
    """The steps of a path in the engine's syntax."""
    steps, rest = [], path
    while rest:
        if rest.startswith('["'):
            end, name = 2, ""
            while rest[end] != '"':
                end += rest[end] == "\\"
                name, end = name + rest[end], end + 1
            steps.append(name)
            rest = rest[end + 2:]
        elif rest.startswith("["):
            number, rest = rest[1:].split("]", 1)
            steps.append(int(number))
        else:
            rest = rest.removeprefix(".")
            end = min([rest.index(c) for c in ".[" if c in rest] or [len(rest)])
            steps.append(rest[:end])
            rest = rest[end:]
    return steps


def leads_somewhere(bag, steps):
    value = wire.plain(bag)
    for step in steps:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return False
    return value is not None


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("type", TYPES)
def test_paths_lead_to_what_changed(behaviour, bases, type, seed):
    rng = random.Random(seed)
    olds, news = (valid_variant(behaviour, rng, type, bases[type]) for _ in range(2))
    answer = diff(behaviour, type, olds, news)
    for path, entry in answer.detailedDiff.items():
        steps = parse(path)
        if entry.kind in (DELETE, DELETE_REPLACE):
            assert leads_somewhere(olds, steps), path
        else:
            assert leads_somewhere(news, steps), path
        if entry.kind in (ADD, ADD_REPLACE) and type != "behaviour:test:Same":
            assert not leads_somewhere(olds, steps), path
    # The same the other way round, as after a refresh: what is added one way is deleted the other.
    back = diff(behaviour, type, news, olds)
    assert bool(back.detailedDiff) == bool(answer.detailedDiff)
    assert sorted(back.diffs) == sorted(answer.diffs)
    assert sorted(back.replaces) == sorted(answer.replaces)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("type", TYPES)
def test_a_life_of_updates_ends_where_the_inputs_say(behaviour, bases, type, seed):
    rng = random.Random(1000 + seed)
    made = behaviour.create(type, valid_variant(behaviour, rng, type, bases[type]))
    for _ in range(3):
        news = valid_variant(behaviour, rng, type, bases[type])
        preview = behaviour.update(type, made, news, preview=True)
        made = behaviour.update(type, made, news)
        assert contradictions(preview.outputs, made.outputs) == []
        for name, value in wire.visible(news).items():
            if name in made.outputs:
                assert wire.plain(made.outputs[name]) == wire.plain(value), name
        read = behaviour.refresh(type, made)
        assert read.inputs == made.inputs and read.outputs == made.outputs
        assert not diff(behaviour, type, made.inputs, read.inputs).detailedDiff
    behaviour.delete(type, made)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("type", TYPES)
def test_any_mixture_of_secrets_and_unknowns_is_a_plan(behaviour, bases, type, seed):
    rng = random.Random(2000 + seed)
    made = behaviour.create(type, valid_variant(behaviour, rng, type, bases[type]))
    news = {name: value for name, value in wire.visible(
        valid_variant(behaviour, rng, type, bases[type])).items()}
    for _ in range(5):
        path = rng.choice([path for path in places(news) if path])
        news = replaced(news, path, rng.choice([lambda value: Secret(value),
                                                lambda value: UNKNOWN,
                                                lambda value: Secret(UNKNOWN)]))
    inputs = behaviour.checked(type, news, olds=made.inputs)
    assert behaviour.checked(type, inputs, olds=made.inputs) == inputs
    answer = diff(behaviour, type, made.inputs, inputs)
    assert bool(answer.detailedDiff) or not wire.holds_unknown(inputs)
    for outputs in (behaviour.create(type, inputs, preview=True).outputs,
                    behaviour.update(type, made, inputs, preview=True).outputs):
        for name in wire.visible(inputs):
            if name in outputs and wire.contains(inputs[name], lambda v: isinstance(v, Secret)):
                assert wire.contains(outputs[name], lambda v: isinstance(v, Secret)), name
    behaviour.delete(type, made)
