import fcntl
import subprocess

import pytest

from harness import PLUGIN_FOLDER, ROOT, Sandbox, script
from projects import NodeProject, PythonProject, YamlProject


@pytest.fixture(scope="session")
def cli():
    """The folder of the CLI; built on the first run of a machine that has none."""
    return script("pulumi-cli")


@pytest.fixture(scope="session")
def plugin():
    """The program under test; its absence is a failure, never a skip."""
    binary = PLUGIN_FOLDER / "pulumi-resource-palisade"
    assert binary.exists(), f"there is no {binary}; run 'make build' first"
    return binary


@pytest.fixture(scope="session")
def packed(tmp_path_factory, worker_id):
    """The folder of wheel and tarball, as `make sdk` packs them: once for all processes of a run."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    with open(shared / "packed", "a+") as done:
        fcntl.flock(done, fcntl.LOCK_EX)
        if done.tell() == 0:
            subprocess.run([ROOT / "scripts" / "make-sdk"], check=True, timeout=3600)
            done.write("yes")
    return ROOT / "dist"


def only(folder, pattern):
    found = sorted(folder.glob(pattern))
    assert found, f"no {pattern} in {folder}; run 'make sdk' first"
    return max(found, key=lambda path: path.stat().st_mtime)


@pytest.fixture(scope="session")
def python():
    return script("python-env") / "bin" / "python"


@pytest.fixture(scope="session")
def python_sdk(packed, python, tmp_path_factory):
    """A folder for PYTHONPATH with the wheel's content."""
    folder = tmp_path_factory.mktemp("python-sdk")
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                    "--no-deps", "--no-index", "--target", folder, only(packed, "*.whl")],
                   check=True, timeout=300)
    return folder


@pytest.fixture(scope="session")
def node_packages(packed):
    return script("node-env", "--with-sdk", str(only(packed, "palisade-pulumi-*.tgz")))


@pytest.fixture
def sandbox(tmp_path, cli):
    return Sandbox(tmp_path, cli)


@pytest.fixture
def yaml_project(sandbox):
    """yaml_project(name) makes an empty project; fill it, then init() its stack."""
    return lambda name="test": YamlProject(sandbox, sandbox.folder / "projects" / name, name)


@pytest.fixture
def python_project(sandbox, python, python_sdk):
    return lambda name="test": PythonProject(
        sandbox, sandbox.folder / "projects" / name, name, python, python_sdk)


@pytest.fixture
def node_project(sandbox, node_packages):
    return lambda name="test": NodeProject(
        sandbox, sandbox.folder / "projects" / name, name, node_packages)
