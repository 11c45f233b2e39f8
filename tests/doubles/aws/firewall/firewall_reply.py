"""A firewall and its status as the model has them."""

from .store import tag_list, without_none


def firewall_reply(firewall):
    staying = [attachment for attachment in firewall.attachments
               if attachment.status != "DELETING" or firewall.deleting]
    reply = {
        "FirewallName": firewall.name, "FirewallArn": firewall.arn, "FirewallId": firewall.id,
        "FirewallPolicyArn": firewall.policy_arn, "VpcId": firewall.vpc or "",
        "SubnetMappings": [without_none({"SubnetId": attachment.subnet,
                                         "IPAddressType": attachment.address_type})
                           for attachment in staying if attachment.subnet],
        "Description": firewall.description, "Tags": tag_list(firewall.tags),
        "EncryptionConfiguration": firewall.encryption
        or {"KeyId": "AWS_OWNED_KMS_KEY", "Type": "AWS_OWNED_KMS_KEY"},
        "NumberOfAssociations": 0, "EnabledAnalysisTypes": firewall.analysis,
        **firewall.protections,
    }
    if firewall.transit_gateway:
        reply |= {"TransitGatewayId": firewall.transit_gateway,
                  "AvailabilityZoneMappings": [{"AvailabilityZone": attachment.zone}
                                               for attachment in staying]}
    return without_none(reply)


def status_reply(place, firewall, stale):
    """`stale`: the describe does not see yet that attachments come or go."""
    syncing = firewall.syncing is not None
    failed = any(attachment.status == "FAILED" for attachment in firewall.attachments)
    coming = any(attachment.status in ("CREATING", "DELETING") for attachment in firewall.attachments)
    if firewall.deleting:
        status = "DELETING"
    elif failed:
        status = "FAILED"
    elif (coming and not stale) or syncing:
        status = "PROVISIONING"
    else:
        status = "READY"
    pending = syncing or (coming and not stale and not firewall.deleting)
    reply = {
        "Status": status, "ConfigurationSyncStateSummary": "PENDING" if pending else "IN_SYNC",
        "SyncStates": {
            attachment.zone: _sync_state(place, firewall, attachment, syncing)
            for attachment in firewall.attachments if not (stale and attachment.status == "CREATING")},
        # unconfirmed: these figures of a firewall without reference sets
        "CapacityUsageSummary": {"CIDRs": {"AvailableCIDRCount": 1000000, "UtilizedCIDRCount": 0}},
    }
    if firewall.transit_gateway:
        reply["TransitGatewayAttachmentSyncState"] = {
            "AttachmentId": f"tgw-attach-{firewall.id.replace('-', '')[:17]}",
            "TransitGatewayAttachmentStatus": "READY" if status == "READY" else "CREATING"}
    return reply


def _sync_state(place, firewall, attachment, syncing):
    ready = attachment.status == "READY" and not syncing
    sync = "IN_SYNC" if ready else "PENDING"
    policy = place.policies.get(firewall.policy_arn)
    config = {}
    if policy:
        config[policy.arn] = {"SyncStatus": sync, "UpdateToken": policy.token}
        for arn in policy.references():
            if arn in place.rule_groups:
                config[arn] = {"SyncStatus": sync, "UpdateToken": place.rule_groups[arn].token}
    # unconfirmed: that the endpoint has no id before it is ready
    return {
        "Attachment": without_none({
            "SubnetId": attachment.subnet, "EndpointId": attachment.endpoint,
            "Status": attachment.status,
            "StatusMessage": firewall.failure if attachment.status == "FAILED" else None}),
        "Config": config,
    }
