"""What few networks have: IPv6 ranges of subnets that change, and virtual private gateways."""

import ipaddress

from inventory import Place
from network_access_test import nothing_to_do
from programs import EC2, VPC, changed, resource, write

SUBNET = VPC | {"subnet": resource(EC2 + "Subnet", vpcId="${vpc.vpcId}", cidrBlock="10.0.1.0/24",
                                   availabilityZone="us-west-2a")}


def vpc_of(cloud):
    tree = cloud.moto.ec2(Place(), "DescribeVpcs", [("Filter.1.Name", "cidr"), ("Filter.1.Value.1", "10.0.0.0/16")])
    return tree.findtext("vpcSet/item/vpcId")


def ranges(cloud):
    """The IPv6 ranges that the subnet holds, asked behind the gateway."""
    tree = cloud.moto.ec2(Place(), "DescribeSubnets", [("Filter.1.Name", "cidrBlock"),
                                                       ("Filter.1.Value.1", "10.0.1.0/24")])
    held = tree.iterfind("subnetSet/item/ipv6CidrBlockAssociationSet/item")
    return [item.findtext("ipv6CidrBlock") for item in held
            if not item.findtext("ipv6CidrBlockState/state").startswith("disassociat")]


def test_the_ipv6_range_of_a_subnet_comes_changes_and_goes(program, aws_cloud):
    project = program(SUBNET)
    project.up()
    # The VPC gets its range from elsewhere: no type of ours gives it one.
    given = aws_cloud.moto.ec2(Place(), "AssociateVpcCidrBlock", [
        ("VpcId", vpc_of(aws_cloud)), ("AmazonProvidedIpv6CidrBlock", "true")])
    whole = given.findtext("ipv6CidrBlockAssociation/ipv6CidrBlock")
    first, second = list(ipaddress.ip_network(whole).subnets(new_prefix=64))[1:3]
    for wanted in (first, second):
        write(project, changed(SUBNET, "subnet", ipv6CidrBlock=str(wanted)))
        assert project.up().op("subnet") == "update"
        assert ranges(aws_cloud) == [str(wanted)]
        nothing_to_do(project)
    write(project, SUBNET)
    assert project.up().op("subnet") == "update"
    assert ranges(aws_cloud) == []
    project.destroy()


def test_a_virtual_private_gateway_is_attached_and_detached(program, aws_cloud):
    made = aws_cloud.moto.ec2(Place(), "CreateVpnGateway", [("Type", "ipsec.1")])
    gateway = made.findtext("vpnGateway/vpnGatewayId")

    def attachments():
        tree = aws_cloud.moto.ec2(Place(), "DescribeVpnGateways", [("VpnGatewayId.1", gateway)])
        return [item.findtext("vpcId") for item in tree.iterfind("vpnGatewaySet/item/attachments/item")
                if item.findtext("state") == "attached"]

    project = program(VPC | {"attachment": resource(
        EC2 + "VpcGatewayAttachment", vpcId="${vpc.vpcId}", vpnGatewayId=gateway)})
    project.up()
    assert attachments() == [vpc_of(aws_cloud)]
    nothing_to_do(project)
    project.destroy()
    assert attachments() == []
