"""What the tree must look like; every rule is a function from a root folder to a list of findings.

docs/ARCHITECTURE.md says why the arrows run as they do. ALLOWED is the one place that holds them.
"""

import os
import re
from pathlib import Path

# Room -> the rooms whose headers it may include. A room may always include itself. "" is what
# lies in provider/ itself: the composition root. "*" stands for any one folder: each is a room of
# its own, and what holds for one holds for all.
ALLOWED = {
    "base": set(),
    "value": {"base"},
    "schema": {"base", "value"},
    "resource": {"base", "value", "schema"},
    "lifecycle": {"base", "value", "schema", "resource"},
    "http": {"base"},
    "auth": {"base", "http"},
    "tls/crypto": {"base"},
    "tls/resources": {"base", "value", "schema", "resource", "http", "tls/crypto"},
    "tls": {"base", "value", "schema", "resource", "http", "tls/crypto", "tls/resources"},
    "clouds/aws/rules": {"base", "value", "schema", "resource"},
    "clouds/aws/core": {"base", "value", "schema", "resource", "http", "auth"},
    "clouds/aws/functions": {
        "base", "value", "schema", "resource", "http", "auth", "clouds/aws/core"},
    "clouds/aws/resources/*": {
        "base", "value", "schema", "resource", "http", "auth", "clouds/aws/core",
        "clouds/aws/rules"},
    "clouds/aws": {
        "base", "value", "schema", "resource", "http", "auth", "clouds/aws/core",
        "clouds/aws/functions", "clouds/aws/resources/*"},
    "rpc": {"base", "value", "schema", "resource", "lifecycle"},
    "": {
        "base", "value", "schema", "resource", "http", "lifecycle", "rpc", "tls", "tls/resources",
        "clouds/aws", "clouds/aws/core"},
}
# Rooms that may see the wire: generated messages, gRPC, and the helpers beside them in proto/.
WIRE_ROOMS = {"rpc"}
# Made at build time from the schema's fragments, for the composition root.
GENERATED_HEADERS = {"package.h"}
WIRE = re.compile(r"^(grpc|grpcpp|google/protobuf|proto)/|\.pb\.h$")
# The lifecycle serves every type alike; naming one of these would be a special case.
PARTICULAR = re.compile(r"\b(aws|azure|alicloud|kubernetes|tls)\b", re.IGNORECASE)

MAX_LINES = 700
CODE = {".cc", ".h", ".py", ".ts", ".go", ".cmake", ".sh", ".proto", ".json"}
SKIPPED_FOLDERS = {
    ".git", "build", "bin", "dist", "sdk", "node_modules", "__pycache__", ".venv", ".pytest_cache",
}
# Written by tools and not read by people.
GENERATED = {"go.sum", "package-lock.json"}

INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]', re.MULTILINE)
# Spelt so that this file does not match itself.
MACHINE_PATH = re.compile(r"/(?:wor[k]|roo[t]|far[m])/|/hom[e]/[a-z]+/")
# A section of a document that nobody who has the tree has; pages of docs/ have no numbered ones.
ABSENT_SECTION = re.compile(r"\b[\w-]+[.]md \d|\bDESIG[N]\b")
REGISTRY_HOST = re.compile(
    r"\b(?:proxy[.]golang|sum[.]golang|registry[.]npmjs|registry[.]yarnpkg|pypi[.]org"
    r"|files[.]pythonhosted|deb[.]debian|archive[.]ubuntu)\b"
)


def files(root):
    """Every file that is or could be committed, as paths relative to root."""
    for folder, subfolders, names in os.walk(root):
        subfolders[:] = sorted(d for d in subfolders if d not in SKIPPED_FOLDERS)
        for name in sorted(names):
            yield (Path(folder) / name).relative_to(root)


def text_of(root, path):
    return (Path(root) / path).read_text(encoding="utf-8", errors="replace")


def is_test(path):
    return path.name.endswith("_test.cc") or path.name.endswith("_fuzz.cc") or path.parts[0] == "tests"


def room_of(path):
    """The room of a file under provider/, or None for other files and for unknown rooms."""
    if path.parts[0] != "provider":
        return None
    folders = path.parts[1:-1]
    beginnings = ["/".join(folders[:length]) for length in range(len(folders), 0, -1)]
    return next((name for name in beginnings if row_of(name) in ALLOWED), None) if folders else ""


def row_of(room):
    """The key in ALLOWED under which a room's arrows stand."""
    if room in ALLOWED:
        return room
    return "/".join([*room.split("/")[:-1], "*"])


def may_use(room, other):
    return other is not None and row_of(other) in ALLOWED[row_of(room)]


