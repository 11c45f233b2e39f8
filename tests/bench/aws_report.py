"""Prints the AWS figures of build/bench.json: goals beside what has one, requests beside the minimum.

  aws_report.py FILE        the file of scripts/bench --aws
"""

import json
import sys

VERBS = ("create", "read", "tags", "change", "delete")
WIDTH = 58


def rows(aws):
    """(label, value, unit, goal or None) for report.py."""
    for name, title in (("in_flight_http1", "over HTTP/1.1"), ("in_flight_http2", "over HTTP/2"),
                        ("in_flight_http2_8_accounts", "over HTTP/2, 8 accounts")):
        load = aws[name]
        saw = load["server_saw"]
        yield f"{load['calls']} creates of {load['seconds_each']} s {title}, all", load["wall_s"], "s", None
        yield "  CPU a create", load["cpu_us_per_call"], "us", 400
        yield "  CPU a request", load["cpu_us_per_request"], "us", None
        yield "  peak memory", load["peak_rss_mb"], "MB", 60
        yield "  connections that the server saw", saw["connections"], "", None
        yield "  requests in flight at once, at most", saw["most_in_flight"], "", None
    places = aws["places"]
    yield "memory before the first create", places["idle_rss_mb"], "MB", None
    yield "memory after a create in 1 account and region", places["one_place_rss_mb"], "MB", None
    yield (f"memory after a create in each of {places['accounts']} accounts x {places['regions']} regions",
           places["rss_mb"], "MB", None)
    for wait, delay in aws["notice_s"].items():
        goal = max(1, int(wait) / 100)
        yield f"READY after {wait} s, noticed later by, mean of {delay['samples']}", delay["mean"], "s", goal
    for part in aws["notice_simulated"]:
        goal = round(max(1, part["mean_wait_s"] / 100), 2)
        yield (f"READY after {part['from_s']} to {part['to_s']} s, in simulated time, mean",
               part["mean_s"], "s", goal)
    for name, title in (("waiting", "a firewall is waited for"), ("request_hangs", "a request hangs")):
        cancel = aws["cancel_s"][name]
        yield f"cancel to return while {title}, max of {cancel['samples']}", cancel["max"], "s", 1
    for size, title in (("small", "200 bytes"), ("100_kb", "100 kB")):
        yield f"signing a request of {title}, CPU", aws["signature_us"][size], "us", None


def print_requests(requests):
    print(f"\n{'requests, and at least':<30}" + "".join(f"{verb:>11}" for verb in VERBS))
    for token, verbs in requests["types"].items():
        cells = ""
        for verb in VERBS:
            found = verbs.get(verb)
            least = "?" if not found or found["least"] is None else found["least"]
            cells += f"{found['requests']:>6} /{least:>3}" if found else f"{'-':>11}"
        print(f"{token.rsplit(':', 1)[1]:<30}{cells}")
    print("once per process, account and region: " + ", ".join(requests["once_per_process"]))
    markers = requests["markers"]
    print(f"markers taken off {markers['objects']} objects by {markers['requests']} requests")


def main(path):
    with open(path, encoding="utf-8") as file:
        aws = json.load(file)
    for label, value, unit, goal in rows(aws):
        aim = "" if goal is None else f"<= {goal} {unit}" + ("" if value <= goal else "   MISSED")
        print(f"{label:<{WIDTH}} {value:>9.2f} {unit:<2}   {aim}")
    print_requests(aws["requests"])


if __name__ == "__main__":
    main(sys.argv[1])
