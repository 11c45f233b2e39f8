"""scripts/lib/once.sh: what takes minutes is made once, whoever asks and whatever goes wrong."""

import subprocess
import threading
from pathlib import Path

import pytest

LIBRARY = Path(__file__).resolve().parents[2] / "scripts" / "lib" / "once.sh"


@pytest.fixture
def maker(tmp_path):
    """maker(body) runs `once` on tmp_path/made with a program of that body; env as in a shell."""

    program = tmp_path / "program"

    def write(body):
        text = f"#!/usr/bin/env bash\nset -e\necho called >>{tmp_path}/calls\n{body}"
        # Not rewritten while another thread may be running it.
        if not program.exists() or program.read_text() != text:
            program.write_text(text)
            program.chmod(0o755)

    def make(body, **env):
        write(body)
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", f'. "{LIBRARY}"; once "{tmp_path}/made" making "{program}"; echo done'],
            capture_output=True, text=True, timeout=60,
            env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), **env})

    make.write = write
    make.calls = lambda: (tmp_path / "calls").read_text().count("called")
    make.folder = tmp_path / "made"
    return make


def test_made_once_and_then_found(maker):
    first = maker('echo text >"$1/file"')
    assert first.returncode == 0 and first.stdout == "done\n" and "making" in first.stderr
    second = maker('echo text >"$1/file"')
    assert second.returncode == 0 and second.stderr == ""
    assert maker.calls() == 1 and (maker.folder / "file").read_text() == "text\n"


def test_a_failed_step_in_the_middle_fails_and_leaves_nothing(maker):
    failed = maker('echo the reason; touch "$1/half"; false; echo never')
    assert failed.returncode != 0 and "done" not in failed.stdout
    assert "the reason" in failed.stderr and "never" not in failed.stderr
    assert not maker.folder.exists()
    assert maker('touch "$1/file"').returncode == 0


def test_the_rest_of_an_interrupted_run_is_thrown_away(maker):
    maker.folder.mkdir()
    (maker.folder / "half").touch()
    assert maker('touch "$1/file"').returncode == 0
    assert not (maker.folder / "half").exists() and (maker.folder / "file").exists()


def test_two_at_once_make_it_once(maker):
    results = []
    body = 'sleep 1; touch "$1/file"'
    maker.write(body)
    threads = [threading.Thread(target=lambda: results.append(maker(body))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [result.returncode for result in results] == [0, 0, 0]
    assert maker.calls() == 1


def test_a_step_that_hangs_is_ended_with_its_children(maker):
    ended = maker("sleep 1000 & wait", PALISADE_STEP_TIMEOUT="1")
    assert ended.returncode != 0 and "longer than 1 s" in ended.stderr
    assert not maker.folder.exists()
