import pytest

from plugin import BEHAVIOUR, BEHAVIOUR_CONFIG, PALISADE, Plugin


@pytest.fixture(scope="session")
def palisade():
    """The real plugin, configured with nothing."""
    with Plugin(PALISADE) as plugin:
        yield plugin
        plugin.assert_alive()


@pytest.fixture(scope="session")
def behaviour():
    """The test package, configured; shared by tests that leave it as it is."""
    with Plugin(BEHAVIOUR, BEHAVIOUR_CONFIG) as plugin:
        yield plugin
        plugin.assert_alive()


@pytest.fixture
def fresh():
    """A process of the test package for one test alone: its engine has no other logs."""
    with Plugin(BEHAVIOUR, BEHAVIOUR_CONFIG) as plugin:
        yield plugin
        plugin.assert_alive()


@pytest.fixture
def unconfigured():
    with Plugin(BEHAVIOUR, configure=False) as plugin:
        plugin.handshake()
        yield plugin
        plugin.assert_alive()
