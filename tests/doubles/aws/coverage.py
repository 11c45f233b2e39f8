"""Which operations the provider uses, and which of them a whole run of the tests has sent.

operations.txt lists `service:Operation`, the service by its signing name. Every Cloud(covers=True)
adds what was carried out to a file under build/; the last test of a run compares the two."""

import fcntl
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[3]
LIST = pathlib.Path(__file__).with_name("operations.txt")
SENT = ROOT / "build" / "aws-operations-sent.txt"


def listed(text=None):
    """The names of the list; text after # is a comment."""
    lines = (LIST.read_text() if text is None else text).splitlines()
    names = [line.split("#")[0].strip() for line in lines]
    return {name for name in names if name}


def clear(file=SENT):
    file.unlink(missing_ok=True)


def merge(names, file=SENT):
    """Adds names to the file; several processes may do so at once."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with open(file, "a+") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        stream.seek(0)
        known = listed(stream.read())
        stream.writelines(f"{name}\n" for name in sorted(set(names) - known))


def findings(wanted=None, file=SENT):
    """Sentences: listed and not sent, sent and not listed."""
    wanted = listed() if wanted is None else wanted
    sent = listed(file.read_text()) if file.exists() else set()
    return [f"no test sent {name}" for name in sorted(wanted - sent)] + [
        f"{name} was sent and is not in {LIST.name}" for name in sorted(sent - wanted)]
