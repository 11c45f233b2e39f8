"""The gateway: every request is checked, recorded and then answered by a double or by moto.

A request that breaks a rule is answered with 400 GatewayRejected and the reason, and is never carried
out; the reason is also kept, so that a test fails even where the sender survives the refusal.
"""

import dataclasses
import itertools
import re
import time
import uuid

from . import limits, models, signature, wire
from .errors import EXPIRED, INTERNAL, NOT_FOUND, THROTTLED, UNAVAILABLE, AwsError, code_of
from .received import Reply

REJECTED = "GatewayRejected"
REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-\d")
# Calls that need no signature: they are what credentials are got with.
UNSIGNED = {"AssumeRoleWithWebIdentity", "AssumeRoleWithSAML"}


@dataclasses.dataclass
class Caller:
    """On whose behalf, and where, a call is carried out."""

    account: str
    region: str
    partition: str
    identity: object  # identities.Identity; None for an unsigned call


@dataclasses.dataclass
class Delivery:
    """How a reply goes out; server.py obeys."""

    reply: Reply | None  # None: the connection is reset
    cut: bool = False  # end the body in the middle
    piece: int = 0  # bytes in a piece; 0 for all at once
    pause: float = 0.0  # seconds between pieces


class Rejected(Exception):
    """Something is wrong with the request itself."""


class Gateway:
    """`servers` maps a signing name to what carries its calls out: an object with
    call(operation, parameters, caller, request), which answers the result or a Reply, or None where
    it leaves the call to `fallback`, or raises AwsError. Services without one are the fallback's,
    which has forward(request, caller) -> Reply."""

    def __init__(self, identities, records, faults, servers, fallback):
        self.identities, self.records, self.faults = identities, records, faults
        self.servers, self.fallback = servers, fallback
        self.connections = itertools.count(1)

    def now(self):
        """The servers' time, in seconds since the epoch."""
        return time.time() + self.faults.skew_seconds

    def handle(self, request, connection):
        return _Call(self, request, connection).run()


