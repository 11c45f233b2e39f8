"""Private keys and passwords never stand in the open, however much the CLI is asked to say."""

import json
import re

import pem_files
import pytest

import secret_scan
from harness import resources_of

PASSWORD = "open sesame, archive 4711"
PROGRAM = """
name: secrets
runtime: yaml
resources:
  key:
    type: palisade:tls:PrivateKey
    properties: {algorithm: RSA, rsaBits: 2048, triggers: {round: "1"}}
  cert:
    type: palisade:tls:SelfSignedCert
    properties:
      privateKeyPem: ${key.privateKeyPem}
      subject: {commonName: secrets.example.com}
      allowedUses: [digital_signature]
      validityPeriodHours: 48
      pkcs12Password: {fn::secret: "PASSWORD"}
  # A key from a file that the program forgets to mark: the schema marks it.
  request:
    type: palisade:tls:CertRequest
    properties:
      privateKeyPem: {fn::readFile: ./own.key}
      dnsNames: [a.example.com]
  writeOnly:
    type: palisade:tls:SelfSignedCert
    properties:
      privateKeyPemWo: {fn::readFile: ./own.key}
      privateKeyPemWoVersion: 1
      subject: {commonName: write-only.example.com}
      allowedUses: [digital_signature]
      validityPeriodHours: 48
variables:
  public:
    fn::invoke:
      function: palisade:tls:getPublicKey
      arguments: {privateKeyPem: "${key.privateKeyPem}"}
outputs:
  key: ${key}
  cert: ${cert}
  line: ${public.publicKeyOpenssh}
  archive: ${cert.pkcs12}
""".replace("PASSWORD", PASSWORD)


@pytest.fixture
def project(yaml_project):
    made = yaml_project("secrets").write("Pulumi.yaml", PROGRAM).init()
    pem_files.make_key(made.folder, "own.key", "P-256")
    return made


def wanted_of(project):
    shown = json.dumps(project.export(show_secrets=True))
    secrets = secret_scan.secret_texts(shown) + [(project.folder / "own.key").read_text(), PASSWORD]
    public = "\n".join(value for resource in resources_of(project.export()).values()
                       for value in resource["outputs"].values() if isinstance(value, str))
    return secret_scan.needles(secrets, public)


def test_the_search_finds_what_is_shown_on_purpose(project):
    project.up()
    wanted = wanted_of(project)
    shown = project.sandbox.private("pulumi", "stack", "export", "--show-secrets", cwd=project.folder)
    assert len(secret_scan.met(shown, wanted)) > 100


def test_no_verb_and_no_state_shows_a_secret(project):
    project.preview("--diff")
    project.up("--diff")
    wanted = wanted_of(project)
    state = json.dumps(project.export()) + project.sandbox.state("secrets")
    project.preview("--diff")
    project.preview("--json")
    project.refresh("--diff")
    project.cli("stack", "--show-ids")
    project.cli("stack", "output", "--json")
    project.edit("Pulumi.yaml", 'round: "1"', 'round: "2"')
    project.preview("--diff", "--show-sames", "--show-replacement-steps")
    project.up("--diff")
    wanted |= wanted_of(project)
    state += json.dumps(project.export()) + project.sandbox.state("secrets")
    project.destroy("--diff")
    assert "[secret]" in project.sandbox.transcript.text
    assert not secret_scan.met(project.sandbox.transcript.text, wanted)
    assert not secret_scan.met(state, wanted)


def test_write_only_keys_are_in_no_output(project):
    project.up()
    state = resources_of(project.export())["writeOnly"]
    assert not [key for key in state["outputs"] if key == "privateKeyPemWo" or key == "privateKeyPem"]
    assert project.preview().changed() == []
    pem_files.make_key(project.folder, "own.key", "P-384")
    assert project.preview().changed() == ["request"]
    project.edit("Pulumi.yaml", "privateKeyPemWoVersion: 1", "privateKeyPemWoVersion: 2")
    assert project.preview().changed() == ["request", "writeOnly"]


# At this level the engine writes every property that passes over the wire, secrets in clear: it is
# the engine's own log, which a provider has no part in.
ENGINES_OWN = re.compile(r'^\{"time":.*"msg":"(Unm|M)arshaling property for RPC\[.*$', re.MULTILINE)


def test_the_plugin_logs_no_secret(project):
    flags = ("--logflow", "-v=9", "--logtostderr")
    texts = [project.verb("up", "--yes", "--skip-preview", *flags).output]
    wanted = wanted_of(project)
    texts.append(project.verb("refresh", "--yes", "--skip-preview", *flags).output)
    texts.append(project.verb("destroy", "--yes", "--skip-preview", *flags).output)
    for text in texts:
        rest, count = ENGINES_OWN.subn("", text)
        assert count > 10 and len(rest) > 10000
        assert not secret_scan.met(rest, wanted)
