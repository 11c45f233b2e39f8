"""HTTP/1.1 on loopback in front of the gateway: reads requests, sends replies as they are to go out."""

import contextlib
import email.utils
import http.server
import re
import select
import socket
import socketserver
import struct
import sys
import threading
import time

from .received import Received

PEEK = 256 * 1024  # bytes; more than any request of a test that resets it unread
PEEK_SECONDS = 2.0
MAX_BODY = 64 * 1024 * 1024
REASONS = http.server.BaseHTTPRequestHandler.responses


class Server(socketserver.ThreadingTCPServer):
    """Listens on an ephemeral port of 127.0.0.1. `gateway` answers AWS requests, `others` those with
    a path of their own: others(request) -> Reply or None."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 512

    def __init__(self, gateway, others, port=0):
        self.gateway, self.others = gateway, others
        self._open, self._lock = set(), threading.Lock()
        super().__init__(("127.0.0.1", port), _Connection)
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    def start(self):
        self._thread.start()
        return self

    def stop(self):
        self.shutdown()
        self.server_close()
        self.drop_connections()
        self._thread.join(5)

    def track(self, connection, is_open):
        with self._lock:
            (self._open.add if is_open else self._open.discard)(connection)

    def drop_connections(self):
        """Ends every connection that is open now."""
        with self._lock:
            connections = list(self._open)
        for connection in connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request, client_address):
        """A client that went away is no error; anything else is printed by the base class."""
        if not isinstance(sys.exc_info()[1], (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)


class _Connection(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 120  # seconds that an idle connection is kept

    def setup(self):
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.number = next(self.server.gateway.connections)
        self.server.track(self.connection, True)

    def finish(self):
        self.server.track(self.connection, False)
        with contextlib.suppress(OSError):
            super().finish()

    def handle_one_request(self):
        # A rule may come while an idle connection waits for its next request.
        if not select.select([self.connection], [], [], self.timeout)[0]:
            self.close_connection = True
            return
        if self.server.gateway.faults.unread_pending() and self._reset_unread():
            self._reset()
            return
        super().handle_one_request()

    def __getattr__(self, name):
        if name.startswith("do_"):
            return self._request
        raise AttributeError(name)

    def _request(self):
        # Not self.path, which the base class shortens where it begins with several slashes.
        request = Received(self.command, self.requestline.split()[1], list(self.headers.items()),
                           self._body())
        reply = self.server.others(request)
        if reply is not None:
            self._send(reply)
            return
        delivery = self.server.gateway.handle(request, self.number)
        if delivery.reply is None:
            self._reset()
        else:
            self._send(delivery.reply, delivery)

    def _body(self):
        if "chunked" in self.headers.get("transfer-encoding", "").lower():
            return self._chunks()
        return self.rfile.read(min(int(self.headers.get("content-length") or 0), MAX_BODY))

    def _chunks(self):
        body = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass
        return body

    def _send(self, reply, delivery=None):
        body = b"" if self.command == "HEAD" else reply.body
        lines = [f"HTTP/1.1 {reply.status} {REASONS.get(reply.status, ('Unknown',))[0]}",
                 f"Date: {email.utils.formatdate(self.server.gateway.now(), usegmt=True)}"]
        lines += [f"{name}: {value}" for name, value in reply.headers
                  if name.lower() not in ("content-length", "date", "transfer-encoding", "connection")]
        lines += [f"Content-Length: {len(reply.body)}", "", ""]
        whole = "\r\n".join(lines).encode("latin-1") + body
        if delivery and delivery.cut:
            self.wfile.write(whole[:len(whole) - len(body) + len(body) // 2])
            self.close_connection = True
        elif delivery and delivery.piece:
            for start in range(0, len(whole), delivery.piece):
                self.wfile.write(whole[start:start + delivery.piece])
                time.sleep(delivery.pause)
        else:
            self.wfile.write(whole)

    def _reset(self):
        """Ends the connection by RST instead of FIN."""
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            # The file holds the socket open; the last close sends the reset.
            self.rfile.close()
            self.connection.close()

    def _reset_unread(self):
        """Looks at the waiting request without reading it; True where a rule wants it reset."""
        end = time.monotonic() + PEEK_SECONDS
        while time.monotonic() < end:
            seen = self.connection.recv(PEEK, socket.MSG_PEEK)
            if not seen:
                return False
            found = call_of(seen)
            if found:
                return self.server.gateway.faults.take_unread(*found)
            time.sleep(0.005)
        return False

    def log_message(self, format, *args):
        """Requests are recorded, not logged."""


def call_of(raw):
    """(signing name, operation) of a request's first bytes; None where they do not tell yet."""
    text = raw.decode("latin-1")
    scope = re.search(r"Credential=[^/\s]+/\d{8}/[^/\s]+/([^/\s]+)/aws4_request", text)
    target = re.search(r"(?im)^x-amz-target:\s*\S+\.(\S+)", text)
    action = re.search(r"(?:^|[?&\n])Action=(\w+)", text)
    if not (target or action) or "\r\n\r\n" not in text:
        return None
    return scope[1] if scope else "sts", (target or action)[1]
