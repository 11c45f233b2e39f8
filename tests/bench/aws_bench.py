"""The AWS part of the bench: prints JSON. Needs scripts/python-env aws, node and openssl.

  aws_bench.py PLUGIN MICRO [PART...]

PLUGIN is the binary to measure, MICRO the program that measures code of it without a process around
it (palisade_aws_bench). Takes about four minutes; PART chooses among those below."""

import json
import os
import subprocess
import sys

import aws_load
import aws_requests
import aws_waiting

PARTS = {
    "requests": lambda plugin: aws_requests.measure(plugin),
    "notice_s": lambda plugin: aws_waiting.notice(plugin),
    "cancel_s": lambda plugin: aws_waiting.cancel(plugin),
    "in_flight_http1": lambda plugin: aws_load.in_flight(plugin, "h1"),
    "in_flight_http2": lambda plugin: aws_load.in_flight(plugin, "h2"),
    "in_flight_http2_8_accounts": lambda plugin: aws_load.in_flight(plugin, "h2", accounts=8),
    "places": lambda plugin: aws_load.places(plugin),
}


def main(plugin, micro, *chosen):
    # No setting and no proxy of the caller may decide what is measured.
    for name in list(os.environ):
        if name.startswith("AWS_") or name.lower().endswith("_proxy"):
            del os.environ[name]
    result = {}
    for name, part in PARTS.items():
        if not chosen or name in chosen:
            print(f"aws: {name}", file=sys.stderr)
            result[name] = part(plugin)
    if not chosen or "micro" in chosen:
        result |= json.loads(subprocess.run([micro], check=True, capture_output=True,
                                            timeout=60).stdout)
    print(json.dumps(result, indent=1))


main(*sys.argv[1:])
