"""Keys and certificates from PEM files, imported; then a program that says the same changes nothing."""

import json

import pytest

import imported
import pem_files
import secret_scan
from harness import resources_of

NAMES = sorted(name for name, _, _ in imported.IDS)


def assert_imported(project):
    """The state holds what the files hold, and the program without import options agrees."""
    state = resources_of(project.export())
    assert sorted(state) == NAMES
    for name in ("ca", "server"):
        assert state[name]["outputs"]["certPem"] == (project.folder / f"{name}.pem").read_text()
    serial = pem_files.openssl(project.folder, "x509", "-in", "server.pem", "-noout", "-serial")
    assert state["server"]["id"] == str(int(serial.split("=")[1], 16))

    assert project.preview().changed() == []
    assert project.up().changed() == []
    after = resources_of(project.export())
    assert {name: after[name]["id"] for name in NAMES} == {n: state[n]["id"] for n in NAMES}
    # Stands in no certificate, so it is taken over from the program.
    assert after["ca"]["inputs"]["earlyRenewalHours"] == 720
    assert project.refresh().changed() == []
    assert project.preview().changed() == []


def assert_no_secret_shown(project):
    secrets = [(project.folder / file).read_text() for file in ("ca.key", "server.key")]
    secrets += secret_scan.secret_texts(json.dumps(project.export(show_secrets=True)))
    public = "\n".join(value for resource in resources_of(project.export()).values()
                       for value in resource["outputs"].values() if isinstance(value, str))
    wanted = secret_scan.needles(secrets, public)
    assert not secret_scan.met(project.sandbox.transcript.text, wanted)


def test_pulumi_import(yaml_project):
    project = imported.write(yaml_project("imported"), "yaml").init()
    pem_files.make_authority_and_leaf(project.folder)
    for name, kind, identity in imported.IDS:
        # Without the flag the CLI prints a program for what it has imported, private keys in clear.
        run = project.import_resource(kind, name, identity, "--generate-code=false")
        assert run.op(name) == "import" and run.messages("warning") == []
    assert_imported(project)
    assert_no_secret_shown(project)


@pytest.mark.parametrize("language", ["python", "node"])
def test_the_import_option(language, request):
    project = request.getfixturevalue(f"{language}_project")("imported")
    pem_files.make_authority_and_leaf(project.folder)
    imported.write(project, language, {name: identity for name, _, identity in imported.IDS}).init()
    run = project.up()
    assert [run.op(name) for name in NAMES] == ["import"] * len(NAMES)
    imported.write(project, language)
    assert_imported(project)
    assert_no_secret_shown(project)


def test_the_import_option_with_the_certificate_alone(python_project):
    project = python_project("imported")
    pem_files.make_authority_and_leaf(project.folder)
    ids = {name: identity.split(",")[0] for name, _, identity in imported.IDS}
    imported.write(project, "python", ids).init()
    run = project.up()
    assert [run.op(name) for name in NAMES] == ["import"] * len(NAMES)
    imported.write(project, "python")
    assert_imported(project)
    assert_no_secret_shown(project)


def test_a_program_that_says_something_else_is_told(python_project):
    project = python_project("imported")
    pem_files.make_authority_and_leaf(project.folder)
    imported.write(project, "python", {name: identity for name, _, identity in imported.IDS}).init()
    project.edit("__main__.py", 'common_name": "Imported Root"', 'common_name": "Another Root"')
    said = project.preview(ok=None).output
    assert "subject" in said and "ca" in said
    assert resources_of(project.export()) == {}


def test_pulumi_import_of_a_certificate_alone_asks_for_the_key(yaml_project):
    project = imported.write(yaml_project("imported"), "yaml").init()
    pem_files.make_authority_and_leaf(project.folder)
    run = project.import_resource("palisade:tls:SelfSignedCert", "ca", "ca.pem",
                                  "--generate-code=false")
    assert any("privateKeyPem" in message for message in run.messages("warning")), run.output


@pytest.mark.parametrize("kind, identity, words", [
    ("PrivateKey", "missing.key", "missing.key"),
    ("PrivateKey", "ca.pem", "ca.pem"),
    ("SelfSignedCert", "ca.pem,server.key", "server.key"),
    ("SelfSignedCert", "server.pem,server.key", "server.pem"),
    ("LocallySignedCert", "server.pem,server.csr,ca.pem,server.key", "ca.pem"),
])
def test_what_cannot_be_imported_says_why(yaml_project, kind, identity, words):
    project = imported.write(yaml_project("imported"), "yaml").init()
    pem_files.make_authority_and_leaf(project.folder)
    run = project.import_resource(f"palisade:tls:{kind}", "x", identity, "--generate-code=false",
                                  ok=False)
    assert words in run.output
    assert resources_of(project.export()) == {}
    keys = [(project.folder / file).read_text() for file in ("ca.key", "server.key")]
    assert not secret_scan.met(project.sandbox.transcript.text, secret_scan.needles(keys))
