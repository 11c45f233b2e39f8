"""Creates in flight and memory, against a server that is slow and else does next to nothing.

The server speaks TLS with a throw-away certificate. The plugin trusts it through a bundle that also
holds the system's authorities, because reading those is part of what a process costs."""

import concurrent.futures
import contextlib
import json
import pathlib
import subprocess
import sys
import tempfile
import time

from aws_measured import EMPTY_HOME, Measured, summary
from known import EC2

HERE = pathlib.Path(__file__).resolve().parent
SYSTEM_BUNDLE = pathlib.Path("/etc/ssl/certs/ca-certificates.crt")
GATEWAY = EC2 + "InternetGateway"
CALLS, CALL_SECONDS = 500, 5
REGIONS = ("us-east-1", "us-east-2", "us-west-1", "us-west-2",
           "eu-west-1", "eu-central-1", "ap-southeast-1", "ap-northeast-1")
KEYS = {"accessKey": "AKIATESTBENCH0000001", "secretKey": "bench/Secret+Key000000000000000000000001"}
LIMIT_SECONDS = 180


@contextlib.contextmanager
def certificate():
    """(certificate, key, bundle) of a server on 127.0.0.1, as paths."""
    with tempfile.TemporaryDirectory(prefix="palisade-bench-") as folder:
        cert, key, bundle = (pathlib.Path(folder) / name for name in ("cert", "key", "bundle"))
        made = subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes", "-days", "2", "-subj", "/CN=palisade bench", "-addext",
             "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert],
            capture_output=True, text=True)
        if made.returncode != 0:
            sys.exit(f"bench: openssl made no certificate:\n{made.stderr}")
        system = SYSTEM_BUNDLE.read_text() if SYSTEM_BUNDLE.exists() else ""
        bundle.write_text(system + cert.read_text())
        yield cert, key, bundle


class SlowServer:
    def __init__(self, protocol, delay_ms, ports, cert, key):
        self._process = subprocess.Popen(
            ["node", HERE / "aws_slow_server.js", protocol, str(delay_ms), str(ports), cert, key,
             str(LIMIT_SECONDS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        first = self._process.stdout.readline()
        if not first:
            sys.exit("bench: the slow server did not start")
        self.urls = [f"https://127.0.0.1:{port}" for port in json.loads(first)]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()

    def stop(self):
        """What it saw."""
        return json.loads(self._process.communicate(timeout=20)[0])


def settings(bundle, url, **more):
    return {"aws": {"region": REGIONS[0], "customCaBundle": str(bundle), **KEYS,
                    "endpoints": {"ec2": url, "sts": url}, **more}}


def in_flight(binary, protocol, calls=CALLS, seconds=CALL_SECONDS, accounts=1):
    """`calls` creates at once, each answered after `seconds`. An endpoint gets 64 requests at once
    from an account, so the calls of one account come in waves."""
    with certificate() as (cert, key, bundle), \
            SlowServer(protocol, seconds * 1000, 1, cert, key) as server, \
            Measured(binary, env=EMPTY_HOME, configure=False) as plugin:
        plugin.handshake()
        plugin.configure(settings(bundle, server.urls[0],
                                  accounts={f"account{n}": KEYS for n in range(1, accounts)}))
        inputs = [plugin.checked(GATEWAY, {"account": f"account{n}"} if n else {})
                  for n in range(accounts)]
        # What a process does once (reading the authorities, the handshakes, what a run asks at its
        # first create) is part of the figures.
        idle_rss = plugin.megabytes("VmRSS")
        requests = [plugin.create_request(GATEWAY, inputs[n % accounts], f"gateway{n}")
                    for n in range(calls)]
        cpu, begun = plugin.cpu_seconds(), time.monotonic()
        took = []
        under_way = []
        for request in requests:
            call = plugin.stub.Create.future(request, timeout=LIMIT_SECONDS)
            call.add_done_callback(lambda _: took.append(time.monotonic() - begun))
            under_way.append(call)
        failed = [call for call in under_way if call.exception() is not None]
        wall, cpu = time.monotonic() - begun, plugin.cpu_seconds() - cpu
        peak = plugin.megabytes("VmHWM")
        plugin.cancel()  # the end of a run, at which markers are taken off at the latest
        saw = server.stop()
    if failed:
        sys.exit(f"bench: {len(failed)} of {calls} creates failed: {failed[0].exception().details()}")
    return {"calls": calls, "seconds_each": seconds, "accounts": accounts, "wall_s": round(wall, 2),
            "create_s": summary(took), "cpu_us_per_call": round(cpu / calls * 1e6, 1),
            "cpu_us_per_request": round(cpu / saw["requests"] * 1e6, 1),
            "idle_rss_mb": round(idle_rss, 1), "peak_rss_mb": round(peak, 1), "server_saw": saw}


def places(binary):
    """Memory of a process that has made something in 8 accounts, each in 8 regions and each with an
    endpoint of its own."""
    with certificate() as (cert, key, bundle), \
            SlowServer("h1", 0, len(REGIONS), cert, key) as server, \
            Measured(binary, env=EMPTY_HOME, configure=False) as plugin:
        plugin.handshake()
        plugin.configure(settings(bundle, server.urls[0], accounts={
            f"account{n}": KEYS | {"endpoints": {"ec2": url, "sts": url}}
            for n, url in enumerate(server.urls)}))
        idle = plugin.megabytes("VmRSS")

        def create(place):
            account, region = place
            news = {"account": f"account{account}", "region": region}
            plugin.make(GATEWAY, news, name=f"{region}-{account}")

        create((0, REGIONS[0]))
        one = plugin.megabytes("VmRSS")
        every = [(account, region) for account in range(len(server.urls)) for region in REGIONS]
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            list(pool.map(create, every[1:]))
        rss = plugin.megabytes("VmRSS")
        plugin.cancel()
        saw = server.stop()
    return {"accounts": len(server.urls), "regions": len(REGIONS), "places": len(every),
            "idle_rss_mb": round(idle, 1), "one_place_rss_mb": round(one, 1),
            "rss_mb": round(rss, 1), "server_saw": saw}
