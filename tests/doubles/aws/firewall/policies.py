"""Operations on firewall policies."""

import datetime
import time

from ..errors import AwsError
from . import rules
from .store import (Countdown, Policy, check_token, in_use, invalid, new_token, not_found, page,
                    tag_list, tags_of, without_none)

STRICT_ACTIONS = {
    "aws:drop_strict", "aws:drop_established", "aws:alert_strict", "aws:alert_established",
    "aws:drop_established_app_layer", "aws:alert_established_app_layer",
    "aws:drop_established_to_server", "aws:alert_established_to_server",
    "aws:drop_established_app_layer_to_server", "aws:alert_established_app_layer_to_server",
}


class Policies:
    def __init__(self, timing, firewalls):
        self._timing, self._firewalls = timing, firewalls

    def create(self, place, parameters):
        name = parameters["FirewallPolicyName"]
        arn = place.arn("firewall-policy", name)
        if arn in place.policies:
            raise invalid(f"A firewall policy named {name} exists already.")
        _check(place, parameters["FirewallPolicy"])
        policy = Policy(name, arn, parameters["FirewallPolicy"], parameters.get("Description"),
                        tags_of(parameters))
        if not parameters.get("DryRun"):
            place.policies[arn] = policy
        return {"UpdateToken": policy.token, "FirewallPolicyResponse": _response(place, policy)}

    def describe(self, place, parameters):
        policy = self._find(place, parameters)
        self._settle(place, policy)
        if policy.arn not in place.policies:
            raise not_found(policy.arn)
        return {"UpdateToken": policy.token, "FirewallPolicy": policy.content,
                "FirewallPolicyResponse": _response(place, policy)}

    def update(self, place, parameters):
        policy = self._find(place, parameters)
        check_token(policy, parameters)
        if policy.deleting:
            raise not_found(policy.arn)  # unconfirmed
        if parameters.get("Description") == "":
            # Terraform avoids it for this reason.
            raise AwsError("InternalServerError", "An internal error has occurred.", 500)
        _check(place, parameters["FirewallPolicy"])
        if not parameters.get("DryRun"):
            policy.content = parameters["FirewallPolicy"]
            # unconfirmed: that a description left out is removed
            policy.description = parameters.get("Description")
            policy.modified = time.time()
            new_token(policy)
            self._firewalls.sync(place, policy.arn)
        return {"UpdateToken": policy.token, "FirewallPolicyResponse": _response(place, policy)}

    def delete(self, place, parameters):
        policy = self._find(place, parameters)
        self._firewalls.settle_all(place)
        if place.firewalls_with(policy.arn):
            policy.refusals = self._timing.release_calls
            raise in_use()
        if policy.refusals > 0:
            policy.refusals -= 1
            raise in_use()
        policy.deleting = policy.deleting or Countdown(self._timing.delete_describes,
                                                       self._timing.delete_seconds)
        return {"FirewallPolicyResponse": _response(place, policy)}

    def list(self, place, parameters):
        for policy in list(place.policies.values()):
            self._settle(place, policy)
        found = [{"Name": policy.name, "Arn": policy.arn} for policy in place.policies.values()]
        return page(found, parameters, "FirewallPolicies")

    @staticmethod
    def _find(place, parameters):
        arn, name = parameters.get("FirewallPolicyArn"), parameters.get("FirewallPolicyName")
        if not arn and not name:
            raise invalid("You must provide the ARN or the name.")
        arn = arn or place.arn("firewall-policy", name)
        if arn not in place.policies:
            raise not_found(arn)
        return place.policies[arn]

    @staticmethod
    def _settle(place, policy):
        if policy.deleting and policy.deleting.look():
            place.policies.pop(policy.arn, None)


def _check(place, content):
    custom = {action["ActionName"] for action in content.get("StatelessCustomActions", [])}
    rules.check_actions(content["StatelessDefaultActions"], custom)
    rules.check_actions(content["StatelessFragmentDefaultActions"], custom)
    stateless = content.get("StatelessRuleGroupReferences", [])
    stateful = content.get("StatefulRuleGroupReferences", [])
    order = content.get("StatefulEngineOptions", {}).get("RuleOrder", "DEFAULT_ACTION_ORDER")
    _check_references(place, stateless, "STATELESS")
    _check_references(place, stateful, "STATEFUL")
    _unique_priorities(stateless)
    if order == "STRICT_ORDER":
        if any("Priority" not in reference for reference in stateful):
            raise invalid("With STRICT_ORDER every stateful reference needs a priority.")
        _unique_priorities(stateful)
        unknown = set(content.get("StatefulDefaultActions", [])) - STRICT_ACTIONS
        if unknown:
            raise invalid(f"There is no stateful default action {sorted(unknown)[0]}.")
    else:
        if any("Priority" in reference for reference in stateful):
            raise invalid("Priorities of stateful references need STRICT_ORDER.")
        if content.get("StatefulDefaultActions"):
            raise invalid("StatefulDefaultActions need STRICT_ORDER.")
    for reference in stateful:
        if place.rule_groups[reference["ResourceArn"]].rule_order != order:
            raise invalid(f"{reference['ResourceArn']} has another rule order than the policy.")


def _check_references(place, references, kind):
    arns = [reference["ResourceArn"] for reference in references]
    if len(set(arns)) != len(arns):
        raise invalid("A rule group is referred to twice.")
    for arn in arns:
        group = place.rule_groups.get(arn)
        if group is None or group.deleting:
            raise invalid(f"There is no rule group {arn}.")
        if group.type != kind:
            raise invalid(f"{arn} is not of type {kind}.")


def _unique_priorities(references):
    priorities = [reference["Priority"] for reference in references]
    if len(set(priorities)) != len(priorities):
        raise invalid("Two rule groups have the same priority.")


def _capacity(place, policy, kind):
    return sum(place.rule_groups[arn].capacity for arn in policy.references()
               if arn in place.rule_groups and place.rule_groups[arn].type == kind)


def _response(place, policy):
    return without_none({
        "FirewallPolicyName": policy.name, "FirewallPolicyArn": policy.arn,
        "FirewallPolicyId": policy.id, "Description": policy.description,
        "FirewallPolicyStatus": "DELETING" if policy.deleting else "ACTIVE",
        "Tags": tag_list(policy.tags),
        # The model: a reference reserves the rule group's whole capacity.
        "ConsumedStatelessRuleCapacity": _capacity(place, policy, "STATELESS"),
        "ConsumedStatefulRuleCapacity": _capacity(place, policy, "STATEFUL"),
        "NumberOfAssociations": len(place.firewalls_with(policy.arn)),
        "EncryptionConfiguration": {"KeyId": "AWS_OWNED_KMS_KEY", "Type": "AWS_OWNED_KMS_KEY"},
        "LastModifiedTime": datetime.datetime.fromtimestamp(policy.modified, datetime.timezone.utc),
    })
