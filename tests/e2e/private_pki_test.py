"""examples/private-pki, the same program in three languages, through every verb."""

import json

import pytest

import pem_files
import secret_scan
from harness import ROOT, resources_of

EXAMPLES = ROOT / "examples" / "private-pki"
FOLDERS = {"yaml": "yaml", "python": "python", "node": "typescript"}
RESOURCES = sorted([
    "rootKey", "root", "intermediateKey", "intermediateRequest", "intermediate", "serverKey",
    "serverRequest", "server", "clientKey", "clientRequest", "client", "signingKey",
])
LEAVES = ["client", "server"]


@pytest.fixture(params=sorted(FOLDERS))
def language(request):
    return request.param


@pytest.fixture
def project(language, request):
    made = request.getfixturevalue(f"{language}_project")("private-pki")
    return made.copy(EXAMPLES / FOLDERS[language]).init()


def ids(project):
    return {name: resource["id"] for name, resource in resources_of(project.export()).items()}


def certificates(project):
    state = resources_of(project.export())
    return {name: state[name]["outputs"]["certPem"] for name in ("root", "intermediate", *LEAVES)}


class Secrets:
    """Gathers the private keys of every moment of the stack's life, and what may be shown."""

    def __init__(self, project):
        self.project, self.secret, self.public, self.exports = project, set(), "", ""

    def gather(self):
        shown = self.project.export(show_secrets=True)
        hidden = json.dumps(self.project.export())
        for resource in resources_of(shown).values():
            self.public += "\n".join(value for key, value in resource["outputs"].items()
                                     if key in ("certPem", "certRequestPem", "publicKeyPem",
                                                "publicKeyOpenssh") and isinstance(value, str))
        self.secret |= set(secret_scan.secret_texts(json.dumps(shown)))
        self.exports += hidden + self.project.sandbox.state(self.project.name, self.project.stack)

    def check(self):
        wanted = secret_scan.needles(self.secret, self.public)
        assert len(wanted) > 50, "there should be many pieces of private keys to look for"
        # The search itself: it finds what is there.
        assert secret_scan.met(json.dumps(sorted(self.secret)), wanted)
        for text in (self.project.sandbox.transcript.text, self.exports):
            assert len(text) > 1000
            assert not secret_scan.met(text, wanted), "a secret is in the open"


def create(project, tmp_path):
    preview = project.preview()
    assert preview.changed() == sorted([*RESOURCES, "private-pki-dev"])
    assert {step.op for step in preview.steps} == {"create"}
    assert preview.messages("warning") == [] and preview.messages("error") == []
    up = project.up()
    assert up.changes == {"create": len(RESOURCES) + 1}
    outputs = project.outputs()
    for leaf, purpose in (("serverCert", "sslserver"), ("clientCert", "sslclient")):
        pem_files.verify_chain(tmp_path, outputs["rootCert"], outputs["intermediateCert"],
                               outputs[leaf], purpose)
    assert outputs["serverChain"] == outputs["serverCert"] + outputs["intermediateCert"]
    (tmp_path / "server.pem").write_text(outputs["serverCert"])
    said = pem_files.openssl(tmp_path, "x509", "-in", "server.pem", "-noout", "-fingerprint",
                             "-sha1")
    digits = said.split("=")[1].strip().replace(":", "").lower()
    assert outputs["fingerprints"]["serverCert"] == digits
    hidden = json.loads(project.cli("stack", "output", "--json"))
    for name in ("serverPrivateKey", "clientPrivateKey", "signingPrivateKey"):
        assert hidden[name] == "[secret]"
        assert "PRIVATE KEY" in outputs[name]


def nothing_to_do(project):
    before = ids(project)
    assert project.preview().changed() == []
    assert project.refresh().changed() == []
    assert project.preview().changed() == []
    again = project.up()
    assert again.changed() == [] and again.changes == {"same": len(RESOURCES) + 1}
    assert ids(project) == before


def update_in_place(project):
    before = certificates(project)
    project.config("earlyRenewalHours", "700")
    preview = project.preview()
    assert [preview.op(name) for name in LEAVES] == ["update", "update"]
    up = project.up()
    assert up.changed() == LEAVES
    for name in LEAVES:
        step, = up.steps_of(name)
        assert step.op == "update" and step.diffs == ["earlyRenewalHours"]
    assert certificates(project) == before
    assert project.preview().changed() == []


def replace_by_names(project, tmp_path):
    before = ids(project)
    for index, name in enumerate(["inference.example.com", "*.serving.svc.cluster.local"]):
        project.cli("config", "set", "--path", f"dnsNames[{index}]", name)
    preview = project.preview()
    assert preview.changed() == ["server", "serverRequest"]
    request = next(step for step in preview.steps_of("serverRequest") if step.op == "replace")
    assert request.keys == ["dnsNames"]
    assert all(path.startswith("dnsNames") for path in request.detailed_diff)
    up = project.up()
    assert up.changed() == ["server", "serverRequest"]
    after = ids(project)
    assert sorted(name for name in after if after[name] != before[name]) == [
        "server", "serverRequest"]
    (tmp_path / "server.pem").write_text(certificates(project)["server"])
    said = pem_files.openssl(tmp_path, "x509", "-in", "server.pem", "-noout", "-ext",
                             "subjectAltName")
    assert "DNS:inference.example.com, DNS:*.serving.svc.cluster.local" in said


def replace_by_triggers(project):
    before = ids(project)
    project.config("rotation", "2026-02")
    up = project.up()
    step = next(step for step in up.steps_of("serverKey") if step.op == "replace")
    assert step.keys == ["triggers"] and list(step.detailed_diff) == ["triggers.rotation"]
    after = ids(project)
    changed = sorted(name for name in after if after[name] != before[name])
    assert changed == sorted(
        ["serverKey", "serverRequest", "server", "clientKey", "clientRequest", "client"])
    assert project.preview().changed() == []


def test_every_verb(project, tmp_path):
    secrets = Secrets(project)
    create(project, tmp_path)
    secrets.gather()
    nothing_to_do(project)
    update_in_place(project)
    replace_by_names(project, tmp_path)
    secrets.gather()
    replace_by_triggers(project)
    secrets.gather()
    destroy = project.destroy()
    assert destroy.changes == {"delete": len(RESOURCES) + 1}
    assert resources_of(project.export()) == {}
    secrets.check()


