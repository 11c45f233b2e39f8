"""moto's server as a process of its own: EC2, tagging and whatever else has no double."""

import http.client
import itertools
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ElementTree

from .errors import AwsError
from .received import Reply

START_SECONDS = 60
CALL_SECONDS = 60
LIFE_SECONDS = 6 * 3600  # an end in any case
# It ends with its standard input, so also when whoever started it was killed.
PROGRAM = """
import os, sys, threading
def watch():
    sys.stdin.read()
    os._exit(0)
threading.Thread(target=watch, daemon=True).start()
from moto.server import main
main(sys.argv[1:])
"""
# moto reads the account from this header and does not ask who signed.
ACCOUNT_HEADER = "x-moto-account-id"
HOP_BY_HOP = {"host", "connection", "content-length", "transfer-encoding", "expect", "keep-alive"}
EC2_VERSION = "2016-11-15"


class Moto:
    """Start it, wait for it, then forward requests to it. `folder` gets its log."""

    def __init__(self, folder):
        self._log = open(folder / "moto.log", "wb")
        self.port, self._process = None, None

    def start(self):
        self.port = _free_port()
        self._process = subprocess.Popen(
            ["timeout", str(LIFE_SECONDS), sys.executable, "-c", PROGRAM,
             "-H", "127.0.0.1", "-p", str(self.port)],
            stdin=subprocess.PIPE, stdout=self._log, stderr=self._log, start_new_session=True,
            env={name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
            | {"MOTO_EC2_LOAD_DEFAULT_AMIS": "false"})
        return self

    def wait(self):
        """Returns once it answers."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if self._process.poll() is not None:
                break
            try:
                self._send("GET", "/moto-api/data.json", {}, b"")
                return self
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"moto did not start; see {self._log.name}")

    def stop(self):
        if self._process and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait(5)
        if self._process:
            self._process.stdin.close()
        self._log.close()

    def reset(self):
        status, _, body = self._send("POST", "/moto-api/reset", {}, b"")
        assert status == 200, body

    def forward(self, request, caller):
        """The reply to a caller's own request."""
        headers = {name: value for name, value in request.headers if name.lower() not in HOP_BY_HOP}
        headers["Host"] = request.header("host") or f"127.0.0.1:{self.port}"
        headers[ACCOUNT_HEADER] = caller.account
        status, headers, body = self._send(request.method, request.target, headers, request.body)
        return Reply(status, headers, body)

    def ec2(self, caller, action, parameters=()):
        """An EC2 call of a double's own, as an XML tree without namespaces; raises AwsError."""
        form = {"Action": action, "Version": EC2_VERSION, **dict(parameters)}
        scope = f"20260101/{caller.region}/ec2/aws4_request"
        status, _, body = self._send("POST", "/", {
            "Host": f"ec2.{caller.region}.amazonaws.com",
            "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
            "Authorization": f"AWS4-HMAC-SHA256 Credential=AKIADOUBLE/{scope}, "
                             f"SignedHeaders=host, Signature={'0' * 64}",
            ACCOUNT_HEADER: caller.account,
        }, urllib.parse.urlencode(form).encode())
        tree = _without_namespaces(ElementTree.fromstring(body))
        if status >= 300:
            raise AwsError(tree.findtext(".//Code", "InternalError"), tree.findtext(".//Message", ""))
        return tree

    def _send(self, method, target, headers, body):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=CALL_SECONDS)
        try:
            # Not request(): it would add headers of its own.
            connection.putrequest(method, target, skip_host="Host" in headers,
                                  skip_accept_encoding=True)
            for name, value in itertools.chain(headers.items(), [("Content-Length", str(len(body)))]):
                connection.putheader(name, value)
            connection.endheaders(body)
            response = connection.getresponse()
            kept = [(name, value) for name, value in response.getheaders()
                    if name.lower() not in HOP_BY_HOP | {"date", "server"}]
            return response.status, kept, response.read()
        finally:
            connection.close()


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _without_namespaces(tree):
    for element in tree.iter():
        element.tag = element.tag.rsplit("}", 1)[-1]
    return tree
