"""scripts/double-aws, as a person starts it."""

import os
import re
import signal
import subprocess
from pathlib import Path

import botocore.session
import pytest

ROOT = Path(__file__).resolve().parents[2]


def children(pid):
    """Ids of the processes that descend from pid."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            parents[int(entry.name)] = int(fields[1])
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_starts_serves_and_leaves_nothing(number):
    process = subprocess.Popen([ROOT / "scripts" / "double-aws", "--ready-seconds", "0"],
                               stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        exports = {}
        while "AWS_EC2_METADATA_DISABLED" not in exports:
            line = process.stdout.readline()
            assert line, "it ended early"
            if match := re.fullmatch(r"export (\w+)=(\S+)\n", line):
                exports[match[1]] = match[2].strip("'")
        sts = botocore.session.Session().create_client(
            "sts", region_name=exports["AWS_REGION"], endpoint_url=exports["AWS_ENDPOINT_URL"],
            aws_access_key_id=exports["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=exports["AWS_SECRET_ACCESS_KEY"])
        assert sts.get_caller_identity()["Account"] == "111122223333"
        started = children(process.pid)
        assert started
        process.send_signal(number)
        out, _ = process.communicate(timeout=20)
        if number != signal.SIGKILL:
            assert process.returncode == 0 and "1 requests, 0 refused" in out
        wait_until_gone(started)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()


def wait_until_gone(pids):
    for pid in pids:
        try:
            descriptor = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        import select
        ended = select.select([descriptor], [], [], 20)[0]
        os.close(descriptor)
        assert ended, f"process {pid} is still there"
