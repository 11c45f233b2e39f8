"""What the engine did, reduced from its event log to what tests ask about."""

import dataclasses
import json
import re

FOUND_ON_PATH = re.compile(r"using pulumi-resource-\S+ from \$PATH at ")


@dataclasses.dataclass
class Step:
    """One operation on one resource, as announced before it ran."""

    op: str  # same, create, update, replace, create-replacement, delete-replaced, delete, import, ...
    urn: str
    type: str
    id: str  # as it was before, or "" for a new resource
    keys: list  # the properties that make it a replacement
    diffs: list  # the properties that differ
    detailed_diff: dict  # property path -> {"diffKind": ..., "inputDiff": ...}

    @property
    def name(self):
        return self.urn.rsplit("::", 1)[-1]


@dataclasses.dataclass
class Diagnostic:
    """A line that the engine or the provider shows to the user."""

    severity: str  # info, info#err, warning, error
    message: str
    urn: str  # of the resource that it is attached to, or ""
    ephemeral: bool


@dataclasses.dataclass
class Run:
    """The outcome of one verb."""

    ok: bool
    output: str  # everything that the CLI printed, both streams
    steps: list
    diagnostics: list
    changes: dict  # operation -> count, as the CLI sums it up; the stack itself included

    def steps_of(self, name):
        return [step for step in self.steps if step.name == name]

    def op(self, name):
        """The one operation on the resource `name`; fails where there is none or several."""
        ops = [step.op for step in self.steps_of(name)]
        assert len(ops) == 1, f"{name}: {ops}\n{self.output}"
        return ops[0]

    def ops(self, name):
        return [step.op for step in self.steps_of(name)]

    def changed(self):
        """Names of all resources with another operation than `same`, sorted, each once, the stack
        among them. The providers that the engine makes for itself do not count. A refresh calls all
        its steps `refresh`; what it found different stands in the summary alone, as `update: 1`."""
        names = {step.name for step in self.steps if step.op not in ("same", "refresh")
                 and not step.type.startswith("pulumi:providers:")}
        if not names and any(step.op == "refresh" for step in self.steps):
            names = {f"{op}: {count}" for op, count in self.changes.items()
                     if op not in ("same", "refresh")}
        return sorted(names)

    def messages(self, severity):
        """What was said at that severity, but for the CLI's remark on where it found the plugin."""
        return [d.message for d in self.diagnostics
                if d.severity == severity and not FOUND_ON_PATH.match(d.message)]


def reduce_log(text):
    """Steps, diagnostics and sums from the text of an event log: a JSON object per line."""
    steps, diagnostics, changes = [], [], {}
    for line in text.splitlines():
        event = json.loads(line)
        if pre := event.get("resourcePreEvent"):
            step = pre["metadata"]
            old = step.get("old") or {}
            steps.append(Step(
                op=step["op"], urn=step["urn"], type=step["type"], id=old.get("id", ""),
                keys=step.get("keys") or [], diffs=step.get("diffs") or [],
                detailed_diff=step.get("detailedDiff") or {},
            ))
        elif said := event.get("diagnosticEvent"):
            diagnostics.append(Diagnostic(
                said["severity"], said["message"], said.get("urn", ""),
                bool(said.get("ephemeral")),
            ))
        elif summary := event.get("summaryEvent"):
            changes = dict(summary.get("resourceChanges") or {})
    return steps, diagnostics, changes