class _Call:
    """One request on its way through the steps."""

    def __init__(self, gateway, request, connection):
        self.gateway, self.request, self.connection = gateway, request, connection
        self.request_id = str(uuid.uuid4())
        self.service = self.operation = self.caller = None
        self.parameters, self.scope = {}, None
        self.record = None
        self.begun = time.monotonic()

    def run(self):
        try:
            problems = self._identify()
            problems += self._read()
        except Rejected as error:
            problems = [str(error)]
        self._begin(problems)
        try:
            delivery = self._answer(problems)
        finally:
            self.record.ended = time.monotonic()
        if delivery.reply:
            self.record.status = delivery.reply.status
        return delivery

    def _begin(self, problems):
        self.record = self.gateway.records.begin(
            service=self.service.signing_name if self.service else "",
            operation=self.operation.name if self.operation else "",
            region=self.caller.region if self.caller else "",
            account=self.caller.account if self.caller else "",
            access_key=self.scope.access_key if self.scope else "",
            params=self.parameters, size=len(self.request.body), request_id=self.request_id,
            connection=self.connection, user_agent=self.request.header("user-agent", ""),
            begun=self.begun, violations=problems)

    def _identify(self):
        """Finds service and caller; answers what is wrong with the signature."""
        try:
            self.scope = signature.scope_of(self.request)
        except ValueError as error:
            raise Rejected(str(error)) from None
        if self.scope is None:
            action = self.request.form().get("Action")
            if action not in UNSIGNED:
                raise Rejected("the request is not signed")
            self.service = models.service("sts")
            self.caller = Caller("", "", "aws", None)
            return []
        try:
            self.service = models.service(self.scope.service)
        except KeyError:
            raise Rejected(f"no service has the signing name {self.scope.service!r}") from None
        identity = self.gateway.identities.get(self.scope.access_key)
        if identity is None:
            raise Rejected(f"nobody has the access key {self.scope.access_key}")
        region = self.scope.region
        self.caller = Caller(identity.account, region, models.partition_of(region), identity)
        found = signature.violations(self.request, self.scope, identity)
        if not REGION.fullmatch(region):
            found.append(f"the scope's region is {region!r}")
        only = models.GLOBAL_REGIONS.get(self.scope.service)
        if only and region not in only:
            found.append(f"{self.scope.service} is signed for one of {sorted(only)}, not for {region}")
        if not self.gateway.faults.skew_seconds and not self._on_time():
            found.append(f"x-amz-date is {self.request.header('x-amz-date')}, which is not now")
        return found

    def _on_time(self):
        try:
            there = signature.time_of(self.request)
        except ValueError as error:
            raise Rejected(str(error)) from None
        return abs(there - self.gateway.now()) <= signature.TOLERANCE

    def _read(self):
        """Finds operation and parameters; answers what the model has against them."""
        try:
            self.operation, parameters = self.service.parse(wire.localstack_request(self.request))
            self.parameters = _without_none(parameters or {})
        except Exception as error:  # whatever localstack raises, the request is what is wrong
            raise Rejected(f"not readable as {self.service.signing_name}: {error}") from None
        try:
            found = wire.violations(self.service, self.operation, self.parameters, self.request)
        except Exception as error:  # what cannot be serialized again is a wrong request, too
            found = [f"the parameters cannot be serialized again: {type(error).__name__} {error}"]
        return found + limits.violations(self.operation, self.parameters)

    def _answer(self, problems):
        if problems:
            return self._error(AwsError(REJECTED, "; ".join(problems)))
        faults = self.gateway.faults
        fault = faults.take(self.service.signing_name, self.operation.name)
        if fault:
            self.record.fault = fault.kind
            if fault.kind == "skew":
                faults.skew(fault.option("seconds", 600), fault.option("code", "RequestTimeTooSkewed"))
            elif fault.kind == "expired":
                self.gateway.identities.expire(self.scope.access_key)
        refusal = self._refusal()
        if refusal:
            return refusal
        if fault and fault.kind == "stall":
            faults.wait(fault.option("seconds", 60))
            if not fault.option("carry_out", True):
                return Delivery(None)
        early = self._instead(fault) if fault else None
        if early:
            return early
        reply = self._carry_out()
        return _late(fault, reply) if fault else Delivery(reply)

    def _refusal(self):
        """What a caller without valid credentials or with a wrong clock gets."""
        faults, identity = self.gateway.faults, self.caller.identity
        if identity is None:
            return None
        if identity.expired or (identity.expires and identity.expires.timestamp() < self.gateway.now()):
            code, status = code_of(EXPIRED, self.service.signing_name)
            return self._error(AwsError(code, "The security token included in the request is expired",
                                        status))
        if faults.skew_seconds and not self._on_time():
            return self._error(AwsError(
                faults.skew_code, "The difference between the request time and the current time is "
                "too large.", 403))
        return None

    def _instead(self, fault):
        """The delivery of a fault that keeps the call from being carried out, or None."""
        name = self.service.signing_name
        if fault.kind == "reset-before":
            return Delivery(None)
        if fault.kind == "html":
            text = "<!DOCTYPE html><html><body><h1>It works on somebody's machine</h1></body></html>"
            return Delivery(Reply.text(text, fault.option("status", 500), "text/html"))
        if fault.kind == "unavailable":
            code, status = code_of(UNAVAILABLE, name)
            delivery = self._error(AwsError(code, "The service is unavailable. Try again.", status))
            seconds = fault.option("retry_after", 1)
            delivery.reply.headers += [("Retry-After", str(max(1, round(seconds)))),
                                       ("x-amz-retry-after", str(round(seconds * 1000)))]
            return delivery
        if fault.kind == "throttle":
            code, status = code_of(THROTTLED, name)
            return self._error(AwsError(fault.option("code", code), "Rate exceeded",
                                        fault.option("status", status)))
        if fault.kind == "internal":
            code, status = code_of(INTERNAL, name)
            return self._error(AwsError(code, "An internal error has occurred.", status))
        if fault.kind == "not-found":
            code = fault.option("code", code_of(NOT_FOUND, self.operation.name))
            return self._error(AwsError(code, "The specified ID does not exist", 400))
        if fault.kind == "dependency":
            code = "DependencyViolation" if name == "ec2" else "InvalidOperationException"
            return self._error(AwsError(code, "The object has dependencies and cannot be deleted. "
                                        "It is still in use.", 400))
        if fault.kind == "error":
            return self._error(AwsError(fault.option("code", "InternalFailure"),
                                        fault.option("message", ""), fault.option("status", 400)))
        return None

    def _carry_out(self):
        server = self.gateway.servers.get(self.service.signing_name)
        self.record.carried_out = True
        try:
            result = server and server.call(self.operation.name, self.parameters, self.caller,
                                            self.request)
            if isinstance(result, Reply):
                reply = result
            elif result is None:
                reply = self.gateway.fallback.forward(self.request, self.caller)
            else:
                reply = Reply.of_response(
                    self.service.result(self.operation, result, self.request_id))
        except AwsError as error:
            reply = self._error(error).reply
        if reply.status < 300:
            self.gateway.faults.carried_out(self.operation.name)
        return reply

    def _error(self, error):
        if self.service is None:
            return Delivery(Reply.json({"__type": error.code, "message": error.message}, 400))
        reply = Reply.of_response(self.service.error(self.operation, error, self.request_id))
        reply.status = error.status_code
        return Delivery(reply)


def _without_none(value):
    """The parser says None of members that were not sent. A null that was sent is found by wire.py."""
    if isinstance(value, dict):
        return {name: _without_none(item) for name, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_none(item) for item in value]
    return value


def _late(fault, reply):
    """What becomes of the reply of a call that was carried out."""
    if fault.kind == "reset-after":
        return Delivery(None)
    if fault.kind == "truncate":
        return Delivery(reply, cut=True)
    if fault.kind == "drip":
        return Delivery(reply, piece=fault.option("size", 16), pause=fault.option("pause", 0.05))
    return Delivery(reply)
