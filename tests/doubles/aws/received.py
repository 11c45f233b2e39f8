"""A request as its bytes came in, and a reply as its bytes go out."""

import dataclasses
import json
from urllib.parse import parse_qsl, urlsplit


@dataclasses.dataclass
class Received:
    """One HTTP request. Header names and values are as received, in order."""

    method: str
    target: str  # path and query, undecoded
    headers: list  # [(name, value)]
    body: bytes

    @property
    def path(self):
        return urlsplit(self.target).path

    @property
    def query(self):
        return urlsplit(self.target).query

    def header(self, name, default=None):
        """The one value of a header; several are joined by comma, as HTTP says."""
        values = self.all(name)
        return ",".join(values) if values else default

    def all(self, name):
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def form(self):
        """Name -> value of a form body; empty where the body is not one."""
        if "x-www-form-urlencoded" not in (self.header("content-type") or ""):
            return {}
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))


@dataclasses.dataclass
class Reply:
    status: int
    headers: list  # [(name, value)], without Content-Length and Date
    body: bytes

    @classmethod
    def json(cls, value, status=200):
        body = json.dumps(value).encode()
        return cls(status, [("Content-Type", "application/json")], body)

    @classmethod
    def text(cls, text, status=200, content_type="text/plain"):
        return cls(status, [("Content-Type", content_type)], text.encode())

    @classmethod
    def of_response(cls, response):
        """From localstack's (werkzeug's) response."""
        headers = [(name, value) for name, value in response.headers.items()
                   if name.lower() not in ("content-length", "date")]
        return cls(response.status_code, headers, response.get_data())
