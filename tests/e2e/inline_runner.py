"""Runs one verb of a project whose `__main__.py` is an inline program of the Automation API.

The request is JSON on standard input, see InlineProject.verb; the answer goes to a file.
"""

import json
import os
import runpy
import sys
from pathlib import Path

from pulumi import automation


class Capture:
    """The CLI's lines, and the log of the engine's events in the form of --event-log."""

    def __init__(self, events):
        self.lines, self.events = [], Path(events)

    def line(self, text):
        self.lines.append(text)

    def event(self, event):
        with self.events.open("a") as log:
            log.write(json.dumps(camel(event)) + "\n")


def camel(value):
    """An event object of the Automation API back in the engine's own JSON names."""
    if isinstance(value, dict):
        return {key: camel(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [camel(item) for item in value]
    if hasattr(value, "__dict__") and not isinstance(value, str):
        named = {}
        for key, item in vars(value).items():
            if item is None or key.startswith("_"):
                continue
            head, *rest = key.split("_")
            named[head + "".join(word.capitalize() for word in rest)] = camel(item)
        return named
    return value.value if hasattr(value, "value") else value


def main():
    request = json.load(sys.stdin)
    os.chdir(request["folder"])
    sys.path.insert(0, request["folder"])
    # What the program prints belongs to the user's screen, not to anything that is parsed.
    stack = automation.create_or_select_stack(
        stack_name=request["stack"], project_name=request["project"],
        program=lambda: runpy.run_path("__main__.py", run_name="__main__") and None,
        opts=automation.LocalWorkspaceOptions(work_dir=request["folder"]))
    capture = Capture(request["events"])
    verb, arguments = request["verb"], request["arguments"]
    common = {"on_output": capture.line, "show_secrets": False}
    ok = True
    try:
        if verb == "preview":
            stack.preview(on_output=capture.line, on_error=capture.line, on_event=capture.event,
                          color="never", **arguments)
        elif verb in ("up", "refresh", "destroy"):
            getattr(stack, verb)(on_error=capture.line, on_event=capture.event, color="never",
                                 **common, **arguments)
        else:
            raise ValueError(f"unknown verb {verb}")
    except automation.CommandError as error:
        ok = False
        capture.line(str(error))
    Path(request["answer"]).write_text(json.dumps({"ok": ok, "output": "\n".join(capture.lines)}))


main()
