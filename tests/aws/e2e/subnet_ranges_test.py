"""Ranges of subnets: a change that fails halfway, what lies outside the VPC, what the user ignores."""

import ipaddress

from inventory import Place
from lives_test import nothing_to_do
from programs import EC2, VPC, changed, resource, write

SUBNET = VPC | {"subnet": resource(EC2 + "Subnet", vpcId="${vpc.vpcId}", cidrBlock="10.0.1.0/24",
                                   availabilityZone="us-west-2a")}


def subnet_of(cloud):
    """The subnet as it is, asked behind the gateway."""
    tree = cloud.moto.ec2(Place(), "DescribeSubnets", [("Filter.1.Name", "cidrBlock"),
                                                       ("Filter.1.Value.1", "10.0.1.0/24")])
    return tree.find("subnetSet/item")


def ranges(cloud):
    held = subnet_of(cloud).iterfind("ipv6CidrBlockAssociationSet/item")
    return [item.findtext("ipv6CidrBlock") for item in held
            if not item.findtext("ipv6CidrBlockState/state").startswith("disassociat")]


def test_a_range_that_is_refused_halfway_gives_way_to_the_one_of_before(program, aws_cloud):
    project = program(SUBNET)
    project.up()
    # The VPC gets its range from elsewhere: no type of ours gives it one.
    given = aws_cloud.moto.ec2(Place(), "AssociateVpcCidrBlock", [
        ("VpcId", subnet_of(aws_cloud).findtext("vpcId")), ("AmazonProvidedIpv6CidrBlock", "true")])
    whole = given.findtext("ipv6CidrBlockAssociation/ipv6CidrBlock")
    first, second = (str(part) for part in list(ipaddress.ip_network(whole).subnets(new_prefix=64))[1:3])
    before = changed(SUBNET, "subnet", ipv6CidrBlock=first, assignIpv6AddressOnCreation=True)
    after = changed(SUBNET, "subnet", ipv6CidrBlock=second, assignIpv6AddressOnCreation=True)

    def assigns():
        return subnet_of(aws_cloud).findtext("assignIpv6AddressOnCreation")

    def refused():
        aws_cloud.faults.add("error", operation="AssociateSubnetCidrBlock", code="InvalidSubnet.Conflict")
        write(project, after)
        project.up(ok=False)
        assert ranges(aws_cloud) == [] and assigns() == "false"

    write(project, before)
    project.up()
    refused()
    write(project, before)
    assert project.up().op("subnet") == "update"
    assert ranges(aws_cloud) == [first] and assigns() == "true"
    nothing_to_do(project)
    refused()
    # The same program again only finishes what was begun.
    project.up()
    assert ranges(aws_cloud) == [second] and assigns() == "true"
    nothing_to_do(project)
    project.destroy()


def test_a_subnet_outside_its_vpc_is_warned_of(program, aws_cloud):
    project = program(VPC)
    project.up()
    write(project, changed(SUBNET, "subnet", cidrBlock="10.1.1.0/24"))
    assert "aws.ec2.subnet-range" in project.preview().output
    write(project, SUBNET)
    assert "aws.ec2.subnet-range" not in project.up().output
    project.destroy()


def test_what_the_user_ignores_stays_as_others_have_left_it(program, aws_cloud):
    ignoring = SUBNET | {"subnet": resource(
        EC2 + "Subnet", {"ignoreChanges": ["mapPublicIpOnLaunch"]}, mapPublicIpOnLaunch=True,
        **SUBNET["subnet"]["properties"])}
    project = program(ignoring)
    project.up()
    subnet = subnet_of(aws_cloud).findtext("subnetId")
    aws_cloud.moto.ec2(Place(), "ModifySubnetAttribute", [
        ("SubnetId", subnet), ("MapPublicIpOnLaunch.Value", "false")])
    write(project, changed(ignoring, "subnet", tags={"name": "other"}))
    assert project.up().op("subnet") == "update"
    assert subnet_of(aws_cloud).findtext("mapPublicIpOnLaunch") == "false"
    project.destroy()
