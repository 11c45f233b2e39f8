"""The stages of `make test`; scripts/test runs them."""

import sys
from pathlib import Path

from stages import Stage, main

ROOT = Path(__file__).resolve().parents[2]


def shell(*lines):
    return ["bash", "-euo", "pipefail", "-c", "\n".join(lines)]


def pytest(*lines, env=""):
    """Each line the arguments of one run."""
    return shell(f'run="$(scripts/python-env {env})/bin/pytest"', *(f'"$run" {line}' for line in lines))


# Tests that run the CLI wait more than they work.
SHARED = "-n 3 --dist worksteal"


def preset(name):
    return shell(f"scripts/build {name}", f"ctest --preset {name}")


STAGES = [
    Stage("setup", ["scripts/setup", "--tests"]),
    # Mostly downloads and Go's compiler; until the protocol tests only C++ competes with it.
    Stage("tools", shell("scripts/python-env", "scripts/python-env aws", "scripts/node-env",
                         "scripts/sdkgen --path", "scripts/pulumi-cli"), needs=("setup",), background=True),
    # What is shipped is what the Python tests run.
    Stage("build", ["scripts/build-plugin", "pulumi-resource-behaviour", "palisade_bench"],
          needs=("setup",)),
    Stage("tree", shell("scripts/format --check", 'scripts/python-env >/dev/null',
                        '"$(scripts/python-env)/bin/pytest" tests/layering tests/tooling'), needs=("setup",)),
    # Every unit test. Built with the sanitizers alone: compiling is most of a first run, and an
    # unwatched run of the same tests would find nothing more (`ctest --preset dev` is for daily work).
    Stage("asan", preset("asan"), needs=("setup",)),
    # Those of the rooms below rpc once more.
    Stage("tsan", preset("tsan"), needs=("setup",)),
    Stage("fuzz", ["scripts/fuzz", "10", "asan"], needs=("asan",)),
    Stage("static", ["scripts/prove-static"], needs=("build",)),
    Stage("protocol", pytest("tests/protocol"), needs=("build", "tools")),
    # One pass over the server's life with the sanitizers watching.
    Stage("asan-server", pytest("tests/protocol/smoke_test.py"), needs=("asan", "tools"),
          env={"PALISADE_BIN": str(ROOT / "build" / "asan" / "bin")}),
    Stage("sdk", shell("scripts/make-sdk", "scripts/test-sdk"), needs=("build", "tools")),
    Stage("schema", shell("bin/pulumi-resource-palisade schema >build/schema.json",
                          "scripts/sdkgen check --schema build/schema.json"),
          needs=("build", "tools")),
    Stage("docs", ["scripts/make-docs"], needs=("build", "tools")),
    Stage("e2e", pytest(f"tests/e2e {SHARED}"), needs=("build", "tools", "sdk")),
    # The checkers of AWS with botocore as the sender, then with the provider, and at the end whether
    # every operation had its turn.
    Stage("aws", pytest(f"tests/aws {SHARED}", "tests/aws/whole_run_test.py", env="aws"),
          needs=("build", "tools", "sdk")),
]

if __name__ == "__main__":
    sys.exit(main(STAGES, ROOT, ROOT / "build" / "test-logs", sys.argv[1:]))
