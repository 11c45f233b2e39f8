"""What stands before moto's EC2, where moto is wrong."""

import pytest
from botocore.exceptions import ClientError

import vpc as network
from senders import client


@pytest.fixture
def ec2(cloud):
    yield client(cloud, "ec2")
    assert cloud.records.violations() == []


def refused(code, call, **parameters):
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    assert caught.value.response["Error"]["Code"] == code


def test_a_client_token_makes_one_object(ec2, cloud):
    vpc, _ = network.make_vpc(ec2, "a")
    first = ec2.create_route_table(VpcId=vpc, ClientToken="one")["RouteTable"]["RouteTableId"]
    again = ec2.create_route_table(VpcId=vpc, ClientToken="one")["RouteTable"]["RouteTableId"]
    other = ec2.create_route_table(VpcId=vpc, ClientToken="two")["RouteTable"]["RouteTableId"]
    assert first == again != other
    refused("IdempotentParameterMismatch", ec2.create_route_table, VpcId="vpc-0123456789abcdef0",
            ClientToken="one")
    endpoint = {"VpcId": vpc, "ServiceName": "com.amazonaws.us-west-2.s3", "ClientToken": "one"}
    assert ec2.create_vpc_endpoint(**endpoint)["VpcEndpoint"]["VpcEndpointId"] \
        == ec2.create_vpc_endpoint(**endpoint)["VpcEndpoint"]["VpcEndpointId"]
    elsewhere = client(cloud, "ec2", region="eu-west-1")
    vpc, _ = network.make_vpc(elsewhere, "a")
    assert elsewhere.create_route_table(VpcId=vpc, ClientToken="one")


def test_a_failed_create_does_not_use_up_its_token(ec2):
    vpc, _ = network.make_vpc(ec2, "a")
    refused("InvalidVpcID.NotFound", ec2.create_route_table, VpcId="vpc-0123456789abcdef0",
            ClientToken="one")
    assert ec2.create_route_table(VpcId=vpc, ClientToken="one")


def test_a_gateway_has_one_route_table(ec2):
    vpc, subnets = network.make_vpc(ec2, "a")
    tables = [ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"] for _ in range(2)]
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    refused("InvalidInternetGatewayID.NotFound", ec2.associate_route_table, RouteTableId=tables[0],
            GatewayId="igw-0123456789abcdef0")
    refused("InvalidParameterValue", ec2.associate_route_table, RouteTableId=tables[0],
            GatewayId=gateway)
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    refused("InvalidRouteTableID.NotFound", ec2.associate_route_table,
            RouteTableId="rtb-0123456789abcdef0", GatewayId=gateway)
    made = ec2.associate_route_table(RouteTableId=tables[0], GatewayId=gateway)["AssociationId"]
    ec2.associate_route_table(RouteTableId=tables[0], SubnetId=subnets[0])
    for table in tables:
        refused("Resource.AlreadyAssociated", ec2.associate_route_table, RouteTableId=table,
                GatewayId=gateway)
    new = ec2.replace_route_table_association(AssociationId=made,
                                              RouteTableId=tables[1])["NewAssociationId"]
    refused("InvalidAssociationID.NotFound", ec2.replace_route_table_association,
            AssociationId=made, RouteTableId=tables[0])
    (found,) = ec2.describe_route_tables(Filters=[
        {"Name": "association.gateway-id", "Values": [gateway]}])["RouteTables"]
    (association,) = found["Associations"]
    assert (found["RouteTableId"], association["GatewayId"]) == (tables[1], gateway)
    assert association["RouteTableAssociationId"] == new != made
    ec2.disassociate_route_table(AssociationId=new)
    assert ec2.describe_route_tables(Filters=[
        {"Name": "association.gateway-id", "Values": [gateway]}])["RouteTables"] == []


def test_a_vpc_that_is_in_use_stays(ec2):
    vpc, subnets = network.make_vpc(ec2, "a")
    ec2.delete_subnet(SubnetId=subnets[0])
    group = ec2.create_security_group(GroupName="g", Description="d", VpcId=vpc)["GroupId"]
    refused("DependencyViolation", ec2.delete_vpc, VpcId=vpc)
    ec2.delete_security_group(GroupId=group)
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    refused("DependencyViolation", ec2.delete_vpc, VpcId=vpc)
    ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    endpoint = ec2.create_vpc_endpoint(VpcId=vpc, ServiceName="com.amazonaws.us-west-2.s3",
                                       VpcEndpointType="Gateway")["VpcEndpoint"]["VpcEndpointId"]
    refused("DependencyViolation", ec2.delete_vpc, VpcId=vpc)
    ec2.delete_vpc_endpoints(VpcEndpointIds=[endpoint])
    ec2.delete_vpc(VpcId=vpc)
    refused("InvalidVpcID.NotFound", ec2.describe_vpcs, VpcIds=[vpc])
