"""The tree keeps its rules, and each rule notices its violation."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import rules  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]


def plant(root, path, text):
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text)


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.__name__)
def test_the_tree_keeps(rule):
    found = rule(ROOT)
    assert not found, "\n".join(found)


def test_the_walk_sees_the_provider():
    # Guards the tests above against passing over an empty list of files.
    seen = {rules.room_of(path) for path in rules.provider_sources(ROOT)}
    assert {"base", "value", "schema", "resource", "lifecycle", "tls/crypto", "rpc"} <= seen


VIOLATIONS = [
    (rules.includes, "provider/base/a.cc", '#include "provider/value/json.h"\n'),
    (rules.includes, "provider/lifecycle/a.h", '#include "provider/tls/crypto/pem.h"\n'),
    (rules.includes, "provider/tls/crypto/a.cc", '#include "provider/value/json.h"\n'),
    (rules.includes, "provider/value/a.cc", '#include "google/protobuf/struct.pb.h"\n'),
    (rules.includes, "provider/resource/a.h", "#include <grpcpp/grpcpp.h>\n"),
    (rules.includes, "provider/lifecycle/a.cc", '#include "proto/serialization.h"\n'),
    (rules.includes, "provider/base/a.cc", '#include "status.h"\n'),
    (rules.includes, "provider/attic/a.cc", "int x;\n"),
    (rules.includes, "provider/clouds/aws/resources/a.cc", '#include "provider/rpc/server.h"\n'),
    (rules.includes, "provider/clouds/aws/resources/new/a.cc",
     '#include "provider/clouds/aws/resources/ec2/vpc.h"\n'),
    (rules.links, "provider/base/CMakeLists.txt", "palisade_room(base DEPS value LIBS x)\n"),
    (rules.links, "provider/tls/crypto/CMakeLists.txt", "palisade_room(tls_crypto DEPS\n  resource)\n"),
    (rules.particular_names, "provider/lifecycle/a.cc", 'if (type == "palisade:tls:PrivateKey") {}\n'),
    (rules.lengths, "provider/base/a.cc", "\n" * (rules.MAX_LINES + 1)),
    (rules.lengths, "scripts/long", "\n" * (rules.MAX_LINES + 1)),
    (rules.standard_output, "provider/rpc/a.cc", "std::cout << 1;\n"),
    (rules.assertions, "provider/base/a_test.cc", "TEST(A, B) { Run(); }\n"),
    (rules.assertions, "tests/e2e/test_a.py", "def test_a():\n    run()\n"),
    (rules.string_views, "provider/value/a.h", "void F(absl::string_view);\n"),
    (rules.machine_traces, "README.md", "see /roo" + "t/notes\n"),
    (rules.machine_traces, "scripts/a", "curl https://registry.npm" + "js.org/x\n"),
    (rules.machine_traces, "provider/base/a.h", "// It ends by itself (notes.md" + " 4.1).\n"),
]


@pytest.mark.parametrize("rule, path, text", VIOLATIONS)
def test_a_planted_violation_is_found(tmp_path, rule, path, text):
    plant(tmp_path, path, text)
    found = rule(tmp_path)
    assert len(found) == 1 and path in found[0], found


ALLOWED = [
    ("provider/rpc/a.cc", '#include "pulumi/provider.grpc.pb.h"\n#include <grpcpp/grpcpp.h>\n'),
    ("provider/rpc/b.cc", '#include "proto/serialization.h"\n#include "provider/lifecycle/provider.h"\n'),
    ("provider/tls/resources/a.cc", '#include "provider/tls/crypto/pem.h"\n'),
    ("provider/clouds/aws/resources/new/deep/a.cc",
     '#include "provider/clouds/aws/resources/new/b.h"\n#include "provider/clouds/aws/core/c.h"\n'),
    ("provider/clouds/aws/table.cc", '#include "provider/clouds/aws/resources/new/table.h"\n'),
    ("provider/clouds/aws/resources/new/CMakeLists.txt", "palisade_room(aws_new DEPS base)\n"),
    ("provider/main.cc", '#include "provider/rpc/server.h"\nint main() { std::cout << 1; }\n'),
    ("provider/lifecycle/a.cc", "// Two times the tls word, in a comment.\nint subtls;\n"),
    ("provider/value/a_test.cc", '#include "provider/lifecycle/provider.h"\nEXPECT_EQ(1, 1);\n'),
    ("provider/base/a.h", "absl::string_view ToAbsl();\n"),
    ("provider/tls/crypto/CMakeLists.txt", "palisade_room(tls_crypto DEPS base LIBS OpenSSL::Crypto)\n"),
    ("build/generated.cc", "\n" * (rules.MAX_LINES + 1)),
]


@pytest.mark.parametrize("path, text", ALLOWED)
def test_what_is_allowed_passes(tmp_path, path, text):
    plant(tmp_path, path, text)
    assert [finding for rule in rules.RULES for finding in rule(tmp_path)] == []
