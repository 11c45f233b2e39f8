"""A Pulumi project in a test's folder, in YAML, Python or TypeScript, with the same verbs in each.

YAML runs by the CLI alone. Where the CLI has no host for Python and Node.js, the programs run as
inline programs of the Automation API: the same CLI and engine, the program's own entry file.
"""

import json
import shutil

from events import Run, reduce_log
from harness import ROOT, bounded

FLAGS = ("--non-interactive", "--color", "never")


class Project:
    """Common to all languages: what the program plays no part in."""

    def __init__(self, sandbox, folder, name, stack="dev"):
        self.sandbox, self.folder, self.name, self.stack = sandbox, folder, name, stack
        folder.mkdir(parents=True, exist_ok=True)

    def copy(self, source):
        """Takes over an example's files, without what installing and building leave in it."""
        ignore = shutil.ignore_patterns("node_modules", "venv", "__pycache__", "bin", "Pulumi.*.yaml")
        shutil.copytree(source, self.folder, dirs_exist_ok=True, ignore=ignore)
        return self

    def write(self, name, text):
        (self.folder / name).write_text(text)
        return self

    def edit(self, name, old, new):
        """Replaces a text that must be there exactly once."""
        text = (self.folder / name).read_text()
        assert text.count(old) == 1, f"{name} has {text.count(old)} times {old!r}"
        return self.write(name, text.replace(old, new))

    def cli(self, *command, **options):
        return self.sandbox.run("pulumi", *command, *FLAGS, cwd=self.folder, **options)

    def init(self):
        self.cli("stack", "init", self.stack)
        return self

    def config(self, key, value, secret=False):
        self.cli("config", "set", key, value, *(["--secret"] if secret else []))

    def export(self, show_secrets=False):
        """The stack's state; secrets are ciphertext unless asked for."""
        command = ["pulumi", "stack", "export", *FLAGS]
        if show_secrets:
            return json.loads(self.sandbox.private(*command, "--show-secrets", cwd=self.folder))
        return json.loads(self.sandbox.run(*command, cwd=self.folder))

    def import_state(self, state):
        self.sandbox.private("pulumi", "stack", "import", *FLAGS, cwd=self.folder,
                             stdin=json.dumps(state))

    def outputs(self):
        """The stack's outputs, secrets in clear."""
        return json.loads(self.sandbox.private(
            "pulumi", "stack", "output", "--json", "--show-secrets", *FLAGS, cwd=self.folder))


class YamlProject(Project):
    """Every verb by the CLI, with whatever further flags a test wants."""

    def verb(self, verb, *flags, ok=True):
        return self.sandbox.verb("pulumi", verb, *flags, *FLAGS, cwd=self.folder, ok=ok)

    def preview(self, *flags, ok=True):
        return self.verb("preview", *flags, ok=ok)

    def up(self, *flags, ok=True):
        return self.verb("up", "--yes", "--skip-preview", *flags, ok=ok)

    def refresh(self, *flags, ok=True):
        return self.verb("refresh", "--yes", "--skip-preview", *flags, ok=ok)

    def destroy(self, *flags, ok=True):
        return self.verb("destroy", "--yes", "--skip-preview", *flags, ok=ok)

    def import_resource(self, type, name, id, *flags, ok=True):
        """`pulumi import`; the generated code is printed, and so in the Run's output."""
        return self.verb("import", type, name, id, "--yes", "--skip-preview", "--protect=false",
                         *flags, ok=ok)


class InlineProject(Project):
    """Every verb by the Automation API, in a process of the program's own language."""

    def runner(self):
        """Command and additional environment of the process that runs the program."""
        raise NotImplementedError

    def verb(self, verb, ok=True, **arguments):
        log, answer = self.sandbox.folder / "events.json", self.sandbox.folder / "answer.json"
        for file in (log, answer):
            file.unlink(missing_ok=True)
        request = {
            "verb": verb, "arguments": arguments, "project": self.name, "stack": self.stack,
            "folder": str(self.folder), "answer": str(answer), "events": str(log),
        }
        command, more = self.runner()
        code, stdout, stderr = bounded(command, self.folder, self.sandbox.env | more,
                                       stdin=json.dumps(request))
        assert code == 0 and answer.exists(), f"{command} answered {code}\n{stdout}{stderr}"
        reply = json.loads(answer.read_text())
        self.sandbox.transcript.add([verb, arguments], reply["output"], stdout, stderr)
        steps, diagnostics, changes = reduce_log(log.read_text() if log.exists() else "")
        output = reply["output"] + stdout + stderr
        run = Run(reply["ok"], output, steps, diagnostics, changes)
        assert ok is None or run.ok == ok, f"{verb}: {output}"
        return run

    def preview(self, ok=True, **options):
        return self.verb("preview", ok=ok, **options)

    def up(self, ok=True, **options):
        return self.verb("up", ok=ok, **options)

    def refresh(self, ok=True, **options):
        return self.verb("refresh", ok=ok, **options)

    def destroy(self, ok=True, **options):
        return self.verb("destroy", ok=ok, **options)

    def import_resource(self, type, name, id, *flags, ok=True):
        """`pulumi import` into the same stack from beside the project. The CLI loads the host of the
        project's language for it, even where no code is wanted; the Automation API is no way round."""
        beside = YamlProject(self.sandbox, self.folder.with_name(self.folder.name + "-import"),
                             self.name, self.stack)
        for file in self.folder.iterdir():
            if file.is_file() and file.name != "Pulumi.yaml":
                shutil.copy(file, beside.folder)
        beside.write("Pulumi.yaml", f"name: {self.name}\nruntime: yaml\n")
        return beside.import_resource(type, name, id, "--stack", self.stack,
                                      "--generate-code=false", *flags, ok=ok)


class PythonProject(InlineProject):
    """`__main__.py`; `python` has the tests' requirements, `sdk` is a folder with our package."""

    def __init__(self, sandbox, folder, name, python, sdk, stack="dev"):
        super().__init__(sandbox, folder, name, stack)
        self.python, self.sdk = python, sdk

    def runner(self):
        return [self.python, ROOT / "tests" / "e2e" / "inline_runner.py"], {
            "PYTHONPATH": str(self.sdk), "PYTHONDONTWRITEBYTECODE": "1"}


class NodeProject(InlineProject):
    """`index.ts`; `packages` is a folder whose node_modules hold the SDKs and the compiler."""

    def __init__(self, sandbox, folder, name, packages, stack="dev"):
        super().__init__(sandbox, folder, name, stack)
        (folder / "node_modules").symlink_to(packages / "node_modules")

    def runner(self):
        return ["node", ROOT / "tests" / "e2e" / "node" / "run.js"], {}
