"""A preview asks nobody: no cloud's credentials, no configuration files, no connection."""

import socket
import threading

from harness import ROOT


class Listener:
    """Stands where a proxy would, and counts who calls."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.calls = 0
        self.thread = threading.Thread(target=self.accept, daemon=True)
        self.thread.start()

    def accept(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.calls += 1
            connection.close()

    def close(self):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join(5)


def test_preview_and_up_without_network_or_credentials(yaml_project):
    project = yaml_project("private-pki").copy(ROOT / "examples" / "private-pki" / "yaml")
    listener = Listener()
    env = project.sandbox.env
    kept = {key: value for key, value in env.items() if key == "PATH" or key.startswith("PULUMI_")}
    env.clear()
    proxy = f"http://127.0.0.1:{listener.port}"
    env |= kept | {name: proxy for name in (
        "http_proxy", "https_proxy", "grpc_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY",
        "ALL_PROXY")}
    env["HOME"] = str(project.folder / "nobody")
    try:
        project.init()
        assert project.preview().ok
        assert project.up().ok
        assert project.preview().changed() == []
    finally:
        listener.close()
    assert listener.calls == 0
