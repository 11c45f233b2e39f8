"""Seed 001 as it was written, its classes moved to our names and nothing repaired.

README.md lists the mistakes and what has to be said of each. The one that Python itself refuses
before any provider is asked stands in a comment.
"""

import pulumi
from pulumi_palisade.aws import ec2, networkfirewall

vpc = ec2.Vpc("aiVpc", cidr_block="10.0.0.0/16")
firewall_policy = networkfirewall.FirewallPolicy(
    "aiFirewallPolicy",
    firewall_policy=networkfirewall.FirewallPolicyFirewallPolicyArgs(
        stateless_default_actions=["aws:forward_to_sfe"],
        stateless_fragment_default_actions=["aws:forward_to_sfe"],
    ),
)
network_firewall = networkfirewall.Firewall(
    "aiNetworkFirewall",
    firewall_policy_arn=firewall_policy.id,  # was: firewall_policy.arn
    vpc_id=vpc.id,
    firewall_name="aiModelFirewall",
    subnet_mappings=[
        networkfirewall.FirewallSubnetMappingArgs(subnet_id="subnet-0bb1c79de3EXAMPLE")
    ],
)
stateful_rule_group = networkfirewall.RuleGroup(
    "aiStatefulRuleGroup",
    type="STATEFUL",
    capacity=100,
    rule_group=networkfirewall.RuleGroupRuleGroupArgs(
        rules_source=networkfirewall.RuleGroupRulesSourceArgs(
            rules_source_list=networkfirewall.RuleGroupRulesSourceListArgs(
                generated_rules_type="ALLOWLIST",
                target_types=["HTTP", "HTTPS"],
                targets=["203.0.113.0/24"],
            )
        )
    ),
)
stateless_rule_group = networkfirewall.RuleGroup(
    "aiStatelessRuleGroup",
    type="STATELESS",
    capacity=100,
    rule_group=networkfirewall.RuleGroupRuleGroupArgs(
        rules_source=networkfirewall.RuleGroupRulesSourceArgs(
            stateless_rules_and_custom_actions=(
                networkfirewall.RuleGroupStatelessRulesAndCustomActionsArgs(
                    stateless_rules=[
                        networkfirewall.RuleGroupStatelessRuleArgs(
                            priority=10,
                            rule_definition=networkfirewall.RuleGroupRuleDefinitionArgs(
                                actions=["aws:pass"],
                                match_attributes=networkfirewall.RuleGroupMatchAttributesArgs(
                                    destinations=[
                                        networkfirewall.RuleGroupAddressArgs(
                                            address_definition="203.0.113.0/24"
                                        )
                                    ],
                                    sources=[
                                        networkfirewall.RuleGroupAddressArgs(
                                            address_definition="203.0.113.0/24"
                                        )
                                    ],
                                ),
                            ),
                        )
                    ]
                )
            )
        )
    ),
)

pulumi.export("firewall_policy_id", firewall_policy.id)
pulumi.export("network_firewall_id", network_firewall.id)
pulumi.export("vpc_id", vpc.id)
pulumi.export("stateful_rule_group_id", stateful_rule_group.id)
pulumi.export("stateless_rule_group_id", stateless_rule_group.id)
