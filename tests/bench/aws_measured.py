"""A plugin whose process is watched, and what every part of the AWS bench uses."""

import pathlib
import statistics
import sys
import time

TESTS = pathlib.Path(__file__).resolve().parents[1]
for folder in (TESTS, TESTS / "protocol", TESTS / "aws"):
    sys.path.insert(0, str(folder))

from plugin import Plugin  # noqa: E402

# Nor may the caller's shared files: see aws_bench.py.
EMPTY_HOME = {"HOME": "/nonexistent", "AWS_CONFIG_FILE": "/nonexistent/config",
              "AWS_SHARED_CREDENTIALS_FILE": "/nonexistent/credentials"}


class Measured(Plugin):
    @property
    def pid(self):
        return self.process.popen.pid

    def cpu_seconds(self):
        """The CPU time of all threads so far; /proc has it in steps of 10 ms only. The number is
        what clock_getcpuclockid makes of a process id."""
        return time.clock_gettime((~self.pid) << 3 | 2)

    def megabytes(self, field):
        """VmRSS or VmHWM as MB (10^6 bytes)."""
        for line in pathlib.Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith(field + ":"):
                return int(line.split()[1]) * 1024 / 1e6
        raise KeyError(field)


def summary(samples, digits=3):
    return {"median": round(statistics.median(samples), digits),
            "mean": round(statistics.fmean(samples), digits),
            "max": round(max(samples), digits), "samples": len(samples)}
