"""The configuration `palisade:tls`: its rules, and the way to a server that it chooses."""

import base64
import json
import re
import socket
import threading
from socketserver import StreamRequestHandler

import pytest

import wire
from get_certificate_test import Server, debug_lines, server  # noqa: F401 (a fixture)
from plugin import PALISADE, Plugin, raises
from wire import UNKNOWN, Secret

URL = "http://proxy.test:3128"
FUNCTION = "palisade:tls:getCertificate"


@pytest.fixture(scope="module")
def bare():
    with Plugin(PALISADE, configure=False) as plugin:
        plugin.handshake()
        yield plugin
        plugin.assert_alive()


def reasons(plugin, proxy):
    """The failures, which have to be the same for an object and for its JSON text."""
    told = [[failure.reason for failure in plugin.check_config(news).failures]
            for news in ({"tls": {"proxy": proxy}}, {"tls": json.dumps({"proxy": proxy})})]
    assert told[0] == told[1]
    return told[0]


@pytest.mark.parametrize("proxy", [
    {}, {"fromEnv": True}, {"fromEnv": False}, {"url": URL}, {"url": "https://proxy.test"},
    {"url": "socks5://proxy.test"}, {"url": URL, "username": "ann"},
    {"url": URL, "username": "ann", "password": "hunter2"},
])
def test_what_fits_together_passes(bare, proxy):
    assert reasons(bare, proxy) == []
    bare.configure({"tls": {"proxy": proxy}})


@pytest.mark.parametrize("proxy, path, words", [
    ({"url": "ftp://proxy.test"}, "url", ["tls.proxy-url", '"ftp"', "socks5://host:port"]),
    ({"url": "proxy.test:3128"}, "url", ["tls.proxy-url", "no scheme"]),
    ({"url": "http://"}, "url", ["tls.proxy-url", "no host"]),
    ({"username": "ann"}, "username", ["dependent", "set url too"]),
    ({"url": URL, "password": "hunter2"}, "password", ["dependent", "set username too"]),
    ({"url": URL, "fromEnv": True}, "fromEnv", ["exclusive", "beside url"]),
    ({"url": URL, "fromEnv": False}, "fromEnv", ["exclusive", "beside url"]),
    ({"fromEnv": "perhaps"}, "fromEnv", ["type", "boolean"]),
    ({"pasword": "hunter2"}, "pasword", ["unknown-property", 'did you mean "password"']),
])
def test_what_does_not_is_a_failure_with_its_path(bare, proxy, path, words):
    reason, = reasons(bare, proxy)
    assert reason.startswith(f"tls.proxy.{path}: ")
    for word in words:
        assert word in reason
    assert "hunter2" not in reason


def test_all_failures_come_at_once(bare):
    told = reasons(bare, {"url": "x", "password": "hunter2", "fromEnv": True, "port": 1})
    assert sorted(reason.split(":")[0] for reason in told) == [
        "tls.proxy.fromEnv", "tls.proxy.password", "tls.proxy.port", "tls.proxy.url"]
    assert "hunter2" not in "".join(told)


def test_an_unknown_member_of_the_object_is_explained(bare):
    answer = bare.check_config({"tls": {"proxi": {}}})
    assert ['did you mean "proxy"' in failure.reason for failure in answer.failures] == [True]


def test_unknown_values_pass(bare):
    assert not bare.check_config({"tls": {"proxy": {"url": UNKNOWN, "username": UNKNOWN}}}).failures
    assert not bare.check_config({"tls": UNKNOWN}).failures


@pytest.mark.parametrize("as_text", [False, True])
def test_the_password_comes_back_as_a_secret(bare, as_text):
    tls = {"proxy": {"url": URL, "username": "ann", "password": "hunter2"}}
    answer = bare.check_config({"tls": json.dumps(tls) if as_text else tls})
    assert not answer.failures
    assert "hunter2" not in wire.clear_text(answer.inputs)
    assert answer.inputs["tls"]["proxy"]["password"] == Secret("hunter2")
    bare.configure(answer.inputs)


def test_configure_knows_the_rules_too(bare):
    """A provider that is loaded from the state never saw CheckConfig."""
    with raises("INVALID_ARGUMENT") as caught:
        bare.configure({"tls": {"proxy": {"url": URL, "password": Secret("hunter2")}}})
    assert "tls.proxy.password" in caught[0].details()
    assert "hunter2" not in caught[0].details()


