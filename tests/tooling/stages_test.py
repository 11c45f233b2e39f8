"""The stage runner behind `make test` reports what happened, above all when something failed."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "scripts" / "lib"))
import stages  # noqa: E402
from stages import Stage  # noqa: E402


def run(tmp_path, capfd, *declared, chosen=()):
    code = stages.main(list(declared), tmp_path, tmp_path / "logs", list(chosen))
    return code, capfd.readouterr().out


def echo(name, text, **more):
    return Stage(name, ["printf", "%b", text + "\\n"], **more)


CTEST = "100% tests passed, 0 tests failed out of 7"
PYTEST = "===== 3 passed in 0.12s ====="


def test_counts_of_all_runners_add_up(tmp_path, capfd):
    code, out = run(tmp_path, capfd, echo("units", CTEST), echo("protocol", PYTEST))
    assert code == 0
    assert out.splitlines()[-1] == "10 passed, 0 failed"
    assert CTEST in out.splitlines() and PYTEST in out.splitlines()


def test_a_failed_test_is_counted_once(tmp_path, capfd):
    line = "=== 2 failed, 3 passed, 1 error in 5.00s ==="
    stage = Stage("protocol", ["sh", "-c", f"echo '{line}'; exit 1"])
    code, out = run(tmp_path, capfd, stage)
    assert code == 1
    assert out.splitlines()[-1] == "3 passed, 3 failed"


def test_a_failed_build_fails_what_needs_it_and_the_rest_goes_on(tmp_path, capfd):
    code, out = run(tmp_path, capfd, Stage("build", ["false"]),
                    echo("units", CTEST, needs=("build",)), echo("tree", PYTEST))
    assert code == 1
    assert out.splitlines()[-1] == "3 passed, 2 failed"
    assert CTEST not in out and "exit 1" in out


def test_skipped_tests_are_said(tmp_path, capfd):
    _, out = run(tmp_path, capfd, echo("e2e", "== 3 passed, 2 skipped in 1.00s =="))
    assert out.splitlines()[-1] == "3 passed, 0 failed, 2 skipped"


def test_ctests_skipped_tests_are_not_passed_ones(tmp_path, capfd):
    text = "\n".join([
        "3/3 Test #3: auth.Vectors.All ........***Skipped   0.00 sec", "", CTEST,
        "", "Total Test time (real) =   0.01 sec", "", "The following tests did not run:",
        "\t  3 - auth.Vectors.All (Skipped)", "\t 12 - tls.Vectors.All/0 (Skipped)",
        "\t 13 - tls.Off (Disabled)"])
    code, out = run(tmp_path, capfd, echo("asan", text), echo("e2e", "== 3 passed, 1 skipped in 1.00s =="))
    assert code == 0
    assert out.splitlines()[-1] == "8 passed, 0 failed, 3 skipped"
    assert "skipped: auth.Vectors.All" in out.splitlines()


def test_a_background_stage_is_waited_for_and_its_failure_shown(tmp_path, capfd):
    tools = Stage("tools", ["sh", "-c", "echo the reason; exit 3"], background=True)
    code, out = run(tmp_path, capfd, echo("build", PYTEST), tools,
                    echo("e2e", CTEST, needs=("tools",)))
    assert code == 1
    assert "the reason" in out and "exit 3" in out and CTEST not in out


def test_a_background_stage_starts_once_its_needs_are_met(tmp_path, capfd):
    tools = Stage("tools", ["test", "-e", "made"], needs=("setup",), background=True)
    code, _ = run(tmp_path, capfd, Stage("setup", ["touch", "made"]), tools,
                  echo("e2e", PYTEST, needs=("tools",)))
    assert code == 0


def test_a_background_stage_that_never_began_shows_no_output_of_an_earlier_run(tmp_path, capfd):
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "tools.log").write_text("of an earlier run")
    declared = [Stage("setup", ["false"]), echo("tools", "x", needs=("setup",), background=True)]
    code, out = run(tmp_path, capfd, *declared)
    assert code == 1
    assert out.splitlines()[-1] == "0 passed, 2 failed" and "earlier run" not in out


def test_a_hanging_stage_is_ended(tmp_path, capfd):
    code, out = run(tmp_path, capfd, Stage("hang", ["sleep", "600"], limit=1))
    assert code == 1 and "over 1 s" in out


def test_an_unknown_stage_is_refused(tmp_path, capfd):
    code, _ = run(tmp_path, capfd, echo("build", PYTEST), chosen=["biuld"])
    assert code == 2
