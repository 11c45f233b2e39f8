"""`pulumi up` whose plugin is killed at a chosen request, by its own process id."""

import os
import signal
import subprocess
import time
from pathlib import Path

from harness import TIMEOUT
from projects import FLAGS

PLUGIN = "pulumi-resource-palisade"


def descendants(pid):
    """Process ids under pid, of those that run now."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int(
                    (entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


def plugin_of(pid):
    """The plugin's process id under the CLI's; there is one that serves resources."""
    found = []
    for child in descendants(pid):
        try:
            if os.path.basename(os.readlink(f"/proc/{child}/exe")) == PLUGIN:
                found.append(child)
        except OSError:
            continue
    return found


def up_killed_at(project, cloud, operation="*", nth=1, carry_out=True):
    """Runs up, and kills the plugin while its nth request of that operation is held. The request is
    then carried out, though nobody hears of it, or not. Answers whether there was such a request."""
    fault = cloud.faults.add("stall", operation=operation, nth=nth, seconds=60, carry_out=carry_out)
    process = subprocess.Popen(
        ["pulumi", "up", "--yes", "--skip-preview", *FLAGS], cwd=project.folder,
        env=project.sandbox.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, start_new_session=True)
    try:
        end = time.monotonic() + TIMEOUT
        while fault.hits == 0 and process.poll() is None and time.monotonic() < end:
            time.sleep(0.01)
        struck = fault.hits > 0
        if struck:
            killed = plugin_of(process.pid)
            assert killed, "there is no plugin to kill"
            for pid in killed:
                os.kill(pid, signal.SIGKILL)
        cloud.faults.release()
        output, _ = process.communicate(timeout=TIMEOUT)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    settle(cloud)
    cloud.faults.clear()
    project.sandbox.transcript.add(["pulumi", "up"], output)
    assert struck == (process.returncode != 0), output
    return struck


def settle(cloud):
    """Returns once every request that the gateway holds has ended."""
    end = time.monotonic() + 30
    while any(record.ended is None for record in cloud.records.all()):
        assert time.monotonic() < end, "a request does not end"
        time.sleep(0.01)
