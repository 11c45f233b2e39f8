"""A stand-in of Network Firewall: what moto lacks. Its replies are written by the service's model.

Behaviour comes from the texts in botocore's model and from what Terraform and Pulumi are known to
rely on; what neither confirms is marked "unconfirmed" where it is decided."""

import threading

from ..errors import AwsError
from . import tags
from .firewalls import PROTECTIONS, Firewalls
from .logging_configuration import Logging
from .network import Network
from .policies import Policies
from .rule_groups import RuleGroups
from .store import Countdown, Place, Timing


class FirewallDouble:
    """Holds every account's and region's objects; calls are serialized by one lock."""

    def __init__(self, moto):
        self.timing = Timing()
        self.network = Network(moto, self.timing)
        self.firewalls = Firewalls(self.timing, self.network)
        rule_groups = RuleGroups(self.timing, self.firewalls)
        policies = Policies(self.timing, self.firewalls)
        logging = Logging(self.firewalls)
        firewalls = self.firewalls
        self._lock = threading.RLock()
        self._places = {}
        self._operations = {
            "CreateRuleGroup": rule_groups.create,
            "DescribeRuleGroup": rule_groups.describe,
            "UpdateRuleGroup": rule_groups.update,
            "DeleteRuleGroup": rule_groups.delete,
            "ListRuleGroups": rule_groups.list,
            "CreateFirewallPolicy": policies.create,
            "DescribeFirewallPolicy": policies.describe,
            "UpdateFirewallPolicy": policies.update,
            "DeleteFirewallPolicy": policies.delete,
            "ListFirewallPolicies": policies.list,
            "CreateFirewall": firewalls.create,
            "DescribeFirewall": firewalls.describe,
            "DeleteFirewall": firewalls.delete,
            "ListFirewalls": firewalls.list,
            "AssociateFirewallPolicy": firewalls.associate_policy,
            "AssociateSubnets": firewalls.associate_subnets,
            "DisassociateSubnets": firewalls.disassociate_subnets,
            "AssociateAvailabilityZones": firewalls.associate_zones,
            "DisassociateAvailabilityZones": firewalls.disassociate_zones,
            "UpdateFirewallDescription": firewalls.update_description,
            "UpdateFirewallAnalysisSettings": firewalls.update_analysis,
            "UpdateFirewallEncryptionConfiguration": firewalls.update_encryption,
            "UpdateLoggingConfiguration": logging.update,
            "DescribeLoggingConfiguration": logging.describe,
            "TagResource": tags.tag,
            "UntagResource": tags.untag,
            "ListTagsForResource": tags.list_tags,
        } | {_protection_operation(name): firewalls.protect(name) for name in PROTECTIONS}

    def call(self, operation, parameters, caller, _request=None):
        if operation not in self._operations:
            raise AwsError("UnsupportedOperationException", f"this stand-in has no {operation}")
        with self._lock:
            return self._operations[operation](self.place(caller), parameters)

    def place(self, caller):
        """The objects of the caller's account and region."""
        place = self._places.setdefault((caller.account, caller.region), Place(caller))
        place.caller = caller
        return place

    def objects(self, account=None, region=None):
        """ARN -> object, of everything that exists; tests look for duplicates and orphans here."""
        with self._lock:
            return {arn: thing for (its_account, its_region), place in self._places.items()
                    if account in (None, its_account) and region in (None, its_region)
                    for table in (place.rule_groups, place.policies, place.firewalls)
                    for arn, thing in table.items()}

    def fail_next(self, message="Unable to create the endpoint: the subnet has no free addresses."):
        """The next firewall's endpoints end in FAILED with that message."""
        self.firewalls.failures.append(message)

    def hasten(self):
        """Every state that is being waited for is over at the next describe."""
        with self._lock:
            for thing in self.objects().values():
                for name in ("stale", "pending", "syncing", "deleting"):
                    if getattr(thing, name, None):
                        setattr(thing, name, Countdown(0))

    def forget(self):
        """Every object is gone, as if somebody else had deleted it."""
        with self._lock:
            self._places.clear()
            self.network.reset()

    def reset(self):
        """Forgets every object; timing goes back to its defaults."""
        with self._lock:
            self.forget()
            self.firewalls.failures.clear()
            vars(self.timing).update(vars(Timing()))


def _protection_operation(name):
    return {"DeleteProtection": "UpdateFirewallDeleteProtection"}.get(name, f"Update{name}")
