"""Several accounts and regions in one process, and the guards against the wrong one."""

from doubles.aws.cloud import MAIN, OTHER
from harness import resources_of
from inventory import Place, counts, inventory, tags
from programs import VPC, changed, configure, write


def other_account(project):
    configure(project, "accounts.other.accessKey", OTHER.access_key, secret=True)
    configure(project, "accounts.other.secretKey", OTHER.secret_key, secret=True)


def test_regions_and_accounts_of_one_stack(program, aws_cloud):
    resources = {
        "here": VPC["vpc"],
        "far": changed(VPC, "vpc", region="eu-west-1")["vpc"],
        "foreign": changed(VPC, "vpc", account="other")["vpc"],
    }
    project = program(resources)
    other_account(project)
    project.up()
    places = [Place(), Place(region="eu-west-1"), Place(account=OTHER.account)]
    assert [counts(aws_cloud, place) for place in places] == [{"vpc": 1}] * 3
    state = resources_of(project.export())
    assert state["foreign"]["outputs"]["accountId"] == OTHER.account
    assert state["far"]["outputs"]["region"] == "eu-west-1"
    assert project.preview().changed() == [] and project.refresh().changed() == []
    write(project, changed(resources, "far", region="eu-central-1"))
    run = project.up()
    assert "far" in run.changed() and "here" not in run.changed()
    project.destroy()
    assert [inventory(aws_cloud, place) for place in places] == [{}] * 3


def test_gone_under_another_account_is_an_error(program, aws_cloud, sandbox):
    project = program(VPC)
    project.up()
    sandbox.env |= aws_cloud.environment(OTHER)
    run = project.refresh(ok=False)
    assert MAIN.account in run.output and OTHER.account in run.output
    assert "vpc" in resources_of(project.export())
    assert not project.destroy(ok=False).ok
    sandbox.env |= aws_cloud.environment(MAIN)
    project.destroy()
    assert inventory(aws_cloud) == {}


def test_allowed_and_forbidden_accounts(program, aws_cloud):
    for key, value in (("allowedAccountIds[0]", OTHER.account), ("forbiddenAccountIds[0]", MAIN.account)):
        project = program(VPC, name=f"guard-{key[:5]}")
        configure(project, key, f"{value}")
        run = project.up(ok=False)
        assert MAIN.account in run.output
        assert inventory(aws_cloud) == {}
        assert aws_cloud.records.all("CreateVpc") == []


def test_default_and_ignored_tags(program, aws_cloud):
    project = program(VPC)
    configure(project, "defaultTags.tags.team", "models")
    configure(project, "ignoreTags.keyPrefixes[0]", "cost:")
    project.up()
    identity = resources_of(project.export())["vpc"]["id"]
    assert tags(aws_cloud, "vpc")[identity] == {"name": "seed", "team": "models"}
    assert resources_of(project.export())["vpc"]["outputs"]["tagsAll"] == {
        "name": "seed", "team": "models"}
    aws_cloud.moto.ec2(Place(), "CreateTags", [("ResourceId.1", identity),
                                               ("Tag.1.Key", "cost:center"), ("Tag.1.Value", "7")])
    assert project.refresh().changed() == [] and project.preview().changed() == []
    configure(project, "defaultTags.tags.team", "others")
    assert project.up().op("vpc") == "update"
    assert tags(aws_cloud, "vpc")[identity] == {"name": "seed", "team": "others", "cost:center": "7"}
    # A tag of the program that becomes a default one stays as it is.
    configure(project, "defaultTags.tags.name", "seed")
    write(project, changed(VPC, "vpc", tags=None))
    assert project.preview().changed() == [] and project.up().changed() == []
    assert "tags" not in resources_of(project.export())["vpc"]["inputs"]
    assert project.refresh().changed() == [] and project.preview().changed() == []
    project.destroy()
