"""Rules and their capacity: what a rule group must obey beyond the model's own limits."""

import ipaddress
import re

from .store import invalid

SOURCES = ("RulesString", "RulesSourceList", "StatefulRules", "StatelessRulesAndCustomActions")
DOMAIN = re.compile(r"\.?([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.)*"
                    r"[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")
SID = re.compile(r"[;(\s]sid\s*:\s*(\d+)\s*;")


def content_of(parameters):
    """The RuleGroup of a create or update: given as such, or as Suricata rules."""
    given = [name for name in ("RuleGroup", "Rules") if parameters.get(name) is not None]
    if len(given) != 1:
        raise invalid("You must provide either RuleGroup or Rules, and not both.")
    if given == ["Rules"]:
        return {"RulesSource": {"RulesString": parameters["Rules"]}}
    return parameters["RuleGroup"]


def consumed(kind, content):
    """Capacity units that the rules take; raises where the rules are wrong."""
    source = content["RulesSource"]
    given = [name for name in SOURCES if source.get(name) is not None]
    if len(given) != 1:
        raise invalid(f"RulesSource must have exactly one source of rules, not {len(given)}.")
    stateless = given == ["StatelessRulesAndCustomActions"]
    if stateless != (kind == "STATELESS"):
        raise invalid(f"A rule group of type {kind} cannot have {given[0]}.")
    if stateless and content.get("StatefulRuleOptions"):
        raise invalid("StatefulRuleOptions are for stateful rule groups only.")
    return {
        "RulesString": _suricata, "RulesSourceList": _domains, "StatefulRules": _five_tuples,
        "StatelessRulesAndCustomActions": _stateless,
    }[given[0]](source[given[0]])


def _suricata(text):
    rules = [line for line in re.sub(r"\\\n", " ", text).splitlines()
             if line.strip() and not line.lstrip().startswith("#")]
    if not rules:
        raise invalid("RulesString has no rules.")
    sids = []
    for rule in rules:
        found = SID.search(rule)
        if not found:
            raise invalid(f"A rule has no sid: {rule[:60]}")
        sids.append(found[1])
    _unique_sids(sids)
    return len(rules)


def _domains(source):
    if not source["Targets"] or not source["TargetTypes"]:
        raise invalid("RulesSourceList needs at least one target and one target type.")
    for target in source["Targets"]:
        if _is_address(target) or not DOMAIN.fullmatch(target):
            raise invalid(f"The target {target!r} is not a domain name.")
    # unconfirmed: whether a domain counts once, or once for each target type
    return len(source["Targets"])


def _is_address(text):
    try:
        ipaddress.ip_network(text, strict=False)
        return True
    except ValueError:
        return False


def _five_tuples(rules):
    sids = []
    for rule in rules:
        options = {option["Keyword"]: option.get("Settings", []) for option in rule["RuleOptions"]}
        if len(options.get("sid", [])) != 1:
            raise invalid("Every stateful rule needs the option sid with one setting.")
        sids.append(options["sid"][0].strip('"'))
    _unique_sids(sids)
    return len(rules)


def _unique_sids(sids):
    if len(set(sids)) != len(sids):
        raise invalid("Two rules have the same sid.")


def _stateless(source):
    rules = source["StatelessRules"]
    priorities = [rule["Priority"] for rule in rules]
    if len(set(priorities)) != len(priorities):
        raise invalid("Two stateless rules have the same priority.")
    custom = {action["ActionName"] for action in source.get("CustomActions", [])}
    total = 0
    for rule in rules:
        check_actions(rule["RuleDefinition"]["Actions"], custom)
        match = rule["RuleDefinition"]["MatchAttributes"]
        product = 1
        for name in ("Protocols", "Sources", "Destinations", "SourcePorts", "DestinationPorts",
                     "TCPFlags"):
            product *= max(1, len(match.get(name, [])))
        for address in match.get("Sources", []) + match.get("Destinations", []):
            if not _is_address(address["AddressDefinition"]):
                raise invalid(f"{address['AddressDefinition']!r} is not a CIDR block.")
        total += product
    return total


def check_actions(actions, custom):
    """Exactly one standard action, all others custom ones that are defined."""
    standard = [action for action in actions
                if action in ("aws:pass", "aws:drop", "aws:forward_to_sfe")]
    if len(standard) != 1:
        raise invalid("Stateless actions must have exactly one of aws:pass, aws:drop and "
                      "aws:forward_to_sfe.")
    for action in actions:
        if action not in standard and action not in custom:
            raise invalid(f"There is no custom action {action}.")
