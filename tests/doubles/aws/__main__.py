"""By hand: starts the cloud, prints what to export, and runs until Ctrl-C. See scripts/double-aws."""

import argparse
import shlex
import signal
import sys
import threading

from .cloud import MAIN, REGION, Cloud


def main():
    parser = argparse.ArgumentParser(prog="double-aws", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="of the gateway; an unused one if 0")
    parser.add_argument("--region", default=REGION)
    parser.add_argument("--ready-seconds", type=float, default=20.0,
                        help="how long a firewall is PROVISIONING; the real service takes minutes")
    options = parser.parse_args()
    over = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: over.set())
    with Cloud(port=options.port) as cloud:
        cloud.firewall.timing.ready_seconds = options.ready_seconds
        cloud.firewall.timing.delete_seconds = options.ready_seconds / 2
        print(explanation(cloud, options.region), flush=True)
        over.wait()
        refused = cloud.records.violations()
        print(f"\n{len(cloud.records.all())} requests, {len(refused)} refused", flush=True)
        for text in refused:
            print(text, flush=True)
    return 0


def explanation(cloud, region):
    exports = "\n".join(f"export {name}={shlex.quote(value)}"
                        for name, value in cloud.environment(MAIN, region).items())
    return f"""A cloud of your own at {cloud.url}: EC2 by moto, Network Firewall and STS by stand-ins.
Nothing of it is real, nothing of it costs. In another terminal:

{exports}

Then run a program, for example examples/001-firewall. What was sent, and what was wrong with it:

curl -s {cloud.url}/_gateway/records
curl -s {cloud.url}/_gateway/violations

Ctrl-C ends it; everything in it is forgotten."""


if __name__ == "__main__":
    sys.exit(main())
