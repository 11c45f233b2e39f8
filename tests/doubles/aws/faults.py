"""Faults on demand: rules that say what goes wrong with which call.

    faults.add("reset-after", "ec2", "CreateVpc")              the reply of the next one is lost
    faults.add("throttle", "network-firewall", nth=3, times=2)  its third and fourth call
    faults.add("not-found", "ec2", "DescribeVpcs", after="CreateVpc", times=3)

The rules are a script: a call is counted by the first rule that matches it and is not used up, and
by the next one only when that rule let it pass. Kinds:

    reset-unread   connection reset with the request unread in the socket
    reset-before   request read and not carried out, connection reset
    reset-after    request carried out, connection reset: the reply is lost
    truncate       carried out; the body ends in the middle
    drip           carried out; the reply comes in pieces of `size` bytes, `pause` seconds apart
    stall          no reply for `seconds` or until release(); carried out afterwards, unless
                   `carry_out` is false: then the connection is reset
    throttle       the service's own code; `status` overrides (429, 503)
    internal       500 with the service's code
    unavailable    503 with Retry-After (`retry_after` seconds) and x-amz-retry-after (milliseconds)
    html           `status` (500) with a page of HTML
    error          any `code`, `status` (400), `message`
    not-found      the code of a describe that finds nothing
    dependency     DependencyViolation (ec2), InvalidOperationException (Network Firewall)
    expired        the access key in use is refused from this call on; other keys are not
    skew           from this call on the gateway's clock is ahead by `seconds`, and requests of
                   another time are refused with `code` (RequestTimeTooSkewed)
"""

import dataclasses
import fnmatch
import threading

KINDS = ("reset-unread", "reset-before", "reset-after", "truncate", "drip", "stall", "throttle",
         "internal", "unavailable", "html", "error", "not-found", "dependency", "expired", "skew")


@dataclasses.dataclass
class Fault:
    kind: str
    service: str = "*"
    operation: str = "*"
    nth: int = 1  # the first call that it strikes, from 1
    times: int = 1  # how many in a row; 0 for all further ones
    after: str | None = None  # counts only once this operation was carried out
    options: dict = dataclasses.field(default_factory=dict)
    seen: int = 0
    hits: int = 0
    armed: bool = True

    def matches(self, service, operation):
        return (self.armed and not self.used_up and fnmatch.fnmatchcase(service, self.service)
                and fnmatch.fnmatchcase(operation, self.operation))

    @property
    def used_up(self):
        return self.times > 0 and self.seen >= self.nth + self.times - 1

    def option(self, name, default):
        return self.options.get(name, default)


class Faults:
    def __init__(self):
        self._lock = threading.Lock()
        self._rules = []
        self._released = threading.Event()
        self.skew_seconds, self.skew_code = 0, None

    def add(self, kind, service="*", operation="*", nth=1, times=1, after=None, **options):
        if kind not in KINDS:
            raise ValueError(f"{kind!r} is none of {', '.join(KINDS)}")
        fault = Fault(kind, service, operation, nth, times, after, options, armed=after is None)
        with self._lock:
            self._rules.append(fault)
        return fault

    def clear(self):
        with self._lock:
            self._rules = []
            self.skew_seconds, self.skew_code = 0, None
            self.release()
            self._released = threading.Event()

    def rules(self):
        with self._lock:
            return [dataclasses.asdict(rule) for rule in self._rules]

    def unread_pending(self):
        """Whether a connection must be looked at before its request is read."""
        with self._lock:
            return any(rule.kind == "reset-unread" and rule.armed and not rule.used_up
                       for rule in self._rules)

    def take_unread(self, service, operation):
        """Whether the request that waits in a socket is to be reset."""
        with self._lock:
            for rule in self._rules:
                if rule.matches(service, operation):
                    if rule.kind != "reset-unread":
                        return False
                    if self._count(rule):
                        return True
        return False

    def take(self, service, operation):
        """The fault that strikes this call, or None."""
        with self._lock:
            for rule in self._rules:
                if rule.kind != "reset-unread" and rule.matches(service, operation):
                    if self._count(rule):
                        return rule
        return None

    @staticmethod
    def _count(rule):
        rule.seen += 1
        if rule.seen < rule.nth:
            return False
        rule.hits += 1
        return True

    def carried_out(self, operation):
        """An operation succeeded: arms the rules that waited for it."""
        with self._lock:
            for rule in self._rules:
                if rule.after == operation:
                    rule.armed = True

    def skew(self, seconds, code="RequestTimeTooSkewed"):
        self.skew_seconds, self.skew_code = seconds, code

    def release(self):
        """Lets every stalled call go on."""
        self._released.set()

    def wait(self, seconds):
        self._released.wait(seconds)
