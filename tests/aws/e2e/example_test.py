"""examples/001-firewall in three languages, through every verb against gateway, double and moto."""

import pytest

from harness import ROOT, resources_of
from inventory import inventory

EXAMPLES = ROOT / "examples" / "001-firewall"
FOLDERS = {"yaml": "yaml", "python": "python", "node": "typescript"}


@pytest.fixture(params=sorted(FOLDERS))
def project(request):
    made = request.getfixturevalue(f"{request.param}_project")("001-firewall")
    return made.copy(EXAMPLES / FOLDERS[request.param]).init()


@pytest.mark.timeout(600)
def test_every_verb(project, aws_cloud):
    preview = project.preview()
    assert {step.op for step in preview.steps} == {"create"}
    assert preview.messages("error") == [] and inventory(aws_cloud) == {}
    project.up()
    made = resources_of(project.export())
    kinds = {resource["type"].rsplit(":", 1)[-1] for resource in made.values()}
    assert {"Vpc", "Subnet", "RuleGroup", "FirewallPolicy", "Firewall", "Route",
            "LoggingConfiguration"} <= kinds
    assert project.preview().changed() == []
    assert project.refresh().changed() == []
    assert project.up().changed() == []
    assert {name: found["id"] for name, found in resources_of(project.export()).items()} == {
        name: found["id"] for name, found in made.items()}
    project.destroy()
    assert resources_of(project.export()) == {} and inventory(aws_cloud) == {}


@pytest.mark.timeout(600)
def test_import_then_nothing(request, aws_cloud):
    """Every resource of the example is taken into another stack by its id."""
    first = request.getfixturevalue("yaml_project")("001-firewall").copy(EXAMPLES / "yaml").init()
    first.up()
    made = resources_of(first.export())
    second = request.getfixturevalue("yaml_project")("copy")
    second.write("Pulumi.yaml", "name: copy\nruntime: yaml\n").init()
    for name, found in made.items():
        run = second.import_resource(found["type"], name, found["id"], "--generate-code=false")
        assert run.op(name) == "import"
    assert second.refresh().changed() == []
    first.destroy()
    assert inventory(aws_cloud) == {}
