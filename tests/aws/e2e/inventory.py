"""What really exists in the cloud, asked behind the gateway: for duplicates and orphans."""

import dataclasses

from doubles.aws.cloud import MAIN, REGION


@dataclasses.dataclass
class Place:
    account: str = MAIN.account
    region: str = REGION


# Kind -> (call, path of the items, id). What every VPC and account has from the start is left out.
KINDS = {
    "vpc": ("DescribeVpcs", "vpcSet", "vpcId"),
    "subnet": ("DescribeSubnets", "subnetSet", "subnetId"),
    "group": ("DescribeSecurityGroups", "securityGroupInfo", "groupId"),
    "table": ("DescribeRouteTables", "routeTableSet", "routeTableId"),
    "gateway": ("DescribeInternetGateways", "internetGatewaySet", "internetGatewayId"),
    "endpoint": ("DescribeVpcEndpoints", "vpcEndpointSet", "vpcEndpointId"),
}


def inventory(cloud, place=None):
    """Kind -> sorted ids; Network Firewall's objects under "firewall", by ARN."""
    place = place or Place()
    trees = {kind: cloud.moto.ec2(place, call) for kind, (call, _, _) in KINDS.items()}
    default = {item.findtext("vpcId") for item in trees["vpc"].iterfind("vpcSet/item")
               if item.findtext("isDefault") == "true"}
    found = {"firewall": sorted(cloud.firewall.objects(place.account, place.region))}
    for kind, (_, path, name) in KINDS.items():
        found[kind] = sorted(item.findtext(name) for item in trees[kind].iterfind(f"{path}/item")
                             if item.findtext("vpcId") not in default and not _made_by_aws(kind, item))
    return {kind: ids for kind, ids in found.items() if ids}


def _made_by_aws(kind, item):
    if kind == "group":
        return item.findtext("groupName") == "default"
    if kind == "table":
        return any(main.text == "true" for main in item.iterfind("associationSet/item/main"))
    if kind == "endpoint":
        # Deleted ones stay in moto's list; those of a firewall are the firewall's.
        return item.findtext("state") == "deleted" or any(
            key.text == "AWSNetworkFirewallManaged" for key in item.iterfind("tagSet/item/key"))
    return False


def counts(cloud, place=None):
    return {kind: len(ids) for kind, ids in inventory(cloud, place).items()}


def tags(cloud, kind, place=None):
    """Id -> tags, of one kind."""
    call, path, name = KINDS[kind]
    tree = cloud.moto.ec2(place or Place(), call)
    return {item.findtext(name): {tag.findtext("key"): tag.findtext("value")
                                  for tag in item.iterfind("tagSet/item")}
            for item in tree.iterfind(f"{path}/item")}
