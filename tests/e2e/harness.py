"""A place of its own for each test: settings, state and processes of the real Pulumi CLI.

Nothing outside the test's folder is read or written, nothing is downloaded, every process has an
end. What the CLI printed is kept in a Transcript, which can be searched for secrets.
"""

import os
import signal
import subprocess
from pathlib import Path

from events import Run, reduce_log

ROOT = Path(__file__).resolve().parents[2]
PLUGIN_FOLDER = Path(os.environ.get("PALISADE_BIN", ROOT / "bin")).resolve()
TIMEOUT = 240  # seconds, for one CLI command; the slowest here takes a few


def script(*command):
    """The last line that one of our scripts prints: a path."""
    done = subprocess.run([ROOT / "scripts" / command[0], *command[1:]], stdout=subprocess.PIPE,
                          text=True, check=True, timeout=3600)
    return Path(done.stdout.strip().splitlines()[-1])


def bounded(command, cwd, env, timeout=TIMEOUT, stdin=None):
    """Runs a command in a process group of its own, which is ended as a whole when time is up."""
    process = subprocess.Popen(
        [str(word) for word in command], cwd=cwd, env=env, text=True, start_new_session=True,
        stdin=subprocess.PIPE if stdin is not None else subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        stdout, stderr = process.communicate(stdin, timeout=timeout)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        stdout, stderr = process.communicate()
        raise AssertionError(f"{command} took longer than {timeout} s\n{stdout}{stderr}") from None
    return process.returncode, stdout, stderr


class Transcript:
    """All that the CLI printed, for a search for secrets."""

    def __init__(self):
        self.text = ""

    def add(self, command, *texts):
        self.text += f"$ {' '.join(map(str, command))}\n" + "\n".join(texts) + "\n"

    def assert_lacks(self, secret):
        assert_lacks(self.text, secret)


def assert_lacks(text, secret):
    """Fails where a line of `secret` is in `text`. The secret itself stays out of the failure."""
    lines = [line.strip() for line in secret.splitlines()]
    lines = [line for line in lines if len(line) >= 8 and not line.startswith("-----")]
    assert lines, "the secret is too short to be looked for"
    for number, line in enumerate(lines):
        where = text.find(line)
        if where >= 0:
            before = text[max(0, where - 200):where]
            raise AssertionError(f"line {number} of a secret of {len(secret)} characters, after:\n{before}")


class Sandbox:
    """Settings and state in a temporary folder, and the CLI that uses them."""

    def __init__(self, folder, cli):
        self.folder = Path(folder)
        self.transcript = Transcript()
        for name in ("home", "state", "projects"):
            (self.folder / name).mkdir()
        # Whatever Pulumi setting the caller's shell has must not count here.
        self.env = {k: v for k, v in os.environ.items()
                    if not k.startswith(("PULUMI_", "PALISADE_", "VIRTUAL_ENV", "PYTHON"))}
        self.env |= {
            "PULUMI_HOME": str(self.folder / "home"),
            "PULUMI_BACKEND_URL": f"file://{self.folder / 'state'}",
            "PULUMI_CONFIG_PASSPHRASE": "a passphrase for tests",
            "PULUMI_SKIP_UPDATE_CHECK": "1",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "1",
            "PULUMI_DISABLE_REGISTRY_RESOLVE": "1",
            "PULUMI_DEBUG_COMMANDS": "1",  # for --event-log
            "PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK": "1",
            "PATH": os.pathsep.join([str(PLUGIN_FOLDER), str(cli), self.env["PATH"]]),
        }

    def run(self, *command, cwd, check=True, stdin=None):
        """Standard output of a command; all of it also goes to the transcript."""
        code, stdout, stderr = bounded(command, cwd, self.env, stdin=stdin)
        self.transcript.add(command, stdout, stderr)
        assert code == 0 or not check, f"{command} answered {code}\n{stdout}{stderr}"
        return stdout

    def private(self, *command, cwd, stdin=None):
        """As run, for a command that is meant to print secrets: kept out of the transcript."""
        code, stdout, stderr = bounded(command, cwd, self.env, stdin=stdin)
        assert code == 0, f"{command} answered {code}\n{stderr}"
        return stdout

    def verb(self, *command, cwd, ok=True):
        """One verb of the CLI with its event log, as a Run. `ok` None leaves the answer to the caller."""
        log = self.folder / "events.json"
        log.unlink(missing_ok=True)
        code, stdout, stderr = bounded([*command, "--event-log", log], cwd, self.env)
        self.transcript.add(command, stdout, stderr)
        steps, diagnostics, changes = reduce_log(log.read_text() if log.exists() else "")
        run = Run(code == 0, stdout + stderr, steps, diagnostics, changes)
        assert ok is None or run.ok == ok, f"{command} answered {code}\n{run.output}"
        return run

    def state(self, project, stack="dev"):
        """The file that the backend keeps for a stack, as it lies on the disk."""
        return (self.folder / "state" / ".pulumi" / "stacks" / project / f"{stack}.json").read_text()


def resources_of(export):
    """name -> resource of a `pulumi stack export`, without the stack and the providers."""
    found = {}
    for resource in export["deployment"].get("resources") or []:
        if not resource["type"].startswith("pulumi:"):
            found[resource["urn"].rsplit("::", 1)[-1]] = resource
    return found


