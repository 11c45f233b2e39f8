"""Operations on firewalls, and the states that they pass through."""

from ..errors import AwsError
from .firewall_reply import firewall_reply, status_reply
from .store import (Attachment, Countdown, Firewall, check_token, invalid, new_token, not_found, page,
                    tags_of)

PROTECTIONS = ("DeleteProtection", "SubnetChangeProtection", "FirewallPolicyChangeProtection",
               "AvailabilityZoneChangeProtection")


class Firewalls:
    """`network` is what the double sees of EC2: see network.py."""

    def __init__(self, timing, network):
        self._timing, self._network = timing, network
        self.failures = []  # messages; each makes the next firewall to become ready fail

    def create(self, place, parameters):
        name = parameters["FirewallName"]
        arn = place.arn("firewall", name)
        if arn in place.firewalls:
            raise invalid(f"A firewall named {name} exists already.")
        _check_policy(place, parameters["FirewallPolicyArn"])
        vpc, gateway = parameters.get("VpcId"), parameters.get("TransitGatewayId")
        if (vpc is None) == (gateway is None):
            raise invalid("You must provide either VpcId or TransitGatewayId.")
        if gateway:
            attachments = self._zones([], parameters.get("AvailabilityZoneMappings", []))
        else:
            attachments = self._subnets(place, vpc, [], parameters.get("SubnetMappings", []))
        if not attachments:
            raise invalid("A firewall needs at least one subnet or Availability Zone.")
        default = self._timing.protections  # unconfirmed: the model says true, Terraform acts on false
        names = PROTECTIONS if gateway else PROTECTIONS[:3]
        firewall = Firewall(
            name, arn, parameters["FirewallPolicyArn"], vpc, gateway, attachments,
            {key: parameters.get(key, default) for key in names}, parameters.get("Description"),
            parameters.get("EnabledAnalysisTypes", []), tags_of(parameters),
            parameters.get("EncryptionConfiguration"))
        firewall.pending = self._ready_countdown()
        firewall.failure = self.failures.pop(0) if self.failures else None
        place.firewalls[arn] = firewall
        return {"Firewall": firewall_reply(firewall),
                "FirewallStatus": {"Status": "PROVISIONING",
                                   "ConfigurationSyncStateSummary": "PENDING"}}

    def describe(self, place, parameters):
        firewall = self.find(place, parameters)
        stale = firewall.stale and not firewall.stale.look()
        if not stale:
            firewall.stale = None
            self._settle(place, firewall)
        if firewall.arn not in place.firewalls:
            raise not_found(firewall.arn)
        return {"UpdateToken": firewall.token, "Firewall": firewall_reply(firewall),
                "FirewallStatus": status_reply(place, firewall, stale)}

    def delete(self, place, parameters):
        firewall = self.find(place, parameters)
        if parameters.get("DeleteAssociatedNatGateways"):
            raise invalid("The firewall has no NAT gateways of its own.")
        if firewall.protections["DeleteProtection"]:
            raise AwsError("InvalidOperationException",
                           "The firewall has delete protection. Lift it first.")
        endpoints = [attachment.endpoint for attachment in firewall.attachments]
        # unconfirmed in its form: the model asks to free the route tables first
        if self._network.routed(place.caller, endpoints):
            raise AwsError("InvalidOperationException",
                           "A route table still has a route to an endpoint of the firewall.")
        if not firewall.deleting:
            firewall.deleting = Countdown(self._timing.delete_describes, self._timing.delete_seconds)
            for attachment in firewall.attachments:
                attachment.status = "DELETING"
        return {"Firewall": firewall_reply(firewall),
                "FirewallStatus": status_reply(place, firewall, False)}

    def list(self, place, parameters):
        self.settle_all(place)
        vpcs = parameters.get("VpcIds")
        found = [{"FirewallName": firewall.name, "FirewallArn": firewall.arn}
                 for firewall in place.firewalls.values() if not vpcs or firewall.vpc in vpcs]
        return page(found, parameters, "Firewalls")

    def associate_policy(self, place, parameters):
        firewall = self._changeable(place, parameters)
        if firewall.protections["FirewallPolicyChangeProtection"]:
            raise AwsError("InvalidOperationException",
                           "The firewall has policy change protection. Lift it first.")
        _check_policy(place, parameters["FirewallPolicyArn"])
        firewall.policy_arn = parameters["FirewallPolicyArn"]
        firewall.syncing = self._sync_countdown()
        return _answer(firewall, FirewallPolicyArn=firewall.policy_arn)

    def associate_subnets(self, place, parameters):
        firewall = self._changeable(place, parameters, "SubnetChangeProtection")
        if not firewall.vpc:
            raise invalid("A firewall of a transit gateway has no subnets.")
        firewall.attachments += self._subnets(place, firewall.vpc, firewall.attachments,
                                              parameters["SubnetMappings"])
        self._attachments_change(firewall)
        return self._subnet_answer(firewall)

    def disassociate_subnets(self, place, parameters):
        firewall = self._changeable(place, parameters, "SubnetChangeProtection")
        asked = set(parameters["SubnetIds"])
        unknown = asked - {attachment.subnet for attachment in firewall.attachments}
        if unknown:
            # The word is what Terraform looks for in this message.
            raise invalid(f"The subnet {sorted(unknown)[0]} is inaccessible.")
        self._detach(place, firewall, lambda attachment: attachment.subnet in asked)
        return self._subnet_answer(firewall)

    def associate_zones(self, place, parameters):
        firewall = self._changeable(place, parameters, "AvailabilityZoneChangeProtection")
        firewall.attachments += self._zones(firewall.attachments,
                                            parameters["AvailabilityZoneMappings"])
        self._attachments_change(firewall)
        return self._zone_answer(firewall)

    def disassociate_zones(self, place, parameters):
        firewall = self._changeable(place, parameters, "AvailabilityZoneChangeProtection")
        asked = {mapping["AvailabilityZone"] for mapping in parameters["AvailabilityZoneMappings"]}
        if asked - {attachment.zone for attachment in firewall.attachments}:
            raise invalid("The firewall does not use that Availability Zone.")
        self._detach(place, firewall, lambda attachment: attachment.zone in asked)
        return self._zone_answer(firewall)

    def update_description(self, place, parameters):
        firewall = self._changeable(place, parameters)
        firewall.description = parameters.get("Description") or None
        return _answer(firewall, Description=firewall.description or "")

    def update_analysis(self, place, parameters):
        firewall = self._changeable(place, parameters)
        firewall.analysis = parameters.get("EnabledAnalysisTypes", [])
        return _answer(firewall, EnabledAnalysisTypes=firewall.analysis)

    def update_encryption(self, place, parameters):
        firewall = self._changeable(place, parameters)
        firewall.encryption = parameters.get("EncryptionConfiguration")
        return _answer(firewall, **({"EncryptionConfiguration": firewall.encryption}
                                    if firewall.encryption else {}))

    def protect(self, name):
        """The operation that sets that protection."""
        def update(place, parameters):
            firewall = self._changeable(place, parameters)
            if name not in firewall.protections:
                raise invalid("Only a firewall of a transit gateway has this protection.")
            firewall.protections[name] = parameters[name]
            return _answer(firewall, **{name: parameters[name]})
        return update

    def sync(self, place, policy_arn):
        """A policy's content changed: all its firewalls distribute it."""
        for firewall in place.firewalls_with(policy_arn):
            firewall.syncing = self._sync_countdown()

    def settle_all(self, place):
        for firewall in list(place.firewalls.values()):
            self._settle(place, firewall)

    @staticmethod
    def find(place, parameters):
        arn, name = parameters.get("FirewallArn"), parameters.get("FirewallName")
        if not arn and not name:
            raise invalid("You must provide the ARN or the name.")
        arn = arn or place.arn("firewall", name)
        if arn not in place.firewalls:
            raise not_found(arn)
        if name and place.firewalls[arn].name != name:
            raise invalid("The ARN and the name are of two firewalls.")
        return place.firewalls[arn]

    def _changeable(self, place, parameters, protection=None):
        """The firewall of an update, with a new token."""
        firewall = self.find(place, parameters)
        check_token(firewall, parameters)
        if firewall.deleting:
            raise AwsError("InvalidOperationException", "The firewall is being deleted.")  # unconfirmed
        if protection and firewall.protections.get(protection):
            raise AwsError("InvalidOperationException",
                           f"The firewall has the protection {protection}. Lift it first.")
        new_token(firewall)
        return firewall

    def _subnets(self, place, vpc, present, mappings):
        used = {attachment.zone for attachment in present if attachment.status != "DELETING"}
        made = []
        for mapping in mappings:
            subnet = self._network.subnet(place.caller, mapping["SubnetId"])
            if subnet is None or subnet.vpc != vpc:
                raise invalid(f"There is no subnet {mapping['SubnetId']} in {vpc}.")
            if subnet.zone in used:
                raise invalid(f"The firewall has a subnet in {subnet.zone} already.")
            used.add(subnet.zone)
            made.append(Attachment(subnet.zone, subnet.id, mapping.get("IPAddressType", "IPV4")))
        return made

    @staticmethod
    def _zones(present, mappings):
        zones = [mapping["AvailabilityZone"] for mapping in mappings]
        if len(set(zones)) != len(zones) or {item.zone for item in present} & set(zones):
            raise invalid("An Availability Zone is given twice.")
        return [Attachment(zone, None, None) for zone in zones]

    def _detach(self, place, firewall, chosen):
        leaving = [attachment for attachment in firewall.attachments if chosen(attachment)]
        if len(leaving) == len(firewall.attachments):
            raise invalid("A firewall needs at least one subnet.")  # unconfirmed
        if self._network.routed(place.caller, [attachment.endpoint for attachment in leaving]):
            raise AwsError("InvalidOperationException",  # unconfirmed
                           "A route table still has a route to an endpoint that would go.")
        for attachment in leaving:
            attachment.status = "DELETING"
        self._attachments_change(firewall)

    def _attachments_change(self, firewall):
        firewall.stale = Countdown(self._timing.stale_describes)
        firewall.pending = self._ready_countdown()

    def _ready_countdown(self):
        return Countdown(self._timing.ready_describes, self._timing.ready_seconds)

    def _sync_countdown(self):
        return Countdown(self._timing.sync_describes, self._timing.sync_seconds)

    def _settle(self, place, firewall):
        """Takes every step whose time has come."""
        if firewall.deleting:
            if firewall.deleting.look():
                for attachment in firewall.attachments:
                    self._network.remove_endpoint(place.caller, attachment)
                del place.firewalls[firewall.arn]
            return
        if firewall.syncing and firewall.syncing.look():
            firewall.syncing = None
        if firewall.pending and firewall.pending.look():
            firewall.pending = None
            self._finish_attachments(place, firewall)
            # The token of the call that began this is of no use any more.
            new_token(firewall)

    def _finish_attachments(self, place, firewall):
        for attachment in list(firewall.attachments):
            if attachment.status == "DELETING":
                self._network.remove_endpoint(place.caller, attachment)
                firewall.attachments.remove(attachment)
            elif attachment.status == "CREATING" and firewall.failure:
                attachment.status = "FAILED"
            elif attachment.status == "CREATING":
                attachment.endpoint = self._network.add_endpoint(place.caller, firewall, attachment)
                attachment.status = "READY"

    @staticmethod
    def _subnet_answer(firewall):
        return _answer(firewall, SubnetMappings=firewall_reply(firewall)["SubnetMappings"])

    @staticmethod
    def _zone_answer(firewall):
        return _answer(firewall,
                       AvailabilityZoneMappings=firewall_reply(firewall)["AvailabilityZoneMappings"])


def _check_policy(place, arn):
    policy = place.policies.get(arn)
    if policy is None or policy.deleting:
        raise invalid(f"There is no firewall policy {arn}.")


def _answer(firewall, **more):
    return {"FirewallArn": firewall.arn, "FirewallName": firewall.name,
            "UpdateToken": firewall.token, **more}
