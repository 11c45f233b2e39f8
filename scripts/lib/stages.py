"""Runs named stages, times them, and says at the end what each took and what every runner counted.

A stage is a command. Foreground stages run one after the other and show their output; a background
stage runs beside them as soon as its needs are met, at low priority, into a log. A stage whose needs
failed is not run and counts as failed, everything else still runs.
"""

import dataclasses
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

CTEST = re.compile(r"^(\d+)% tests passed, (\d+) tests failed out of (\d+)\s*$")
CTEST_SKIPPED = re.compile(r"^\s+\d+ - (.+) \(Skipped\)\s*$")
PYTEST = re.compile(r"^=+ (.*\b(?:passed|failed|errors?|skipped)\b.* in .*) =+\s*$")


@dataclasses.dataclass
class Stage:
    name: str
    command: list
    needs: tuple = ()
    background: bool = False
    env: dict = dataclasses.field(default_factory=dict)
    limit: int = 2400  # seconds
    # Filled by the run.
    status: str = "not run"
    seconds: float = 0.0
    summaries: list = dataclasses.field(default_factory=list)
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    thread: threading.Thread = None


def count(stage, line):
    """Adds up the runners' own summary lines."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", line)
    if match := CTEST.match(plain):
        stage.summaries.append(plain.strip())
        stage.passed += int(match[3]) - int(match[2])
        stage.failed += int(match[2])
    elif match := CTEST_SKIPPED.match(plain):
        # ctest lists them at the end, and has counted them among what passed.
        stage.summaries.append(f"skipped: {match[1]}")
        stage.passed -= 1
        stage.skipped += 1
    elif match := PYTEST.match(plain):
        stage.summaries.append(plain.strip())
        numbers = {word.rstrip("s"): int(n) for n, word in re.findall(r"(\d+) ([a-z]+)", match[1])}
        stage.passed += numbers.get("passed", 0)
        stage.failed += numbers.get("failed", 0) + numbers.get("error", 0)
        stage.skipped += numbers.get("skipped", 0) + numbers.get("xfailed", 0)


class Run:
    def __init__(self, stages, root, logs):
        self.stages = {stage.name: stage for stage in stages}
        self.root, self.logs = Path(root), Path(logs)
        self.processes = set()

    def execute(self, stage):
        start = time.monotonic()
        self.logs.mkdir(parents=True, exist_ok=True)
        command = (["nice", "-n", "10"] if stage.background else []) + stage.command
        process = subprocess.Popen(
            command, cwd=self.root, env={**os.environ, **stage.env}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
            start_new_session=True,
        )
        self.processes.add(process)
        late = threading.Event()
        timer = threading.Timer(stage.limit, lambda: (late.set(), end(process)))
        timer.start()
        with open(self.logs / f"{stage.name}.log", "w", encoding="utf-8") as log:
            for line in process.stdout:
                log.write(line)
                log.flush()
                count(stage, line)
                if not stage.background:
                    sys.stdout.write(line)
                    sys.stdout.flush()
        code = process.wait()
        timer.cancel()
        self.processes.discard(process)
        stage.seconds = time.monotonic() - start
        stage.status = "ok" if code == 0 else f"over {stage.limit} s" if late.is_set() else f"exit {code}"

    def start_background(self):
        for stage in self.stages.values():
            met = all(self.stages[n].status == "ok" for n in stage.needs if n in self.stages)
            if stage.background and not stage.thread and met:
                stage.thread = threading.Thread(target=self.execute, args=[stage], daemon=True)
                stage.thread.start()

    def ready(self, stage):
        """Waits for background needs; whether every need went well."""
        for need in map(self.stages.get, stage.needs):
            if need is None:  # left out by the user's choice of stages
                continue
            if need.thread:
                if need.thread.is_alive():
                    announce(f"waiting for {need.name}")
                need.thread.join()
            if need.status != "ok":
                return False
        return True

    def go(self):
        foreground = [s for s in self.stages.values() if not s.background]
        try:
            for number, stage in enumerate(foreground, 1):
                self.start_background()
                if not self.ready(stage):
                    announce(f"{stage.name} is not run: it needs {', '.join(stage.needs)}")
                    continue
                announce(f"[{number}/{len(foreground)}] {stage.name}")
                self.execute(stage)
                announce(f"{stage.name}: {stage.status}, {stage.seconds:.0f} s")
            self.start_background()
            for stage in self.stages.values():
                if stage.thread:
                    stage.thread.join()
        finally:
            for process in list(self.processes):
                end(process)

    def report(self, seconds):
        for stage in self.stages.values():
            # One that never began has no log, or that of an earlier run.
            if stage.thread and stage.status != "ok":
                announce(f"the end of {stage.name}'s output")
                text = (self.logs / f"{stage.name}.log").read_text(errors="replace")
                print("\n".join(text.splitlines()[-40:]))
        announce("what each stage took")
        for stage in self.stages.values():
            took = f"{stage.seconds:7.1f} s" if stage.status != "not run" else "        -"
            beside = "  (beside the others)" if stage.background else ""
            print(f"  {stage.name:<12} {took}  {stage.status}{beside}")
        print(f"  {'in all':<12} {seconds:7.1f} s\n")
        return self.closing_lines()

    def closing_lines(self):
        passed = failed = skipped = 0
        for stage in self.stages.values():
            if stage.summaries:
                print("\n".join([f"{stage.name}:", *stage.summaries]))
            passed += stage.passed
            skipped += stage.skipped
            # A stage can fail without a runner that counts, such as a build.
            failed += stage.failed if stage.status == "ok" or stage.failed else 1
        print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""), flush=True)
        return 0 if failed == 0 else 1


def announce(text):
    print(f"\n==> {text}", flush=True)


def end(process):
    """Ends the whole group: runners start children of their own."""
    try:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(5)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def main(stages, root, logs, chosen):
    known = [stage.name for stage in stages]
    unknown = [name for name in chosen if name not in known]
    if unknown:
        print(f"no stage {', '.join(unknown)}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    run = Run([s for s in stages if not chosen or s.name in chosen], root, logs)
    # Ended from outside is as good as Ctrl-C: the stages live in sessions of their own.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    start = time.monotonic()
    try:
        run.go()
    except KeyboardInterrupt:
        return 130
    return run.report(time.monotonic() - start)
