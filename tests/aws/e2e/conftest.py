"""The provider through the real CLI against the gateway: the fixtures of tests/e2e, in a cloud."""

import importlib.util
import sys
from pathlib import Path

import pytest

E2E = Path(__file__).resolve().parents[2] / "e2e"
sys.path.insert(0, str(E2E))
sys.path.insert(0, str(Path(__file__).resolve().parent))

# By path and under another name: two files that are called conftest.py cannot both be imported.
_spec = importlib.util.spec_from_file_location("e2e_fixtures", E2E / "conftest.py")
_fixtures = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_fixtures)

cli = _fixtures.cli
packed = _fixtures.packed
python = _fixtures.python
python_sdk = _fixtures.python_sdk
node_packages = _fixtures.node_packages
plugin = _fixtures.plugin
yaml_project = _fixtures.yaml_project
python_project = _fixtures.python_project
node_project = _fixtures.node_project

from harness import Sandbox  # noqa: E402


def cleaned(sandbox):
    """Without any AWS setting, proxy or home of the caller."""
    for name in list(sandbox.env):
        if name.startswith("AWS_") or name.lower().endswith("_proxy"):
            del sandbox.env[name]
    sandbox.env["HOME"] = str(sandbox.folder / "home")
    return sandbox


@pytest.fixture
def sandbox(tmp_path, cli, plugin, aws_cloud):
    """A sandbox whose AWS is the cloud of this test; nothing secret may have been printed at its end."""
    made = cleaned(Sandbox(tmp_path, cli))
    made.env |= aws_cloud.environment()
    yield made
    for secret in aws_cloud.secrets():
        made.transcript.assert_lacks(secret)


@pytest.fixture
def bare_sandbox(tmp_path, cli, plugin):
    """A sandbox without a cloud, without credentials, without a region."""
    made = cleaned(Sandbox(tmp_path, cli))
    made.env["AWS_EC2_METADATA_DISABLED"] = "true"
    return made


@pytest.fixture
def program(yaml_project):
    """program(resources, ...) writes a YAML program and makes its stack; see programs.py."""
    import programs

    def make(resources, name="test", **more):
        project = yaml_project(name)
        programs.write(project, resources, **more)
        return project.init()
    return make
