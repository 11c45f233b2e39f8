"""What exists in one account and region, and how slowly it comes and goes."""

import dataclasses
import time
import uuid

from ..errors import AwsError


@dataclasses.dataclass
class Timing:
    """Each state lasts until so many describes have seen it and so many seconds have passed. The
    real service takes minutes (reference: 4 to 10 for a firewall)."""

    ready_describes: int = 2  # PROVISIONING after CreateFirewall and after a change of subnets
    ready_seconds: float = 0.0
    sync_describes: int = 1  # PENDING after a change of policy or rule group
    sync_seconds: float = 0.0
    stale_describes: int = 1  # still READY after AssociateSubnets or DisassociateSubnets
    delete_describes: int = 1  # DELETING before it is gone
    delete_seconds: float = 0.0
    # So many deletes of a policy or rule group are refused although the last user is gone: the
    # count of references lags. No source says for how long.
    release_calls: int = 0
    linger_calls: int = 0  # so many DeleteSubnet are refused after the endpoint is gone
    protections: bool = True  # of a firewall that was created without them: the model's text


class Countdown:
    """Over once it was looked at `looks` times and `seconds` have passed."""

    def __init__(self, looks, seconds=0.0):
        self._looks, self._end = looks, time.monotonic() + seconds

    def look(self):
        """Whether it is over; a look that finds it running counts."""
        if self._looks <= 0 and time.monotonic() >= self._end:
            return True
        self._looks -= 1
        return False


@dataclasses.dataclass
class RuleGroup:
    name: str
    arn: str
    type: str
    capacity: int
    consumed: int
    content: dict  # RuleGroup as the model has it
    description: str | None
    summary: dict | None
    tags: dict
    id: str = dataclasses.field(default_factory=lambda: str(uuid.uuid4()))
    token: str = dataclasses.field(default_factory=lambda: str(uuid.uuid4()))
    modified: float = dataclasses.field(default_factory=time.time)
    deleting: Countdown | None = None
    refusals: int = 0  # deletes still to be refused

    @property
    def rule_order(self):
        return self.content.get("StatefulRuleOptions", {}).get("RuleOrder", "DEFAULT_ACTION_ORDER")


@dataclasses.dataclass
class Policy:
    name: str
    arn: str
    content: dict  # FirewallPolicy as the model has it
    description: str | None
    tags: dict
    id: str = dataclasses.field(default_factory=lambda: str(uuid.uuid4()))
    token: str = dataclasses.field(default_factory=lambda: str(uuid.uuid4()))
    modified: float = dataclasses.field(default_factory=time.time)
    deleting: Countdown | None = None
    refusals: int = 0

    def references(self):
        return [reference["ResourceArn"] for name in
                ("StatelessRuleGroupReferences", "StatefulRuleGroupReferences")
                for reference in self.content.get(name, [])]


@dataclasses.dataclass
class Attachment:
    """One firewall endpoint."""

    zone: str
    subnet: str | None  # None for a firewall of a transit gateway
    address_type: str | None
    endpoint: str | None = None  # once it is ready
    status: str = "CREATING"


@dataclasses.dataclass
class Firewall:
    name: str
    arn: str
    policy_arn: str
    vpc: str | None
    transit_gateway: str | None
    attachments: list
    protections: dict  # DeleteProtection, SubnetChangeProtection, ... -> bool
    description: str | None
    analysis: list
    tags: dict
    encryption: dict | None = None
    id: str = dataclasses.field(default_factory=lambda: str(uuid.uuid4()))
    token: str = dataclasses.field(default_factory=lambda: str(uuid.uuid4()))
    logging: list = dataclasses.field(default_factory=list)
    dashboard: bool = False
    stale: Countdown | None = None  # while it runs, describes show nothing of `pending`
    pending: Countdown | None = None  # attachments come or go
    syncing: Countdown | None = None  # the configuration is being distributed
    deleting: Countdown | None = None
    failure: str | None = None  # set by fail_next(): the endpoints fail instead of becoming ready


class Place:
    """One account in one region."""

    def __init__(self, caller):
        self.account, self.region, self.partition = caller.account, caller.region, caller.partition
        self.caller = caller
        self.rule_groups, self.policies, self.firewalls = {}, {}, {}

    def arn(self, kind, name):
        return f"arn:{self.partition}:network-firewall:{self.region}:{self.account}:{kind}/{name}"

    def taggable(self, arn):
        for table in (self.rule_groups, self.policies, self.firewalls):
            if arn in table:
                return table[arn]
        raise not_found(arn)

    def policies_with(self, rule_group_arn):
        return [policy for policy in self.policies.values()
                if rule_group_arn in policy.references()]

    def firewalls_with(self, policy_arn):
        return [firewall for firewall in self.firewalls.values()
                if firewall.policy_arn == policy_arn]


def new_token(thing):
    thing.token = str(uuid.uuid4())


def check_token(thing, parameters):
    given = parameters.get("UpdateToken")
    if given is not None and given != thing.token:
        raise AwsError("InvalidTokenException", "The update token is stale or not valid.")


def not_found(what):
    return AwsError("ResourceNotFoundException", f"There is no resource {what}.")


def invalid(text):
    return AwsError("InvalidRequestException", text)


def in_use():
    return AwsError("InvalidOperationException",
                    "Unable to delete the object because it is still in use.")


def tags_of(parameters):
    tags = {tag["Key"]: tag["Value"] for tag in parameters.get("Tags", [])}
    reserved = [key for key in tags if key.lower().startswith("aws:")]
    if reserved:
        raise invalid(f"The tag key {reserved[0]} has a reserved prefix.")
    if len(tags) != len(parameters.get("Tags", [])):
        raise invalid("A tag key is given twice.")
    return tags


def tag_list(tags):
    return [{"Key": key, "Value": value} for key, value in tags.items()]


def without_none(value):
    return {name: item for name, item in value.items() if item is not None}


def page(items, parameters, name, size=100):
    """A page of a listing under that name, with NextToken where more follow."""
    start = int(parameters.get("NextToken", "0"))
    end = start + (parameters.get("MaxResults") or size)
    answer = {name: items[start:end]}
    if end < len(items):
        answer["NextToken"] = str(end)
    return answer
