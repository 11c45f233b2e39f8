"""Inputs for any resource type, made from the schema that the plugin itself prints."""

import functools
import itertools
import json
import string

from pulumi.runtime.proto import provider_pb2

import wire
from plugin import PATIENCE

DEPTH = 3


def schema(plugin):
    answer = plugin.stub.GetSchema(provider_pb2.GetSchemaRequest(), timeout=PATIENCE)
    return json.loads(answer.schema)


class Generator:
    """Values of the right shape; every text is one of its own, so that it can be searched for."""

    def __init__(self, package):
        self.package = package
        self._texts = ("".join(letters) for letters in
                       itertools.product("qwzx", *[string.ascii_lowercase] * 4))

    def inputs(self, token):
        spec = self.package["resources"][token]
        return {name: self.value(property)
                for name, property in sorted(spec["inputProperties"].items())
                if name != "skipChecks"}

    def value(self, spec, depth=0):
        if "const" in spec:
            return spec["const"]
        if "oneOf" in spec:
            return self.value(spec["oneOf"][0], depth)
        if "$ref" in spec:
            return self._referred(spec["$ref"], depth)
        kind = spec["type"]
        if kind == "array":
            return [self.value(spec["items"], depth + 1)]
        if kind == "object":
            return {"k.x": self.value(spec.get("additionalProperties", {"type": "string"}),
                                      depth + 1)}
        return {"boolean": True, "integer": 2, "number": 2.5, "string": None}[kind] or next(
            self._texts)

    def _referred(self, reference, depth):
        if reference == "pulumi.json#/Asset":
            return wire.asset(text=next(self._texts))
        if reference == "pulumi.json#/Archive":
            return wire.archive({"a": wire.asset(text=next(self._texts))}, hash="ab" * 32)
        if reference == "pulumi.json#/Json":
            return '{"a": "%s"}' % next(self._texts)
        if reference == "pulumi.json#/Any":
            return {"any": [next(self._texts), 1]}
        type = self.package["types"][reference.removeprefix("#/types/")]
        if "enum" in type:
            return type["enum"][0]["value"]
        required = type.get("required", [])
        return {name: self.value(property, depth + 1)
                for name, property in sorted(type["properties"].items())
                if depth < DEPTH or name in required}


def accepted(plugin, token, news):
    """`news` without the properties that Check refuses (limits are not in the published schema),
    and the checked inputs. A property that cannot be left out ends it: then the type needs a row
    in `known`."""
    news = dict(news)
    for _ in range(len(news) + 1):
        answer = plugin.check(token, news)
        if not answer.failures:
            return news, answer.inputs
        refused = set()
        for failure in answer.failures:
            path = failure.property or failure.reason.split(": ")[0]
            refused.add(path.split(".")[0].split("[")[0])
        # One property at a time: the others may only have suffered from it (exclusive ones).
        refused &= news.keys()
        assert refused, f"{token} refuses {answer.failures}"
        news.pop(sorted(refused)[-1])
    raise AssertionError(f"{token} accepts nothing")


@functools.lru_cache(maxsize=None)
def _tls(plugin):
    """Keys and certificates, made by the plugin itself."""
    def make(type, **news):
        return wire.plain(plugin.make(f"palisade:tls:{type}", news).outputs)

    key = make("PrivateKey", algorithm="ED25519")["privateKeyPem"]
    subject = {"commonName": "ca.test"}
    request = make("CertRequest", privateKeyPem=key, subject=subject)["certRequestPem"]
    authority = make("SelfSignedCert", privateKeyPem=key, subject=subject, isCaCertificate=True,
                     allowedUses=["cert_signing"], validityPeriodHours=48)["certPem"]
    return key, request, authority


def _certificates(plugin):
    """Token -> inputs, for types whose texts have to be keys, certificates and names."""
    key, request, authority = _tls(plugin)
    names = {"dnsNames": ["qqqqb.test"], "ipAddresses": ["10.0.0.1"],
             "uris": ["https://qqqqc.test"], "triggers": {"k.x": "qqqqd"}}
    subject = {"commonName": "qqqqe", "organization": "qqqqf", "streetAddresses": ["qqqqg"]}
    validity = {"validityPeriodHours": 24, "allowedUses": ["server_auth"]}
    return {
        "palisade:tls:CertRequest": [
            {"privateKeyPem": key, "subject": subject, **names}, {"privateKeyPem": key}],
        "palisade:tls:SelfSignedCert": [
            {"privateKeyPem": key, "subject": subject, **names, **validity,
             "setSubjectKeyId": True, "earlyRenewalHours": 2, "isCaCertificate": True,
             "pkcs12Password": "qqqqh"}],
        "palisade:tls:LocallySignedCert": [
            {"certRequestPem": request, "caPrivateKeyPem": key, "caCertPem": authority,
             **validity, "triggers": {"k.x": "qqqqi"}, "setSubjectKeyId": True}],
    }


def known(plugin, token):
    """Several inputs for a type, the generated ones among them where those can be meaningful."""
    if token == "palisade:tls:PrivateKey":
        return [{"algorithm": "ED25519", "triggers": {"k.x": "qqqqa"}},
                {"algorithm": "ECDSA", "ecdsaCurve": "P256"},
                {"algorithm": "RSA", "rsaBits": 2048}]
    if token.startswith("palisade:tls:"):
        special = _certificates(plugin).get(token)
        if special:
            return special
    # Flaky types fail where `failAt` says and slow ones take their time; both have tests of their
    # own, and here are to live an ordinary life.
    calm = {"failAt": "never", "failWaits": 0, "createMs": 2, "size": 2, "awaitMs": 2}
    generated = Generator(schema(plugin)).inputs(token)
    generated.update({name: value for name, value in calm.items() if name in generated})
    # Each side of what excludes each other.
    return [generated, {name: value for name, value in generated.items() if name != "left"}]


def places(value, path=()):
    """Paths of everything inside `value`, itself included."""
    yield path
    if isinstance(value, wire.Secret):
        yield from places(value.value, path)
    elif isinstance(value, dict) and wire.SIGNATURE not in value:
        for name, item in value.items():
            yield from places(item, (*path, name))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from places(item, (*path, i))


def replaced(value, path, change):
    """`value` with `change` applied at `path`, looking through secrets."""
    if not path:
        return change(value)
    if isinstance(value, wire.Secret):
        return wire.Secret(replaced(value.value, path, change))
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = replaced(value[path[0]], path[1:], change)
    return copy


def is_secret_at(value, path):
    """Whether a secret stands on the way to `path`."""
    while True:
        if isinstance(value, wire.Secret):
            return True
        if not path:
            return False
        value, path = value[path[0]], path[1:]
