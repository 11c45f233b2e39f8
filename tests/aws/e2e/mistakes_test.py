"""The seed's own mistakes: each is named in preview, with its fix, all of one resource at once."""

import programs
from inventory import inventory
from programs import FIREWALL, PERIMETER, changed, resource, write

BY_ADDRESS = {"rulesSource": {"rulesSourceList": {
    "generatedRulesType": "ALLOWLIST", "targetTypes": ["HTTP", "HTTPS"],
    "targets": ["203.0.113.0/24"]}}}
SEED = {
    "aiVpc": programs.VPC["vpc"],
    "aiFirewallPolicy": PERIMETER["policy"] | {"properties": {"firewallPolicy": {
        "statelessDefaultActions": ["aws:forward_to_sfe"],
        "statelessFragmentDefaultActions": ["aws:forward_to_sfe"]}}},
    "aiNetworkFirewall": resource(
        FIREWALL + "Firewall", firewallPolicyArn="${aiFirewallPolicy.id}", vpcId="${aiVpc.id}",
        firewallName="aiModelFirewall", subnetMappings=[{"subnetId": "subnet-0bb1c79de3EXAMPLE"}]),
    "aiStatefulRuleGroup": resource(FIREWALL + "RuleGroup", type="STATEFUL", capacity=100,
                                    ruleGroup=BY_ADDRESS),
    "aiStatelessRuleGroup": PERIMETER["packets"],
}


def test_each_faulty_resource_takes_one_preview(program, aws_cloud):
    project = program(SEED)
    seen = ""
    for _ in range(2):  # two resources are wrong; the engine stops at the first that fails
        run = project.preview(ok=False)
        seen += run.output
        if "aiStatefulRuleGroup" in run.output and "HTTP_HOST" in run.output:
            assert "TLS_SNI" in run.output and "203.0.113.0/24" in run.output, \
                "all mistakes of a resource are told at once"
            write(project, changed(SEED, "aiStatefulRuleGroup", ruleGroup=programs.RULE_GROUP[
                "domains"]["properties"]["ruleGroup"]))
        if "subnet-0bb1c79de3EXAMPLE" in run.output:
            fixed = SEED | {"subnet": PERIMETER["subnet"] | {"properties": PERIMETER["subnet"][
                "properties"] | {"vpcId": "${aiVpc.vpcId}"}}}
            fixed = changed(fixed, "aiNetworkFirewall",
                            subnetMappings=[{"subnetId": "${subnet.subnetId}"}])
            if "HTTP_HOST" in seen:
                fixed = changed(fixed, "aiStatefulRuleGroup", ruleGroup=programs.RULE_GROUP[
                    "domains"]["properties"]["ruleGroup"])
            write(project, fixed)
    assert "subnet-0bb1c79de3EXAMPLE" in seen and "HTTP_HOST" in seen
    assert project.preview(ok=None).messages("error") == []
    assert aws_cloud.records.all() == [] and inventory(aws_cloud) == {}


def test_a_wrong_output_names_the_right_one(program):
    project = program(changed(SEED, "aiNetworkFirewall",
                              firewallPolicyArn="${aiFirewallPolicy.arn}"))
    assert "firewallPolicyArn" in project.preview(ok=False).output


WRONG = {
    "stateless rule with a domain": ("packets", {"ruleGroup": {"rulesSource": {
        "statelessRulesAndCustomActions": {"statelessRules": [{"priority": 1, "ruleDefinition": {
            "actions": ["aws:pass"], "matchAttributes": {
                "sources": [{"addressDefinition": "example.com"}]}}}]}}}}, "example.com"),
    "capacity": ("domains", {"capacity": 1, "ruleGroup": {"rulesSource": {"rulesString":
                 "pass tcp any any -> any 1 (sid:1;)\npass tcp any any -> any 2 (sid:2;)"}}}, "capacity"),
    "sid twice": ("domains", {"ruleGroup": {"rulesSource": {"rulesString":
                  "pass tcp any any -> any 1 (sid:1;)\npass tcp any any -> any 2 (sid:1;)"}}}, "sid"),
    "two sources": ("domains", {"ruleGroup": {"rulesSource": {
        "rulesString": "pass tcp any any -> any 1 (sid:1;)",
        "rulesSourceList": {"generatedRulesType": "ALLOWLIST", "targetTypes": ["TLS_SNI"],
                            "targets": ["a.com"]}}}}, "rulesString"),
    "strict actions": ("policy", {"firewallPolicy": {
        "statelessDefaultActions": ["aws:drop"], "statelessFragmentDefaultActions": ["aws:drop"],
        "statefulDefaultActions": ["aws:drop_strict"]}}, "STRICT_ORDER"),
    "misspelt": ("vpc", {"cidrBlok": "10.0.0.0/16"}, "cidrBlock"),
    "range": ("vpc", {"cidrBlock": "10.0.0.0/8"}, "cidrBlock"),
}


def test_what_the_cloud_would_refuse(program, yaml_project, aws_cloud):
    project = program(PERIMETER)
    for name, (who, properties, word) in WRONG.items():
        write(project, changed(PERIMETER, who, **properties))
        run = project.preview(ok=False)
        assert word in run.output, name
    assert aws_cloud.records.all() == []
