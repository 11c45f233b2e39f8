"""GetResources of the tagging API: moto's answer and what the Network Firewall double holds."""

import json

from .errors import AwsError
from .firewall.store import tag_list


class Tagging:
    def __init__(self, moto, firewall):
        self._moto, self._firewall = moto, firewall

    def call(self, operation, parameters, caller, request):
        if operation != "GetResources":
            return None
        reply = self._moto.forward(request, caller)
        if reply.status != 200:
            raise AwsError("InternalServiceException", "moto failed", 500)
        answer = json.loads(reply.body)
        types = parameters.get("ResourceTypeFilters", [])
        if parameters.get("PaginationToken") or types and not any(
                kind.startswith("network-firewall") for kind in types):
            return answer
        for arn, thing in self._firewall.objects(caller.account, caller.region).items():
            kind = f"network-firewall:{arn.split(':')[5].split('/')[0]}"
            if types and kind not in types and "network-firewall" not in types:
                continue
            if all(_has(thing.tags, wanted) for wanted in parameters.get("TagFilters", [])):
                answer["ResourceTagMappingList"].append(
                    {"ResourceARN": arn, "Tags": tag_list(thing.tags)})
        return answer


def _has(tags, wanted):
    values = wanted.get("Values", [])
    return wanted["Key"] in tags and (not values or tags[wanted["Key"]] in values)
