"""Errors of the services, and the codes that differ from one service to the next."""

from localstack.aws.api.core import CommonServiceException


class AwsError(CommonServiceException):
    """Raised by a double; the serializer of the service's protocol writes it."""

    def __init__(self, code, message, status=400):
        super().__init__(code, message, status, sender_fault=status < 500)


# Service -> (code, HTTP status). "" is for all others.
THROTTLED = {
    "ec2": ("RequestLimitExceeded", 503), "s3": ("SlowDown", 503), "sts": ("Throttling", 400),
    "iam": ("Throttling", 400), "route53": ("Throttling", 400), "": ("ThrottlingException", 400),
}
EXPIRED = {
    "ec2": ("RequestExpired", 400), "s3": ("ExpiredToken", 400), "sts": ("ExpiredToken", 403),
    "iam": ("ExpiredToken", 403), "route53": ("ExpiredToken", 403),
    "": ("ExpiredTokenException", 400),
}
INTERNAL = {
    "ec2": ("InternalError", 500), "s3": ("InternalError", 500), "sts": ("InternalFailure", 500),
    "iam": ("ServiceFailure", 500), "network-firewall": ("InternalServerError", 500),
    "": ("InternalFailure", 500),
}
UNAVAILABLE = {"ec2": ("Unavailable", 503), "": ("ServiceUnavailable", 503)}
# Operation -> code of a describe that finds nothing.
NOT_FOUND = {
    "DescribeVpcs": "InvalidVpcID.NotFound",
    "DescribeVpcAttribute": "InvalidVpcID.NotFound",
    "ModifyVpcAttribute": "InvalidVpcID.NotFound",
    "DescribeSubnets": "InvalidSubnetID.NotFound",
    "ModifySubnetAttribute": "InvalidSubnetID.NotFound",
    "DescribeSecurityGroups": "InvalidGroup.NotFound",
    "DescribeSecurityGroupRules": "InvalidSecurityGroupRuleId.NotFound",
    "DescribeRouteTables": "InvalidRouteTableID.NotFound",
    "CreateRoute": "InvalidRouteTableID.NotFound",
    "DescribeInternetGateways": "InvalidInternetGatewayID.NotFound",
    "DescribeVpcEndpoints": "InvalidVpcEndpointId.NotFound",
    "": "ResourceNotFoundException",
}


def code_of(table, key):
    return table.get(key, table[""])
