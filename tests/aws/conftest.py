import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from doubles.aws import coverage  # noqa: E402
from doubles.aws.cloud import Cloud  # noqa: E402


def pytest_configure(config):
    config.addinivalue_line("markers", "at_the_end: looks at what all other tests did")
    if config.getoption("numprocesses", None) and not hasattr(config, "workerinput"):
        # The processes that share the tests add to one list; this one only hands the tests out.
        coverage.clear()


def pytest_collection_modifyitems(config, items):
    """What looks at the whole run comes last, and only where there is a whole run to look at."""
    last = [item for item in items if item.get_closest_marker("at_the_end")]
    others = [item for item in items if item not in last]
    shared = hasattr(config, "workerinput")
    senders = any("e2e" in item.path.parts for item in others)
    if shared or (others and not senders):
        # No process sees the end of the others; and the checkers' own tests send nothing that counts.
        config.hook.pytest_deselected(items=last)
        last = []
    elif senders:
        coverage.clear()
    items[:] = others + last


@pytest.fixture(scope="session")
def checkers_cloud():
    """One cloud for all tests of the checkers themselves; what they send does not count."""
    with Cloud() as cloud:
        yield cloud


@pytest.fixture
def cloud(checkers_cloud):
    """The cloud of a test whose sender is botocore: empty at its start."""
    checkers_cloud.reset()
    return checkers_cloud


@pytest.fixture(scope="session")
def shared_aws_cloud():
    with Cloud(covers=True) as cloud:
        yield cloud


@pytest.fixture
def aws_cloud(shared_aws_cloud):
    """The cloud of a test whose sender is the provider: empty at its start, and at its end every
    request must have been right."""
    shared_aws_cloud.reset()
    yield shared_aws_cloud
    shared_aws_cloud.count()
    assert shared_aws_cloud.records.violations() == []
