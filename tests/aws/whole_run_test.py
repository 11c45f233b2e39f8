"""What only a whole run can tell. Runs after all other tests of this folder (see conftest.py); where
several processes share those (`pytest -n`), by itself and afterwards."""

import pytest

from doubles.aws import coverage

pytestmark = pytest.mark.at_the_end


def test_every_operation_was_sent_and_listed():
    assert coverage.findings() == []
