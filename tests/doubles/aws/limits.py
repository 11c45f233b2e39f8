"""What the model says of values: types, names and required members by botocore's own validator, and
enum, pattern, min and max, which that validator does not look at, by a walk over the shapes."""

import regex
from botocore.validate import ParamValidator


def violations(operation, parameters):
    shape = operation.input_shape
    if shape is None:
        return [f"{operation.name} takes no members"] if parameters else []
    report = ParamValidator().validate(parameters, shape)
    found = [report.generate_report()] if report.has_errors() else []
    return found + list(walk(shape, parameters, operation.name))


def walk(shape, value, path):
    if value is None:
        return
    if shape.type_name == "structure" and isinstance(value, dict):
        for name, item in value.items():
            if name in shape.members:
                yield from walk(shape.members[name], item, f"{path}.{name}")
    elif shape.type_name == "list" and isinstance(value, list):
        yield from _size(shape, len(value), f"{path}: the number of elements")
        for index, item in enumerate(value):
            yield from walk(shape.member, item, f"{path}[{index}]")
    elif shape.type_name == "map" and isinstance(value, dict):
        yield from _size(shape, len(value), f"{path}: the number of entries")
        for name, item in value.items():
            yield from walk(shape.key, name, f"{path}, key {name}")
            yield from walk(shape.value, item, f"{path}.{name}")
    elif shape.type_name in ("string", "char") and isinstance(value, str):
        yield from _text(shape, value, path)
    elif shape.type_name == "blob":
        yield from _size(shape, len(value), f"{path}: the number of bytes")
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield from _size(shape, value, f"{path}: the number")


def _size(shape, size, what):
    low, high = shape.metadata.get("min"), shape.metadata.get("max")
    if low is not None and size < low:
        yield f"{what} is {size}, at least {low} is allowed"
    if high is not None and size > high:
        yield f"{what} is {size}, at most {high} is allowed"


def _text(shape, value, path):
    shown = value if len(value) <= 60 else f"{value[:57]}..."
    if getattr(shape, "enum", None) and value not in shape.enum:
        yield f"{path}: {shown!r} is none of {', '.join(shape.enum[:20])}"
    yield from _size(shape, len(value), f"{path}: the length")
    pattern = shape.metadata.get("pattern")
    # An anchor at the start alone leaves the end open; without any the whole text is meant.
    if pattern:
        open_end = pattern.startswith("^") and not pattern.endswith("$")
        match = regex.match if open_end else regex.fullmatch
        if not match(pattern, value):
            yield f"{path}: {shown!r} does not match {pattern}"
