"""Starts and stops all of it: gateway, doubles, moto."""

import pathlib
import tempfile

from . import coverage
from .control import Control
from .credential_sources import CONTAINER_PATH, CONTAINER_TOKEN, CredentialSources
from .ec2 import Ec2
from .faults import Faults
from .firewall import FirewallDouble
from .gateway import Gateway
from .identities import MAIN, OTHER, Identities
from .moto_process import Moto
from .records import Records
from .server import Server
from .sts import Sts
from .tagging import Tagging

REGION = "us-west-2"


class Cloud:
    """A cloud of one's own on loopback. Use it as a context manager; reset() between tests.

    `covers`: what is sent counts for the coverage list (see coverage.py). Not for requests of tests
    whose sender is not the provider."""

    def __init__(self, covers=False, port=0):
        self._covers = covers
        self._folder = tempfile.TemporaryDirectory(prefix="palisade-aws-")
        self.identities, self.records, self.faults = Identities(), Records(), Faults()
        self.moto = Moto(pathlib.Path(self._folder.name))
        self.firewall = FirewallDouble(self.moto)
        self.sts = Sts(self.identities)
        self.sources = CredentialSources(self.identities)
        self.ec2 = Ec2(self.moto, self.firewall.network)
        self.gateway = Gateway(
            self.identities, self.records, self.faults,
            {"network-firewall": self.firewall, "sts": self.sts,
             "ec2": self.ec2, "tagging": Tagging(self.moto, self.firewall)}, self.moto)
        self._control = Control(self)
        self.server = Server(self.gateway, self._others, port)

    def __enter__(self):
        self.moto.start()
        try:
            self.server.start()
            self.moto.wait()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        self.count()
        self.faults.release()
        self.server.stop()
        self.moto.stop()
        self._folder.cleanup()

    def count(self):
        if self._covers:
            coverage.merge(self.records.names())

    def _others(self, request):
        return self._control.handle(request) or self.sources.handle(request)

    def reset(self):
        """As at the start: no objects, no records, no faults, static users alone."""
        self.count()
        self.faults.clear()
        self.moto.reset()
        self.firewall.reset()
        self.ec2.reset()
        self.sts.reset()
        self.identities.reset()
        self.sources.reset()
        self.records.clear()

    @property
    def url(self):
        return self.server.url

    def environment(self, identity=MAIN, region=REGION):
        """What a program needs in its environment to talk to this cloud with static credentials."""
        values = {
            "AWS_ENDPOINT_URL": self.url, "AWS_ACCESS_KEY_ID": identity.access_key,
            "AWS_SECRET_ACCESS_KEY": identity.secret_key, "AWS_REGION": region,
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        return values | ({"AWS_SESSION_TOKEN": identity.token} if identity.token else {})

    def instance_environment(self, region=REGION):
        """As above, with credentials from instance metadata."""
        return {"AWS_ENDPOINT_URL": self.url, "AWS_REGION": region,
                "AWS_EC2_METADATA_SERVICE_ENDPOINT": self.url}

    def container_environment(self, region=REGION):
        """As above, with credentials from the container endpoint."""
        return {"AWS_ENDPOINT_URL": self.url, "AWS_REGION": region,
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": self.url + CONTAINER_PATH,
                "AWS_CONTAINER_AUTHORIZATION_TOKEN": CONTAINER_TOKEN}

    def secrets(self):
        """Every text that must be in no log."""
        return sorted(set(self.identities.secrets()) | set(self.sources.secrets()))


__all__ = ["Cloud", "MAIN", "OTHER", "REGION"]
