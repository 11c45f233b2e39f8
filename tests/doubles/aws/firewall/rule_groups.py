"""Operations on rule groups."""

import datetime
import time

from . import rules
from .store import (Countdown, RuleGroup, check_token, in_use, invalid, new_token, not_found, page,
                    tag_list, tags_of, without_none)


class RuleGroups:
    def __init__(self, timing, firewalls):
        self._timing, self._firewalls = timing, firewalls

    def create(self, place, parameters):
        kind = parameters["Type"]
        name = parameters["RuleGroupName"]
        arn = place.arn(_kind_of_arn(kind), name)
        if arn in place.rule_groups:
            raise invalid(f"A rule group named {name} exists already.")
        content = rules.content_of(parameters)
        group = RuleGroup(name, arn, kind, parameters["Capacity"], rules.consumed(kind, content),
                          content, parameters.get("Description"),
                          parameters.get("SummaryConfiguration"), tags_of(parameters))
        _check_capacity(group)
        if not parameters.get("DryRun"):
            place.rule_groups[arn] = group
        return {"UpdateToken": group.token, "RuleGroupResponse": _response(place, group)}

    def describe(self, place, parameters):
        group = self._find(place, parameters)
        self._settle(place, group)
        if group.arn not in place.rule_groups:
            raise not_found(group.arn)
        return {"UpdateToken": group.token, "RuleGroup": group.content,
                "RuleGroupResponse": _response(place, group)}

    def update(self, place, parameters):
        group = self._find(place, parameters)
        check_token(group, parameters)
        _check_exists(group)
        content = rules.content_of(parameters)
        changed = RuleGroup(group.name, group.arn, group.type, group.capacity,
                            rules.consumed(group.type, content), content,
                            parameters.get("Description"),
                            # unconfirmed: that it stays when it is left out, as it is no part of the
                            # content that an update replaces
                            parameters.get("SummaryConfiguration", group.summary),
                            group.tags, id=group.id)
        if changed.rule_order != group.rule_order:
            raise invalid("The rule order of a rule group cannot be changed.")
        _check_capacity(changed)
        if not parameters.get("DryRun"):
            group.content, group.consumed = changed.content, changed.consumed
            # unconfirmed: that a description left out is removed
            group.description, group.summary = changed.description, changed.summary
            group.modified = time.time()
            new_token(group)
            for policy in place.policies_with(group.arn):
                self._firewalls.sync(place, policy.arn)
        return {"UpdateToken": group.token, "RuleGroupResponse": _response(place, group)}

    def delete(self, place, parameters):
        group = self._find(place, parameters)
        if place.policies_with(group.arn):
            group.refusals = self._timing.release_calls
            raise in_use()
        if group.refusals > 0:
            group.refusals -= 1
            raise in_use()
        # unconfirmed: what a delete of what is being deleted answers
        group.deleting = group.deleting or Countdown(self._timing.delete_describes,
                                                     self._timing.delete_seconds)
        return {"RuleGroupResponse": _response(place, group)}

    def list(self, place, parameters):
        for group in list(place.rule_groups.values()):
            self._settle(place, group)
        kind = parameters.get("Type")
        found = [] if parameters.get("Scope") == "MANAGED" else [
            {"Name": group.name, "Arn": group.arn} for group in place.rule_groups.values()
            if kind in (None, group.type)]
        return page(found, parameters, "RuleGroups")

    @staticmethod
    def _find(place, parameters):
        arn, name = parameters.get("RuleGroupArn"), parameters.get("RuleGroupName")
        if not arn:
            if not name or not parameters.get("Type"):
                raise invalid("You must provide the ARN, or the name and the type.")
            arn = place.arn(_kind_of_arn(parameters["Type"]), name)
        if arn not in place.rule_groups:
            raise not_found(arn)
        return place.rule_groups[arn]

    @staticmethod
    def _settle(place, group):
        if group.deleting and group.deleting.look():
            place.rule_groups.pop(group.arn, None)


def _kind_of_arn(kind):
    kinds = {"STATELESS": "stateless-rulegroup", "STATEFUL": "stateful-rulegroup"}
    if kind not in kinds:
        raise invalid(f"This stand-in has no rule groups of type {kind}.")
    return kinds[kind]


def _check_exists(group):
    if group.deleting:
        raise not_found(group.arn)  # unconfirmed


def _check_capacity(group):
    if group.capacity < 1:
        raise invalid("Capacity must be at least 1.")
    if group.consumed > group.capacity:
        raise invalid(f"The rules need a capacity of {group.consumed}, the rule group has "
                      f"{group.capacity}.")


def _response(place, group):
    return without_none({
        "RuleGroupArn": group.arn, "RuleGroupName": group.name, "RuleGroupId": group.id,
        "Description": group.description, "Type": group.type, "Capacity": group.capacity,
        "RuleGroupStatus": "DELETING" if group.deleting else "ACTIVE",
        "Tags": tag_list(group.tags), "ConsumedCapacity": group.consumed,
        "NumberOfAssociations": len(place.policies_with(group.arn)),
        "EncryptionConfiguration": {"KeyId": "AWS_OWNED_KMS_KEY", "Type": "AWS_OWNED_KMS_KEY"},
        "LastModifiedTime": datetime.datetime.fromtimestamp(group.modified, datetime.timezone.utc),
        "SummaryConfiguration": group.summary,
    })
