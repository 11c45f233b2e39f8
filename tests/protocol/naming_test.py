"""Names that Check makes: our own scheme, the engine's three modes, the seed, replacements."""

import re

import pytest

from plugin import SEED

NAMED = "behaviour:test:Named"
SHORT = "behaviour:test:ShortNamed"
OTHER_SEED = bytes(reversed(range(32)))


def test_a_name_is_made_from_the_logical_one(behaviour):
    inputs = behaviour.checked(NAMED, {}, name="front")
    assert re.fullmatch(r"front-[0-9a-f]{7}", inputs["name"])
    assert inputs["__defaults"] == ["name"]


def test_the_fragments_rule_is_kept(behaviour):
    assert re.fullmatch(r"front[a-z]{4}", behaviour.checked(SHORT, {}, name="Front")["name"])


@pytest.mark.parametrize("type, name, most", [
    (NAMED, "a-very-long-logical-name-indeed", 24), (SHORT, "a-very-long-logical-name", 12),
    (NAMED, "with.dots_and spaces", 24), (SHORT, "123", 12), (SHORT, "---", 12),
    (NAMED, "übergrößenträger", 24), (SHORT, "UPPER", 12),
])
def test_any_logical_name_gives_a_legal_one(behaviour, type, name, most):
    made = behaviour.checked(type, {}, name=name)["name"]
    assert 3 <= len(made) <= most
    assert re.fullmatch(r"[A-Za-z0-9-]+" if type == NAMED else r"[a-z][a-z0-9]*", made)


def test_a_beginning_that_the_service_keeps_is_avoided(behaviour):
    """A logical name is no mistake of the user's; an enforced one is told."""
    for name, begin in (("id-front", "idfront"), ("id", "nid")):
        made = behaviour.checked(NAMED, {}, name=name)["name"]
        assert re.fullmatch(begin + "-[0-9a-f]{7}", made)
    answer = behaviour.check(NAMED, {}, autonaming=("id-front", "ENFORCE"))
    assert "begins with id-" in answer.failures[0].reason


def test_a_made_name_is_one_that_the_same_check_accepts(palisade):
    """EC2 keeps `sg-` for ids."""
    group = {"groupDescription": "d", "region": "eu-west-1"}
    for name in ("sg-web", "sg"):
        made = palisade.checked("palisade:aws/ec2:SecurityGroup", group, name=name)["groupName"]
        assert not made.startswith("sg-")


def test_the_seed_decides_alone(behaviour):
    names = [behaviour.checked(NAMED, {}, seed=seed)["name"]
             for seed in (SEED, SEED, OTHER_SEED)]
    assert names[0] == names[1] != names[2]


def test_without_a_seed_names_differ(behaviour):
    """`pulumi do` sends none."""
    names = {behaviour.checked(NAMED, {}, seed=b"")["name"] for _ in range(5)}
    assert len(names) == 5


def test_a_name_in_olds_stays(behaviour):
    olds = behaviour.checked(NAMED, {})
    news = behaviour.checked(NAMED, {"note": "x"}, olds=olds, seed=OTHER_SEED)
    assert news["name"] == olds["name"]
    assert news["__defaults"] == ["name"]


def test_a_name_is_made_anew_when_olds_are_empty(behaviour):
    """The second Check of a replacement, and target-replace."""
    olds = behaviour.checked(NAMED, {})
    assert behaviour.checked(NAMED, {}, seed=OTHER_SEED)["name"] != olds["name"]


def test_a_given_name_wins_and_is_no_default(behaviour):
    olds = behaviour.checked(NAMED, {})
    for mode in (None, ("proposed-1", "PROPOSE"), ("proposed-1", "ENFORCE"), ("", "DISABLE")):
        inputs = behaviour.checked(NAMED, {"name": "mine"}, olds=olds, autonaming=mode)
        assert inputs["name"] == "mine"
        assert "__defaults" not in inputs


