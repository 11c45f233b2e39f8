"""Round trip: what was received against what botocore would have sent for the parsed parameters.

The parser drops members that it does not know, without a word. Serializing again and comparing
finds them: a stray member, a misspelt name, a list with a gap, a value in another form.
"""

import base64
import json
import xml.etree.ElementTree as ElementTree
from urllib.parse import parse_qsl, unquote, urlsplit

from botocore.serialize import create_serializer
from localstack.http import Request
from werkzeug.datastructures import Headers

JSON_VERSION_TYPE = "application/x-amz-json-{}"
FORM_TYPE = "application/x-www-form-urlencoded"


def localstack_request(request):
    """The same request as localstack's parser takes it."""
    return Request(method=request.method, path=unquote(request.path), body=request.body,
                   headers=Headers(request.headers),
                   query_string=request.query, raw_path=request.path)


def violations(service, operation, parameters, request):
    """Differences between the request and botocore's own form of it, as sentences."""
    serializer = create_serializer(service.protocol, include_validation=False)
    expected = serializer.serialize_to_request(parameters, operation)
    found = []
    if request.method != expected["method"]:
        found.append(f"{operation.name} is sent by {expected['method']}, not {request.method}")
    found += _path_findings(expected, request)
    if service.protocol == "json":
        found += _json_findings(service, operation, expected, request)
    elif service.protocol in ("query", "ec2"):
        found += _form_findings(service, expected, request)
    else:
        found += _rest_findings(expected, request)
    return found


def _path_findings(expected, request):
    path = urlsplit(expected["url_path"])
    if unquote(request.path) != unquote(path.path or "/"):
        yield f"the path is {request.path}, the model has {path.path}"
    wanted = sorted(parse_qsl(path.query, keep_blank_values=True) + _pairs(expected["query_string"]))
    got = sorted(parse_qsl(request.query, keep_blank_values=True))
    if wanted != got:
        yield f"the query is {got}, the model has {wanted}"


def _pairs(query):
    if isinstance(query, str):
        return parse_qsl(query, keep_blank_values=True)
    return [(name, str(item)) for name, value in query.items()
            for item in (value if isinstance(value, list) else [value])]


def _media_type(request):
    return (request.header("content-type") or "").split(";")[0].strip().lower()


def _json_findings(service, operation, expected, request):
    wanted_type = JSON_VERSION_TYPE.format(service.model.metadata["jsonVersion"])
    if _media_type(request) != wanted_type:
        yield f"the content type is {request.header('content-type')!r}, not {wanted_type}"
    if request.header("x-amz-target") != expected["headers"]["X-Amz-Target"]:
        yield f"X-Amz-Target is {request.header('x-amz-target')}"
    got = json.loads(request.body or b"{}", object_pairs_hook=_unique)
    wanted = json.loads(expected["body"] or b"{}")
    yield from compare(wanted, got, operation.name)


def _unique(pairs):
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a JSON object names a member twice")
    return value


def compare(wanted, got, path):
    """Differences of two JSON values. `wanted` holds what the model knows, `got` what was sent."""
    if isinstance(wanted, dict) and isinstance(got, dict):
        for name in sorted(set(got) - set(wanted)):
            yield f"{path}.{name}: the model has no such member, or its value is null or malformed"
        for name in sorted(set(wanted) - set(got)):
            yield f"{path}.{name}: lost on the way through the parser"
        for name in sorted(set(wanted) & set(got)):
            yield from compare(wanted[name], got[name], f"{path}.{name}")
    elif isinstance(wanted, list) and isinstance(got, list) and len(wanted) == len(got):
        for index, (left, right) in enumerate(zip(wanted, got)):
            yield from compare(left, right, f"{path}[{index}]")
    elif type(wanted) is not type(got) and not _numbers(wanted, got) or wanted != got:
        yield f"{path}: sent {_shown(got)}, the model's form is {_shown(wanted)}"


def _numbers(left, right):
    return all(isinstance(value, (int, float)) and not isinstance(value, bool)
               for value in (left, right))


def _shown(value):
    text = json.dumps(value, default=lambda raw: base64.b64encode(raw).decode())
    return text if len(text) <= 80 else f"{text[:77]}..."


def _form_findings(service, expected, request):
    if _media_type(request) != FORM_TYPE:
        yield f"the content type is {request.header('content-type')!r}, not {FORM_TYPE}"
    try:
        pairs = parse_qsl(request.body.decode("utf-8", "strict"), keep_blank_values=True,
                          strict_parsing=True)
    except ValueError as error:
        yield f"the body is not a form: {error}"
        return
    got = dict(pairs)
    if len(got) != len(pairs):
        yield "the form names a field twice"
    wanted = {name: str(value) for name, value in expected["body"].items()}
    for name in sorted(set(got) - set(wanted)):
        yield f"the field {name} is unknown to the model, or its list has a gap"
    for name in sorted(set(wanted) - set(got)):
        yield f"the field {name}={wanted[name]!r} was lost on the way through the parser"
    for name in sorted(set(wanted) & set(got)):
        if wanted[name] != got[name]:
            yield f"the field {name} is {_shown(got[name])}, the model's form is {_shown(wanted[name])}"


def _rest_findings(expected, request):
    for name, value in expected["headers"].items():
        if name.lower() != "content-type" and request.header(name) != str(value):
            yield f"the header {name} is {request.header(name)!r}, the model has {value!r}"
    wanted, got = expected["body"] or b"", request.body
    if isinstance(wanted, str):
        wanted = wanted.encode()
    if _canonical_xml(wanted) != _canonical_xml(got):
        yield f"the body is {got[:300]!r}, the model's form is {wanted[:300]!r}"


def _canonical_xml(body):
    if not body.strip():
        return ""
    try:
        return ElementTree.canonicalize(body.decode(), strip_text=True)
    except ElementTree.ParseError:
        return body
