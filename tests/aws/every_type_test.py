"""What has to hold of every registered type holds of AWS's, at the gateway and the doubles.

The tests are those of tests/protocol; only where their objects come from is different."""

import itertools
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "protocol"))

import properties_test as everywhere  # noqa: E402
import wire  # noqa: E402
from known import Known  # noqa: E402
from plugin import PALISADE, Plugin  # noqa: E402
from properties_test import *  # noqa: E402, F403

# It counts what the test package's own types do.
del test_a_preview_makes_nothing  # noqa: F821

TOKENS = [token for token in everywhere.tokens(PALISADE) if token.startswith("palisade:aws/")]
EMPTY_HOME = {"HOME": "/nonexistent", "AWS_CONFIG_FILE": "/nonexistent/config",
              "AWS_SHARED_CREDENTIALS_FILE": "/nonexistent/credentials"}
_names = itertools.count(1)


@pytest.fixture(scope="module", params=TOKENS)
def token(request):
    return request.param


@pytest.fixture(scope="module")
def plugins(shared_aws_cloud):
    shared_aws_cloud.reset()
    env = EMPTY_HOME | shared_aws_cloud.environment()
    with Plugin(PALISADE, env=env) as palisade:
        yield {"palisade": palisade}
        palisade.assert_alive()
    assert shared_aws_cloud.records.violations() == []


@pytest.fixture(scope="module")
def known(plugin):
    return Known(plugin)


@pytest.fixture(scope="module")
def cases(token, plugin, known):
    """(what the user wrote, what Check answered)."""
    return [(news, plugin.checked(token, news)) for news in known.of(token)]


@pytest.fixture
def another(token, plugin, known):
    """The same inputs with other parents and names, each secret where it was."""
    def change(inputs, name):
        fresh = plugin.checked(token, known.of(token)[0], name=f"{name}{next(_names)}")
        return {key: transplanted(value, wire.plain(fresh[key])) if key in fresh else value
                for key, value in inputs.items()}
    return change


def transplanted(value, fresh):
    """`value` with the texts of `fresh`, which has the same form."""
    if isinstance(value, wire.Secret):
        return wire.Secret(transplanted(value.value, fresh))
    if isinstance(value, dict) and isinstance(fresh, dict):
        return {key: transplanted(item, fresh.get(key, item)) for key, item in value.items()}
    if isinstance(value, list) and isinstance(fresh, list) and len(value) == len(fresh):
        return [transplanted(item, other) for item, other in zip(value, fresh)]
    return fresh


@pytest.fixture
def never_was():
    """An id of the right form whose digits nobody has."""
    def change(identity):
        head, dash, digits = identity.rpartition("-")
        if "/" in identity:
            return identity + "-never-was"
        if "|" in identity:
            return identity.replace("vpc-", "vpc-0000").replace("rtb-", "rtb-0000")
        return head + dash + "0" * len(digits)
    return change


def test_every_type_has_its_turn():
    everything = set(everywhere.tokens(PALISADE))
    assert TOKENS and everything == set(TOKENS) | set(everywhere.LOCAL)
