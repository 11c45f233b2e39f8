"""getCertificate from a server, through the whole plugin, and what the plugin tells of its requests."""

import datetime
import ipaddress
import ssl
import threading
from socketserver import BaseRequestHandler, ThreadingTCPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pulumi.runtime.proto import engine_pb2

from plugin import PALISADE, Plugin, raises


class Handler(BaseRequestHandler):
    def handle(self):
        self.request.settimeout(10)
        try:
            self.request.recv(1)
        except OSError:
            pass


class Server(ThreadingTCPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A client that only looks, or that refuses the certificate, is none."""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A TLS server with a certificate of its own making; answers its port and the file to trust."""
    folder = tmp_path_factory.mktemp("server")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "loopback")])
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate = (x509.CertificateBuilder().subject_name(name).issuer_name(name)
                   .public_key(key.public_key()).serial_number(4711)
                   .not_valid_before(now - datetime.timedelta(hours=1))
                   .not_valid_after(now + datetime.timedelta(days=1))
                   .add_extension(x509.BasicConstraints(True, None), True)
                   .add_extension(x509.SubjectAlternativeName(
                       [x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
                   .sign(key, hashes.SHA256()))
    pem = folder / "certificate.pem"
    pem.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret = folder / "key.pem"
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM,
                                         serialization.PrivateFormat.PKCS8,
                                         serialization.NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, secret)
    with Server(("127.0.0.1", 0), Handler) as served:
        served.socket = context.wrap_socket(served.socket, server_side=True,
                                            do_handshake_on_connect=False)
        thread = threading.Thread(target=served.serve_forever, daemon=True)
        thread.start()
        yield served.server_address[1], pem
        served.shutdown()
        thread.join()


def debug_lines(plugin):
    return [log.message for log in plugin.engine.logs if log.severity == engine_pb2.DEBUG]


@pytest.mark.parametrize("scheme", ["https", "tls", "TLS"])
def test_a_server_shows_its_certificate(server, scheme):
    port, pem = server
    url = f"{scheme}://127.0.0.1:{port}"
    with Plugin(PALISADE, env={"SSL_CERT_FILE": str(pem)}) as plugin:
        answer = plugin.invoke("palisade:tls:getCertificate", {"url": url})
        assert answer["url"] == url and answer["verifyChain"] is True
        only, = answer["certificates"]
        assert only["serialNumber"] == "4711"
        assert only["certPem"] == pem.read_text()
        assert debug_lines(plugin) == []


def test_verification_fails_unless_it_is_switched_off(server):
    port, _ = server
    url = f"https://127.0.0.1:{port}"
    with Plugin(PALISADE) as plugin:
        with raises("FAILED_PRECONDITION") as caught:
            plugin.invoke("palisade:tls:getCertificate", {"url": url})
        assert "is not trusted" in caught[0].details()
        answer = plugin.invoke("palisade:tls:getCertificate", {"url": url, "verifyChain": False})
        assert len(answer["certificates"]) == 1


@pytest.mark.parametrize("how", [{"arguments": ("--logtostderr", "-v=3")},
                                 {"env": {"PALISADE_DEBUG": "1"}}])
def test_requests_are_told_when_asked_for(server, how):
    port, _ = server
    with Plugin(PALISADE, **how) as plugin:
        plugin.invoke("palisade:tls:getCertificate",
                      {"url": f"https://me:hunter2@127.0.0.1:{port}/path?hunter2",
                       "verifyChain": False})
        line, = debug_lines(plugin)
        assert line.startswith(f"HTTP CONNECT https://127.0.0.1:{port}/path -> connected in ")
        assert "hunter2" not in plugin.engine.text()
