"""`pulumi up` of 500 EC keys by the real CLI: wall time, and the plugin's own CPU time and memory.

  pulumi_up.py PLUGIN_FOLDER CLI_FOLDER     prints JSON
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

COUNT = 500
TICKS = os.sysconf("SC_CLK_TCK")


class Watch(threading.Thread):
    """Reads /proc for every process that runs `binary`; what it last saw of each is kept."""

    def __init__(self, binary):
        super().__init__(daemon=True)
        self.binary = os.path.realpath(binary)
        self.cpu, self.peak = {}, {}
        self.done = threading.Event()

    def run(self):
        while not self.done.wait(0.02):
            self.look()

    def look(self):
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                if os.readlink(f"/proc/{pid}/exe") != self.binary:
                    continue
                stat = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
                status = pathlib.Path(f"/proc/{pid}/status").read_text()
            except OSError:  # ended between the lines, or another user's
                continue
            self.cpu[pid] = (int(stat[11]) + int(stat[12])) / TICKS
            for line in status.splitlines():
                if line.startswith("VmHWM:"):
                    self.peak[pid] = int(line.split()[1]) * 1024 / 1e6


def program():
    lines = ["name: bench", "runtime: yaml", "resources:"]
    for i in range(COUNT):
        lines += [f"  key{i}:", "    type: palisade:tls:PrivateKey",
                  "    properties: {algorithm: ECDSA, ecdsaCurve: P256}"]
    return "\n".join(lines) + "\n"


def main(plugin_folder, cli_folder):
    with tempfile.TemporaryDirectory(prefix="palisade-bench-") as folder:
        work = pathlib.Path(folder)
        for name in ("home", "state", "program"):
            (work / name).mkdir()
        (work / "program" / "Pulumi.yaml").write_text(program())
        env = {
            **os.environ,
            "PATH": os.pathsep.join([plugin_folder, cli_folder, os.environ["PATH"]]),
            "PULUMI_HOME": str(work / "home"),
            "PULUMI_BACKEND_URL": f"file://{work}/state",
            "PULUMI_CONFIG_PASSPHRASE": "bench",
            "PULUMI_SKIP_UPDATE_CHECK": "1",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "1",
        }

        def pulumi(*arguments):
            result = subprocess.run(
                [f"{cli_folder}/pulumi", "--non-interactive", *arguments], cwd=work / "program",
                env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600)
            if result.returncode != 0:
                sys.exit(f"pulumi {arguments[0]} failed:\n{result.stdout}{result.stderr}")
            return result.stdout

        pulumi("stack", "init", "bench")
        watch = Watch(f"{plugin_folder}/pulumi-resource-palisade")
        watch.start()
        start = time.monotonic()
        pulumi("up", "--yes", "--skip-preview", "--suppress-outputs")
        wall = time.monotonic() - start
        watch.done.set()
        watch.join()
        state = json.loads(pulumi("stack", "export"))
        keys = sum(r["type"] == "palisade:tls:PrivateKey" for r in state["deployment"]["resources"])
        if keys != COUNT:
            sys.exit(f"the state holds {keys} keys instead of {COUNT}")
    print(json.dumps({
        "count": COUNT,
        "wall_s": round(wall, 2),
        "plugin_cpu_s": round(sum(watch.cpu.values()), 2),
        "plugin_peak_rss_mb": round(max(watch.peak.values()), 1),
        "plugin_processes": len(watch.cpu),
    }))


main(*sys.argv[1:])
