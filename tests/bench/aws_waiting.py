"""How late the plugin notices that a firewall is READY, and how fast a cancel ends a call."""

import concurrent.futures
import itertools
import sys
import threading
import time

import grpc

from aws_measured import EMPTY_HOME, Measured, summary
from doubles.aws.cloud import Cloud
from known import EC2, FIREWALL, Known

# Seconds until READY. Several of each, so that a figure does not hang on where one look falls.
READY_AFTER = {2: (2, 2.3, 2.6, 2.9), 12: (12, 14.3, 16.6, 18.9), 40: (40, 42.5, 45, 47.5)}
CANCELS = 5
PATIENCE = 120  # seconds; the longest wait is noticed by 60
_names = itertools.count(1)


class Firewalls:
    """Creates firewalls that share VPC, subnet and policy."""

    def __init__(self, plugin, cloud):
        self.plugin, self.cloud = plugin, cloud
        known = Known(plugin)
        self.vpc = known.vpc()
        self.subnet, self.policy = known.subnet(self.vpc), known.policy()
        self._lock = threading.Lock()

    def begin(self, ready_seconds):
        """(the call under way, when the double made the firewall)."""
        name = f"wait{next(_names)}"
        inputs = self.plugin.checked(FIREWALL + "Firewall", {
            "vpcId": self.vpc, "firewallPolicyArn": self.policy, "firewallName": name,
            "subnetMappings": [{"subnetId": self.subnet}]}, name=name)
        request = self.plugin.create_request(FIREWALL + "Firewall", inputs, name)
        self.cloud.firewall.timing.ready_seconds = ready_seconds
        call = self.plugin.stub.Create.future(request, timeout=PATIENCE)
        return call, until(lambda: self._made(name))

    def _made(self, name):
        for record in self.cloud.records.all("CreateFirewall", carried_out=True):
            if record.params["FirewallName"] == name and record.status == 200:
                return record.ended
        return None


def until(look, seconds=20):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = look()
        if found is not None:
            return found
        time.sleep(0.002)
    sys.exit("bench: a request did not come")


def notice(binary):
    """Delays by wait; all firewalls are made at once, so the whole takes as long as the longest."""
    with Cloud() as cloud, Measured(binary, env=EMPTY_HOME | cloud.environment()) as plugin:
        cloud.firewall.timing.ready_describes = 0
        firewalls = Firewalls(plugin, cloud)

        def delay(call, ready):
            call.result()
            return time.monotonic() - ready

        with concurrent.futures.ThreadPoolExecutor(32) as pool:
            under_way = {}
            for wait, exact in READY_AFTER.items():
                begun = [(seconds, *firewalls.begin(seconds)) for seconds in exact]
                under_way[wait] = [pool.submit(delay, call, made + seconds)
                                   for seconds, call, made in begun]
            return {str(wait): summary([one.result() for one in ones])
                    for wait, ones in under_way.items()}


def cancel(binary):
    """Seconds from Cancel to the end of the call, while it waits and while a request hangs."""
    with Cloud() as cloud, Measured(binary, env=EMPTY_HOME | cloud.environment()) as plugin:
        firewalls = Firewalls(plugin, cloud)
        waiting = []
        for _ in range(CANCELS):
            call, made = firewalls.begin(3600)
            # The call has looked at least once and sleeps until its next look.
            until(lambda: next((True for record in cloud.records.all("DescribeFirewall")
                                if record.begun > made and record.ended), None))
            waiting.append(_cancel(plugin, call))
        hanging = []
        inputs = plugin.checked(EC2 + "Vpc", {"cidrBlock": "10.9.0.0/16"})
        for _ in range(CANCELS):
            seen = len(cloud.records.all("CreateVpc"))
            cloud.faults.add("stall", operation="CreateVpc", seconds=60, carry_out=False)
            call = plugin.stub.Create.future(
                plugin.create_request(EC2 + "Vpc", inputs, f"hangs{next(_names)}"), timeout=PATIENCE)
            until(lambda: True if len(cloud.records.all("CreateVpc")) > seen else None)
            hanging.append(_cancel(plugin, call))
            cloud.faults.clear()
        return {"waiting": summary(waiting), "request_hangs": summary(hanging)}


def _cancel(plugin, call):
    begun = time.monotonic()
    plugin.cancel()
    try:
        call.result()
    except grpc.RpcError:
        return time.monotonic() - begun
    sys.exit("bench: a cancelled call succeeded")
