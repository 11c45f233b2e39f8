"""What the gateway saw: every request in the order of arrival, and what was wrong with it."""

import base64
import dataclasses
import datetime
import threading


@dataclasses.dataclass
class Record:
    number: int  # order of arrival, from 1
    service: str
    operation: str  # "" where it could not be told
    region: str
    account: str
    access_key: str
    params: dict
    size: int  # bytes of the body
    request_id: str  # as the reply names it
    connection: int  # requests of one TCP connection have the same number
    user_agent: str
    begun: float  # seconds of the monotonic clock
    ended: float | None = None
    status: int | None = None  # None where no reply was sent
    fault: str = ""  # the kind of fault that struck it
    carried_out: bool = False  # reached a server
    violations: list = dataclasses.field(default_factory=list)

    def as_json(self):
        value = dataclasses.asdict(self)
        value["params"] = plain(self.params)
        return value


def plain(value):
    """The same in JSON's types."""
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (bytes, bytearray)):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    return value


class Records:
    def __init__(self):
        self._lock = threading.Lock()
        self._list = []
        self._numbers = 0

    def begin(self, **fields):
        with self._lock:
            self._numbers += 1
            record = Record(number=self._numbers, **fields)
            self._list.append(record)
        return record

    def clear(self):
        with self._lock:
            self._list = []

    def all(self, operation=None, service=None, carried_out=None):
        with self._lock:
            found = list(self._list)
        return [record for record in found
                if (operation is None or record.operation == operation)
                and (service is None or record.service == service)
                and (carried_out is None or record.carried_out == carried_out)]

    def operations(self):
        """Names in order of arrival."""
        return [record.operation for record in self.all()]

    def names(self):
        """Each service:operation that a server carried out."""
        return {f"{record.service}:{record.operation}" for record in self.all(carried_out=True)}

    def violations(self):
        return [f"{record.service}:{record.operation or '?'}: {text}"
                for record in self.all() for text in record.violations]
