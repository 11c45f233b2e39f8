"""Replacements that the engine decides on, by `replaceOnChanges`: Diff calls it a change."""

import copy

from inventory import inventory
from programs import RULE_GROUP, changed, resource, write


def replacing(**properties):
    """A rule group that a change of its description replaces."""
    made = copy.deepcopy(RULE_GROUP)
    made["domains"]["properties"] |= properties
    made["domains"]["options"] = {"replaceOnChanges": ["description"]}
    return made


def calls_of_a_replacement(program, cloud, resources):
    project = program(resources)
    project.up()
    write(project, changed(resources, "domains", description="another"))
    before = len(cloud.records.operations())
    assert "replace" in project.up().ops("domains")
    calls = cloud.records.operations()[before:]
    assert project.preview().changed() == []
    project.destroy()
    assert inventory(cloud) == {}
    return [call for call in calls if call in ("CreateRuleGroup", "DeleteRuleGroup")]


def test_a_name_that_the_program_gives_is_free_before_it_is_used_again(program, aws_cloud):
    calls = calls_of_a_replacement(program, aws_cloud, replacing(ruleGroupName="domains"))
    assert calls == ["DeleteRuleGroup", "CreateRuleGroup"]


def test_a_name_that_was_made_is_another_one_and_nothing_is_missing_meanwhile(program, aws_cloud):
    calls = calls_of_a_replacement(program, aws_cloud, replacing())
    assert calls == ["CreateRuleGroup", "DeleteRuleGroup"]


def test_a_key_that_no_path_can_name_may_change(program):
    """The engine reads the path of each difference, and ends the run at one that is none."""
    def key(value):
        return {"key": resource("palisade:tls:PrivateKey", algorithm="ED25519",
                                triggers={"C:\\keys\\": value})}
    project = program(key("1"))
    project.up()
    write(project, key("2"))
    assert "replace" in project.up().ops("key")
    assert project.preview().changed() == []
