"""The program of seed 001 as it was written (tests/aws/programs): previews that lead, one faulty
resource each, to a program without mistakes."""

import pytest

from harness import ROOT
from inventory import inventory

SEED = ROOT / "tests" / "aws" / "programs" / "seed_001_as_written"
# What a preview says of a resource, all at once -> what its author then writes.
YAML = {
    ("aiFirewallPolicy.arn", "firewallPolicyArn"): [("aiFirewallPolicy.arn", "aiFirewallPolicy.firewallPolicyArn")],
    ("subnet-0bb1c79de3EXAMPLE", "subnetId of a Subnet"): [
        ("subnet-0bb1c79de3EXAMPLE", "${firewallSubnet.subnetId}"),
        ("  aiFirewallPolicy:\n", "  firewallSubnet:\n    type: palisade:aws/ec2:Subnet\n"
                                  "    properties:\n      vpcId: ${aiVpc.vpcId}\n"
                                  "      cidrBlock: 10.0.0.0/28\n  aiFirewallPolicy:\n"),
    ],
    ("write HTTP_HOST", "write TLS_SNI", "domain list takes domain names", "stateless"): [
        ("[HTTP, HTTPS]", "[HTTP_HOST, TLS_SNI]"), ("targets: [203.0.113.0/24]", "targets: [.example.com]"),
    ],
}
PYTHON = {
    ("subnet-0bb1c79de3EXAMPLE", "subnetId of a Subnet"): [
        ('"subnet-0bb1c79de3EXAMPLE"', "ec2.Subnet('firewallSubnet', vpc_id=vpc.vpc_id, "
                                       "cidr_block='10.0.0.0/28').subnet_id")],
    ("write HTTP_HOST", "write TLS_SNI", "domain list takes domain names", "stateless"): [
        ('["HTTP", "HTTPS"]', '["HTTP_HOST", "TLS_SNI"]'),
        ('targets=["203.0.113.0/24"]', 'targets=[".example.com"]'),
    ],
}
PROGRAMS = {"yaml": ("yaml_project", "Pulumi.yaml", YAML), "python": ("python_project", "__main__.py", PYTHON)}


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", sorted(PROGRAMS))
def test_each_preview_names_the_mistakes_of_a_resource(request, aws_cloud, language):
    fixture, file, mistakes = PROGRAMS[language]
    project = request.getfixturevalue(fixture)("seed-001-as-written").copy(SEED / language).init()
    left = dict(mistakes)
    for _ in mistakes:
        run = project.preview(ok=False)
        named = [words for words in left if words[0] in run.output]
        assert named, run.output
        for words in named:
            assert all(word in run.output for word in words), run.output
            for old, new in left.pop(words):
                project.edit(file, old, new)
        if not left:
            break
    assert left == {}
    last = project.preview()
    assert last.messages("error") == []
    assert "aws.nf.enforces-nothing" in last.output, "the policy refers to no rule group"
    assert inventory(aws_cloud) == {} and aws_cloud.records.all() == []
