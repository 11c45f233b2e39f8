"""The logging configuration of a firewall: one change per call."""

from .store import invalid

MAX_DESTINATIONS = 3
# Type of destination -> the key that says where; `prefix` may stand beside a bucket.
KEYS = {"S3": "bucketName", "CloudWatchLogs": "logGroup", "KinesisDataFirehose": "deliveryStream"}


class Logging:
    def __init__(self, firewalls):
        self._firewalls = firewalls

    def update(self, place, parameters):
        firewall = self._firewalls.find(place, parameters)
        wanted = parameters.get("LoggingConfiguration", {}).get("LogDestinationConfigs", [])
        _check(wanted)
        if _changes(firewall.logging, wanted) > 1:
            raise invalid("Only one log destination can be added, removed or altered in one call.")
        firewall.logging = wanted
        firewall.dashboard = parameters.get("EnableMonitoringDashboard", firewall.dashboard)
        return self.describe(place, parameters) | {"FirewallName": firewall.name}

    def describe(self, place, parameters):
        firewall = self._firewalls.find(place, parameters)
        return {"FirewallArn": firewall.arn, "EnableMonitoringDashboard": firewall.dashboard,
                # unconfirmed: an empty list, not an absent member, where there is no logging
                "LoggingConfiguration": {"LogDestinationConfigs": firewall.logging}}


def _check(configs):
    if len(configs) > MAX_DESTINATIONS:
        raise invalid(f"At most {MAX_DESTINATIONS} log destinations are allowed.")
    if len({_identity(config) for config in configs}) != len(configs):
        raise invalid("Two log destinations have the same log type and destination type.")
    for config in configs:
        key = KEYS[config["LogDestinationType"]]
        allowed = {key, "prefix"} if key == "bucketName" else {key}
        if key not in config["LogDestination"] or set(config["LogDestination"]) - allowed:
            raise invalid(f"LogDestination of {config['LogDestinationType']} must have {key}.")


def _identity(config):
    return config["LogType"], config["LogDestinationType"]


def _changes(before, after):
    """How many destinations come, go or change; a change of type is one that goes and one that comes."""
    old = {_identity(config): config["LogDestination"] for config in before}
    new = {_identity(config): config["LogDestination"] for config in after}
    return len(set(old) ^ set(new)) + sum(old[key] != new[key] for key in set(old) & set(new))