def provider_sources(root):
    for path in files(root):
        if path.parts[0] == "provider" and path.suffix in {".cc", ".h"}:
            yield path


def without_comments(text):
    return re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.DOTALL)


def includes(root):
    found = []
    for path in provider_sources(root):
        room = room_of(path)
        if room is None:
            found.append(f"{path}: no room of this name is in the table of allowed arrows")
            continue
        if is_test(path):
            continue
        for quote, target in INCLUDE.findall(text_of(root, path)):
            if WIRE.search(target):
                if room not in WIRE_ROOMS:
                    found.append(f"{path}: {target} belongs to the wire, which only rpc may see")
            elif target.startswith("provider/"):
                other = room_of(Path(target))
                if other != room and not may_use(room, other):
                    found.append(f"{path}: {room or 'the root'} may not include {target}")
            elif room == "" and target in GENERATED_HEADERS:
                continue
            elif quote == '"' and ("/" not in target or target.startswith(".")):
                found.append(f"{path}: include {target} by its path from the top of the tree")
    return found


def room_targets(root):
    """(CMakeLists.txt, room, name of the target, its DEPS) of every palisade_room call."""
    for path in files(root):
        if path.name != "CMakeLists.txt" or path.parts[0] != "provider":
            continue
        for call in re.findall(r"palisade_room\(([^)]*)\)", text_of(root, path)):
            words = call.split()
            deps = []
            if "DEPS" in words:
                deps = words[words.index("DEPS") + 1:]
                deps = deps[:deps.index("LIBS")] if "LIBS" in deps else deps
            yield path, room_of(path), words[0], deps


def links(root):
    """The CMake targets link no more than the includes may use."""
    found = []
    rooms = {name: room for _, room, name, _ in room_targets(root)}
    for path, room, _, deps in room_targets(root):
        if room is None:
            continue
        for word in deps:
            wire = room in WIRE_ROOMS and word == "proto"
            if not wire and not may_use(room, rooms.get(word, word.replace("_", "/"))):
                found.append(f"{path}: {room} may not link {word}")
    return found


def particular_names(root):
    found = []
    for path in provider_sources(root):
        if room_of(path) != "lifecycle" or is_test(path):
            continue
        hit = PARTICULAR.search(without_comments(text_of(root, path)))
        if hit:
            found.append(f"{path}: the lifecycle names {hit.group(0)!r}; it must serve every type alike")
    return found


def lengths(root):
    found = []
    for path in files(root):
        scripted = path.parts[0] in {"scripts", ".ci"} or path.name in {"CMakeLists.txt", "Makefile"}
        if path.name in GENERATED or not (path.suffix in CODE or scripted):
            continue
        count = text_of(root, path).count("\n")
        if count > MAX_LINES:
            found.append(f"{path}: {count} lines; {MAX_LINES} is the limit")
    return found


def standard_output(root):
    """stdout carries the port line and nothing else, so only the composition root may write it.

    Host tools, which run at build time, live in folders named tool.
    """
    found = []
    for path in provider_sources(root):
        if is_test(path) or room_of(path) == "" or "tool" in path.parts:
            continue
        if re.search(r"std::cout\b|\bputs\(|\b(?:std::)?printf\(", without_comments(text_of(root, path))):
            found.append(f"{path}: writes to stdout, which belongs to the port line")
    return found


def assertions(root):
    found = []
    for path in files(root):
        if path.name.endswith("_test.cc"):
            wanted = r"\b(?:EXPECT|ASSERT)_[A-Z]+"
        elif path.suffix == ".py" and (path.name.endswith("_test.py") or path.name.startswith("test_")):
            wanted = r"\bassert\b|pytest\.raises"
        else:
            continue
        if not re.search(wanted, text_of(root, path)):
            found.append(f"{path}: a test file without an assertion")
    return found


def string_views(root):
    """Debian's absl::string_view converts neither way to the standard one."""
    found = []
    for path in provider_sources(root):
        if path.suffix == ".h" and room_of(path) != "base":
            if "absl::string_view" in without_comments(text_of(root, path)):
                found.append(f"{path}: absl::string_view in a header; base/status.h has the bridges")
    return found


def machine_traces(root):
    found = []
    for path in files(root):
        text = text_of(root, path)
        for pattern, what in ((MACHINE_PATH, "a path of one machine"), (REGISTRY_HOST, "a registry's host"),
                              (ABSENT_SECTION, "a section of a document that is not here")):
            hit = pattern.search(text)
            if hit:
                line = text.count("\n", 0, hit.start()) + 1
                found.append(f"{path}:{line}: {what}: {hit.group(0)}")
    return found


RULES = [
    includes, links, particular_names, lengths, standard_output, assertions, string_views,
    machine_traces,
]
