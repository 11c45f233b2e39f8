"""Signature Version 4, recomputed by botocore over the bytes that were received."""

import calendar
import dataclasses
import hashlib
import hmac
import re
import time

from botocore.auth import SIGNED_HEADERS_BLACKLIST, S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

TOLERANCE = 300  # seconds, what most services allow
AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(?P<key>[^/,\s]+)/(?P<date>\d{8})/(?P<region>[^/,\s]+)"
    r"/(?P<service>[^/,\s]+)/aws4_request, ?SignedHeaders=(?P<signed>[^,\s]+), ?"
    r"Signature=(?P<signature>[0-9a-f]{64})")
UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD"


@dataclasses.dataclass
class Scope:
    """What a well-formed Authorization header says."""

    access_key: str
    date: str
    region: str
    service: str
    signed: list
    signature: str


def scope_of(request):
    """The Scope of a signed request; None without the header; ValueError where it is malformed."""
    values = request.all("authorization")
    if not values:
        return None
    if len(values) > 1:
        raise ValueError(f"{len(values)} Authorization headers")
    match = AUTHORIZATION.fullmatch(values[0])
    if not match:
        raise ValueError("the Authorization header is not in the form of AWS4-HMAC-SHA256")
    return Scope(match["key"], match["date"], match["region"], match["service"],
                 match["signed"].split(";"), match["signature"])


def time_of(request):
    """Seconds since the epoch of x-amz-date; ValueError where it is absent or malformed."""
    values = request.all("x-amz-date")
    if len(values) != 1:
        raise ValueError(f"{len(values)} x-amz-date headers")
    return calendar.timegm(time.strptime(values[0], "%Y%m%dT%H%M%SZ"))


def violations(request, scope, identity):
    """What is wrong with the signature of a request, as sentences; the clock is not looked at here."""
    found = list(_header_findings(request, scope))
    body_hash = hashlib.sha256(request.body).hexdigest()
    declared = request.header("x-amz-content-sha256")
    if declared is None and scope.service == "s3":
        found.append("S3 requires the header x-amz-content-sha256")
    if declared == UNSIGNED_PAYLOAD:
        found.append("an unsigned payload over plain http")
    elif declared is not None and declared != body_hash:
        found.append(f"x-amz-content-sha256 is {declared}, the body's hash is {body_hash}")
    tokens = request.all("x-amz-security-token")
    if tokens != ([identity.token] if identity.token else []):
        found.append("x-amz-security-token is not the token of that access key"
                     if identity.token else "x-amz-security-token with a key that has no token")
    expected, canonical = recompute(request, scope, identity)
    if not hmac.compare_digest(expected, scope.signature):
        shown = "\n".join(line for line in canonical.split("\n")
                          if not line.startswith("x-amz-security-token:"))
        found.append(f"the signature does not match; the canonical request is\n{shown}")
    return found


def _header_findings(request, scope):
    if scope.signed != sorted(scope.signed) or len(set(scope.signed)) != len(scope.signed):
        yield f"SignedHeaders are not sorted or not unique: {';'.join(scope.signed)}"
    present = {name.lower() for name, _ in request.headers}
    required = {"host"} | {name for name in present if name.startswith("x-amz-")}
    required |= {"content-type"} & present
    for name in sorted(required - set(scope.signed)):
        yield f"the header {name} must be signed"
    for name in sorted(set(scope.signed) - present):
        yield f"the signed header {name} was not sent"
    for name in sorted(set(scope.signed) & set(SIGNED_HEADERS_BLACKLIST)):
        yield f"the header {name} must not be signed: proxies change it"
    stamp = request.header("x-amz-date") or ""
    if stamp[:8] != scope.date:
        yield f"the scope's date {scope.date} is not that of x-amz-date {stamp}"


def recompute(request, scope, identity):
    """(signature, canonical request) by botocore, of the headers that the client says it signed."""
    kind = S3SigV4Auth if scope.service == "s3" else SigV4Auth
    signer = kind(Credentials(identity.access_key, identity.secret_key, identity.token),
                  scope.service, scope.region)
    aws = AWSRequest(method=request.method, data=request.body,
                     url=f"http://{request.header('host') or 'missing'}{request.target}")
    for name, value in request.headers:
        if name.lower() in scope.signed and name.lower() not in SIGNED_HEADERS_BLACKLIST:
            aws.headers.add_header(name, value)
    aws.context["timestamp"] = request.header("x-amz-date") or ""
    canonical = signer.canonical_request(aws)
    return signer.signature(signer.string_to_sign(aws, canonical), aws), canonical
