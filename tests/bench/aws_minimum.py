"""How few requests each verb needs by the API's contract, and why: what the bench compares with.

It counts what a program cannot do without that knows what it asked for, answers the same outputs, and
does not say "done" of what is still coming or going. It leaves out the look at the whole object after a
change, and what serves only an interrupted run: for Network Firewall a look for what it left.
"""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Least:
    create: int
    read: int
    tags: int | None  # None where the type has none
    change: int | None  # None where nothing but tags can change in place
    delete: int
    why: str


LEAST = {
    "Vpc": Least(4, 5, 1, 2, 2,
                 "pending at first; its default ACL and its default group are a call each, each DNS "
                 "attribute is one, and a changed one shows late"),
    "Subnet": Least(3, 2, 1, 2, 2,
                    "pending at first; the association with an ACL is a call of its own, and a changed "
                    "attribute shows late"),
    "InternetGateway": Least(1, 1, 1, None, 2, "the reply of the create tells everything"),
    "VpcGatewayAttachment": Least(2, 1, None, 3, 2,
                                  "attaching at first; another gateway is detach, attach, look"),
    "RouteTable": Least(1, 1, 1, None, 2, "the reply of the create tells everything"),
    "Route": Least(2, 1, None, 2, 2, "only a look at the table tells the state of a route"),
    "SubnetRouteTableAssociation": Least(2, 1, None, None, 2, "associating at first"),
    "GatewayRouteTableAssociation": Least(2, 1, None, 2, 2, "associating at first and when replaced"),
    "SecurityGroup": Least(1, 1, 1, 1, 2, "the reply of the create has the id; a rule is a call"),
    "SecurityGroupIngress": Least(1, 1, 1, 1, 1, "the replies hold the rule, or that it is gone"),
    "SecurityGroupEgress": Least(1, 1, 1, 1, 1, "the replies hold the rule, or that it is gone"),
    "VpcEndpoint": Least(2, 1, 1, 2, 2, "pending at first, also after a change"),
    "RuleGroup": Least(1, 1, 1, 2, 2, "an update needs the token that a describe gives"),
    "FirewallPolicy": Least(1, 1, 1, 2, 2, "an update needs the token that a describe gives"),
    "Firewall": Least(2, 1, 1, 1, 2, "provisioning at first; a description needs no token"),
    "LoggingConfiguration": Least(2, 1, None, 1, 2,
                                  "a call may add, change or remove one destination, and two are "
                                  "configured"),
}
