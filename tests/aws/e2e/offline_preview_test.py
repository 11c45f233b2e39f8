"""Preview with no credentials, no network and an empty environment, a region in the configuration."""

import pytest

import programs
from harness import ROOT
from projects import YamlProject

EXAMPLE = ROOT / "examples" / "001-firewall" / "yaml"


@pytest.fixture
def project(bare_sandbox):
    # A proxy that nothing listens to: whatever wants to leave this machine fails at once.
    for name in ("http_proxy", "https_proxy", "HTTPS_PROXY"):
        bare_sandbox.env[name] = "http://127.0.0.1:9"
    return YamlProject(bare_sandbox, bare_sandbox.folder / "projects" / "offline", "offline")


def test_perimeter(project):
    programs.write(project, programs.PERIMETER)
    programs.configure(project.init(), "region", "eu-west-1")
    preview = project.preview()
    assert preview.changed() == sorted([*programs.PERIMETER, "offline-dev"])
    assert preview.messages("error") == []


def test_example(project):
    project.copy(EXAMPLE)
    name = next(line.split(":", 1)[1].strip() for line in
                (project.folder / "Pulumi.yaml").read_text().splitlines() if line.startswith("name:"))
    project.name = name
    programs.configure(project.init(), "region", "eu-west-1")
    preview = project.preview()
    assert preview.messages("error") == [] and len(preview.changed()) > 10


def test_no_region_is_an_error_that_says_so(project):
    programs.write(project, programs.VPC)
    run = project.init().preview(ok=False)
    assert "region" in run.output and "palisade:aws" in run.output