def test_check_of_a_made_name_is_idempotent(behaviour):
    once = behaviour.checked(NAMED, {})
    assert behaviour.checked(NAMED, once, olds=once, seed=OTHER_SEED) == once
    assert behaviour.checked(NAMED, once, seed=OTHER_SEED) == once


def test_propose_is_taken(behaviour):
    inputs = behaviour.checked(NAMED, {}, autonaming=("app-dev-1234", "PROPOSE"))
    assert inputs["name"] == "app-dev-1234"
    assert inputs["__defaults"] == ["name"]


@pytest.mark.parametrize("proposed", ["App-Dev-1", "a-proposal-that-is-too-long"])
def test_propose_is_adapted_to_length_and_characters(behaviour, proposed):
    made = behaviour.checked(SHORT, {}, autonaming=(proposed, "PROPOSE"))["name"]
    assert re.fullmatch(r"[a-z][a-z0-9]{2,11}", made)
    assert made.startswith(proposed.lower().replace("-", "")[:8])


def test_enforce_is_exact_or_a_failure(behaviour):
    assert behaviour.checked(SHORT, {}, autonaming=("exact1", "ENFORCE"))["name"] == "exact1"
    answer = behaviour.check(SHORT, {}, autonaming=("Not-Possible", "ENFORCE"))
    assert len(answer.failures) == 1
    assert "Not-Possible" in answer.failures[0].reason


def test_disable_wants_an_explicit_name(behaviour):
    answer = behaviour.check(NAMED, {}, autonaming=("", "DISABLE"))
    assert len(answer.failures) == 1
    assert "name" in answer.failures[0].property + answer.failures[0].reason


@pytest.mark.parametrize("mode", [("another-1", "PROPOSE"), ("another-1", "ENFORCE"),
                                  ("", "DISABLE")])
def test_every_mode_keeps_the_name_in_olds(behaviour, mode):
    olds = behaviour.checked(NAMED, {})
    assert behaviour.checked(NAMED, {}, olds=olds, autonaming=mode)["name"] == olds["name"]


def test_a_name_given_and_taken_back_is_made_anew_or_kept_but_legal(behaviour):
    olds = behaviour.checked(NAMED, {"name": "mine"})
    inputs = behaviour.checked(NAMED, {}, olds=olds)
    assert re.fullmatch(r"[A-Za-z0-9-]{3,24}", inputs["name"])
    assert inputs["__defaults"] == ["name"]


def test_a_wrong_given_name_is_a_failure(behaviour):
    answer = behaviour.check(NAMED, {"name": "no spaces"})
    assert answer.failures[0].property == "name"


def test_a_replacement_that_keeps_a_given_name_deletes_first(behaviour):
    olds = behaviour.checked(NAMED, {"name": "mine", "size": 1})
    news = behaviour.checked(NAMED, {"name": "mine", "size": 2}, olds=olds)
    answer = behaviour.diff(NAMED, olds, news)
    assert list(answer.replaces) == ["size"] and answer.deleteBeforeReplace


def test_a_replacement_with_a_made_name_creates_first(behaviour):
    olds = behaviour.checked(NAMED, {"size": 1})
    news = behaviour.checked(NAMED, {"size": 2}, olds=olds)
    answer = behaviour.diff(NAMED, olds, news)
    assert list(answer.replaces) == ["size"] and not answer.deleteBeforeReplace
    made = behaviour.create(NAMED, olds)
    second = behaviour.checked(NAMED, {"size": 2}, seed=OTHER_SEED)
    replacement = behaviour.create(NAMED, second)
    assert replacement.id != made.id
    behaviour.delete(NAMED, made)
    behaviour.delete(NAMED, replacement)


def test_a_replacement_by_another_name_creates_first(behaviour):
    olds = behaviour.checked(NAMED, {"name": "mine"})
    answer = behaviour.diff(NAMED, olds, behaviour.checked(NAMED, {"name": "yours"}, olds=olds))
    assert list(answer.replaces) == ["name"] and not answer.deleteBeforeReplace
