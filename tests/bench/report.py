"""Prints the figures of build/bench.json as a table, with the targets that exist beside them.

A figure over its target is marked, never refused: a busy machine must not fail a build.
"""

import json
import sys

import aws_report

WIDTH = aws_report.WIDTH


def rows(data):
    calls, concurrent = data["calls"], data["concurrent"]
    start, rss = data["start"], data["rss_mb"]
    yield "exec to port line, median of 50", start["port_ms"]["p50"], "ms", 4
    yield "exec to first RPC, median of 50", start["first_rpc_ms"]["p50"], "ms", 6
    yield "stripped size", data["size_mb"], "MB", 14
    yield "memory, idle", rss["idle"], "MB", 16
    yield "memory after 1,000 resources", rss["after_1000"], "MB", 40
    yield "Configure, p50", calls["configure_ms"]["p50"], "ms", 1
    yield f"GetSchema ({calls['schema_bytes'] / 1000:.0f} kB), p50", calls["get_schema_ms"]["p50"], "ms", 3
    for name in ("check", "diff"):
        label = f"{name.capitalize()} of {calls['bag_bytes']} bytes"
        yield f"{label}, p50", calls[f"{name}_us"]["p50"], "us", 300
        yield f"{label}, p99", calls[f"{name}_us"]["p99"], "us", None
        yield f"{label}, plugin's CPU", calls[f"{name}_cpu_us"], "us", None
    yield f"{concurrent['callers']} concurrent creates, all", concurrent["wall_ms"], "ms", None
    yield "  one of them, p50", concurrent["create_ms"]["p50"], "ms", None
    yield "  one of them, p99", concurrent["create_ms"]["p99"], "ms", None
    yield "  peak memory", concurrent["peak_rss_mb"], "MB", None
    for row in data["per_resource"]:
        yield f"per resource at {row['count']:,}, wall", row["wall_us"], "us", None
        yield f"per resource at {row['count']:,}, plugin's CPU", row["cpu_us"], "us", None
    up = data.get("pulumi_up")
    if up:
        yield f"pulumi up of {up['count']} EC keys, wall", up["wall_s"], "s", None
        yield "  the plugin's own CPU", up["plugin_cpu_s"], "s", None
        yield "  the plugin's peak memory", up["plugin_peak_rss_mb"], "MB", None
    yield from aws_report.rows(data["aws"])


def main(path):
    with open(path, encoding="utf-8") as file:
        data = json.load(file)
    print(f"{'':<{WIDTH}} {'measured':>12}   target")
    for label, value, unit, target in rows(data):
        aim = "" if target is None else f"<= {target} {unit}" + ("" if value <= target else "   MISSED")
        print(f"{label:<{WIDTH}} {value:>9.2f} {unit:<2}   {aim}")
    print(f"{'static, works in an empty chroot':<{WIDTH}} {data['static_in_empty_chroot']:>9}      yes")
    aws_report.print_requests(data["aws"]["requests"])


main(sys.argv[1])
