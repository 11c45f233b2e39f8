"""The services that the gateway knows: botocore's models, localstack's parsers and serializers."""

import functools
import threading

from botocore.loaders import Loader
from botocore.model import ServiceModel
from localstack.aws.protocol.parser import create_parser
from localstack.aws.protocol.serializer import create_serializer

# Signing name -> the model's folder in botocore, and the protocol that our side is to speak. The
# protocol is named because recent models list several and put smithy-rpc-v2-cbor first.
SERVICES = {
    "acm": ("acm", "json"),
    "ec2": ("ec2", "ec2"),
    "iam": ("iam", "query"),
    "kms": ("kms", "json"),
    "logs": ("logs", "json"),
    "network-firewall": ("network-firewall", "json"),
    "route53": ("route53", "rest-xml"),
    "s3": ("s3", "rest-xml"),
    "secretsmanager": ("secretsmanager", "json"),
    "sts": ("sts", "query"),
    "tagging": ("resourcegroupstaggingapi", "json"),
}
# Global services are signed for one region of the partition, whatever region the client has.
GLOBAL_REGIONS = {
    "iam": {"us-east-1", "cn-north-1", "us-gov-west-1"},
    "route53": {"us-east-1", "cn-northwest-1", "us-gov-west-1"},
}


class Service:
    """One service's model with what reads and writes its protocol."""

    def __init__(self, signing_name):
        folder, self.protocol = SERVICES[signing_name]
        self.signing_name = signing_name
        self.model = ServiceModel(_loader.load_service_model(folder, "service-2"), folder)
        assert self.protocol in self.model.metadata["protocols"], self.model.metadata
        self._lock = threading.Lock()  # localstack's parsers build their tables on first use
        self._parser = create_parser(self.model, self.protocol)
        self._serializer = create_serializer(self.model, self.protocol)

    @property
    def xml(self):
        return self.protocol in ("query", "ec2", "rest-xml")

    def parse(self, request):
        """(operation model, parameters) of a localstack.http.Request; raises where there is none."""
        with self._lock:
            return self._parser.parse(request)

    def result(self, operation, value, request_id):
        return self._serializer.serialize_to_response(value, operation, {}, request_id)

    def error(self, operation, error, request_id):
        """`error` is a localstack ServiceException; `operation` None where it was not found out."""
        operation = operation or self.model.operation_model(self.model.operation_names[0])
        return self._serializer.serialize_error_to_response(error, operation, {}, request_id)


_loader = Loader()
_loading = threading.Lock()


@functools.cache
def _load(signing_name):
    return Service(signing_name)


def service(signing_name):
    """The service of that signing name; KeyError where the gateway knows none."""
    with _loading:
        return _load(signing_name)


def partition_of(region):
    for prefix, partition in (("cn-", "aws-cn"), ("us-gov-", "aws-us-gov")):
        if region.startswith(prefix):
            return partition
    return "aws"