def test_credentials_in_the_url_are_warned_of():
    with Plugin(PALISADE, configure=False) as plugin:
        plugin.handshake()
        tls = {"proxy": {"url": "http://ann:hunter2@proxy.test"}}
        assert not plugin.check_config({"tls": tls}).failures
        warning, = [log.message for log in plugin.engine.logs]
        assert warning.startswith("tls.proxy.url: ") and "tls.proxy-credentials" in warning
        assert "hunter2" not in plugin.engine.text()


class Tunnel(StreamRequestHandler):
    """A CONNECT proxy for those who know its password."""

    def handle(self):
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            line = self.rfile.readline()
            if not line:
                return
            head += line
        told = re.search(rb"Proxy-Authorization: Basic (\S+)", head)
        user = base64.b64decode(told[1]).decode() if told else None
        target = head.split()[1].decode()
        self.server.asked.append((target, user))
        if user != "ann:p@ss:word":
            self.wfile.write(b"HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic realm=x\r\n"
                             b"Content-Length: 0\r\n\r\n")
            return
        with socket.create_connection(("127.0.0.1", int(target.rsplit(":", 1)[1])), 10) as far:
            self.wfile.write(b"HTTP/1.1 200 Connected\r\n\r\n")
            back = threading.Thread(target=carry, args=(far, self.connection), daemon=True)
            back.start()
            carry(self.connection, far)
            back.join(10)


def carry(source, target):
    try:
        while chunk := source.recv(65536):
            target.sendall(chunk)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


@pytest.fixture
def proxy():
    with Server(("127.0.0.1", 0), Tunnel) as served:
        served.asked = []
        thread = threading.Thread(target=served.serve_forever, daemon=True)
        thread.start()
        yield served
        served.shutdown()
        thread.join()


def configured(proxy, **more):
    return {"tls": {"proxy": {"url": f"http://127.0.0.1:{proxy.server_address[1]}", **more}}}


def test_a_server_is_reached_through_the_configured_proxy(server, proxy):  # noqa: F811
    port, pem = server
    config = configured(proxy, username="ann", password=Secret("p@ss:word"))
    with Plugin(PALISADE, config, env={"SSL_CERT_FILE": str(pem), "PALISADE_DEBUG": "1",
                                       "NO_PROXY": "*"}) as plugin:
        answer = plugin.invoke(FUNCTION, {"url": f"https://127.0.0.1:{port}"})
        assert [one["serialNumber"] for one in answer["certificates"]] == ["4711"]
        assert proxy.asked == [(f"127.0.0.1:{port}", "ann:p@ss:word")]
        plugin.invoke(FUNCTION, {"url": f"tls://127.0.0.1:{port}"})
        assert len(proxy.asked) == 1
        assert len(debug_lines(plugin)) == 2
        assert "p@ss" not in plugin.engine.text() + plugin.process.stderr().decode()


def test_a_proxy_that_refuses_is_told_without_the_password(server, proxy):  # noqa: F811
    port, pem = server
    config = configured(proxy, username="ann", password=Secret("hunter2"))
    with Plugin(PALISADE, config, env={"SSL_CERT_FILE": str(pem), "PALISADE_DEBUG": "1"}) as plugin:
        with raises("FAILED_PRECONDITION") as caught:
            plugin.invoke(FUNCTION, {"url": f"https://127.0.0.1:{port}"})
        told = caught[0].details()
        assert told.startswith("url: the proxy 127.0.0.1:") and "HTTP 407" in told
        assert "hunter2" not in told + plugin.engine.text()


@pytest.mark.parametrize("from_env, asked", [(True, 1), (False, 0)])
def test_from_env_decides_without_a_url(proxy, from_env, asked):
    there = f"http://ann:x@127.0.0.1:{proxy.server_address[1]}"
    with Plugin(PALISADE, {"tls": {"proxy": {"fromEnv": from_env}}},
                env={"HTTPS_PROXY": there, "NO_PROXY": ""}) as plugin:
        # This machine by an address that, unlike 127.0.0.1, no proxy is spared for.
        with raises("FAILED_PRECONDITION" if from_env else "UNAVAILABLE"):
            plugin.invoke(FUNCTION, {"url": "https://0.0.0.0:1"})
    assert len(proxy.asked) == asked
