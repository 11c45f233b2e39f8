import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from doubles.aws import coverage  # noqa: E402
from doubles.aws.cloud import Cloud  # noqa: E402


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
