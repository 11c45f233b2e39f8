"""No key, no secret and no token is in any log of a whole run at the highest verbosity."""

import json
import re

import pytest

from credentials_test import ROLE, sso_files, static
from doubles.aws.cloud import MAIN, OTHER
from doubles.aws.credential_sources import SSO_ACCESS_TOKEN, SSO_REFRESH_TOKEN
from harness import resources_of
from programs import PERIMETER, VPC, configure, resource

# The CLI's log at its most talkative, also of the processes that it starts.
LOUD = ("--debug", "-v=11", "--logtostderr", "--logflow")
# At this level the engine writes every property that passes over the wire, secrets in clear: it is
# the engine's own log, which a provider has no part in (docs/user-guide.md tells users).
ENGINES_OWN = re.compile(r'^\{"time":.*"msg":"(Unm|M)arshaling property for RPC\[.*$', re.MULTILINE)


@pytest.fixture
def loud(sandbox):
    """The flags of a run whose every log lies in the sandbox's folder or in its transcript."""
    logs = sandbox.folder / "logs"
    logs.mkdir()
    sandbox.env |= {"TMPDIR": str(logs), "TF_LOG": "TRACE", "GRPC_VERBOSITY": "DEBUG",
                    "GRPC_TRACE": "api,http"}
    return (*LOUD, "--otel-traces", f"file://{logs}/otel.json")


def messages(sandbox):
    """Has the engine write down every message between it and the provider, twice. Flags."""
    sandbox.env["PULUMI_DEBUG_GRPC"] = str(sandbox.folder / "grpc.json")
    return "--tracing", f"file:{sandbox.folder}/trace.json"


def nowhere(sandbox, secrets, but=()):
    """Fails where one of these texts is in the transcript or in a file of the sandbox; `but` names
    files that a user puts secrets into."""
    secrets = [text for text in secrets if text]
    assert secrets
    texts = {"the transcript": sandbox.transcript.text}
    for path in sandbox.folder.rglob("*"):
        if path.is_file() and path.name not in but:
            texts[str(path.relative_to(sandbox.folder))] = path.read_text(errors="replace")
    assert len(texts) > 3
    for name, text in texts.items():
        for secret in secrets:
            # The texts themselves stay out of the failure.
            where = text.find(secret)
            assert where < 0, f"a secret of {len(secret)} characters is in {name}, after " \
                              f"{text[max(0, where - 200):where]!r}"


def words_of(identity):
    return identity.access_key, identity.secret_key, identity.token


def heard(sandbox, *operations):
    """The provider's own lines are in the transcript: there was something to search."""
    for operation in operations:
        assert f"{operation} in " in sandbox.transcript.text


def test_highest_verbosity(program, sandbox, aws_cloud, loud):
    identity = aws_cloud.identities.mint(MAIN.account)
    sandbox.env |= aws_cloud.environment(identity)
    flags = (*loud, *messages(sandbox))
    project = program(PERIMETER)
    for verb in (project.preview, project.up, project.refresh, project.destroy):
        verb(*flags)
    assert resources_of(project.export()) == {}
    heard(sandbox, "CreateVpc", "CreateFirewall", "DeleteVpc")
    for name in ("grpc.json", "trace.json", "logs/otel.json"):
        assert (sandbox.folder / name).stat().st_size > 10_000
    nowhere(sandbox, words_of(identity))


def test_secrets_of_the_configuration(program, sandbox, aws_cloud, loud):
    """But for what the engine itself writes of the messages between it and the provider."""
    identity = aws_cloud.identities.mint(MAIN.account)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        del sandbox.env[name]
    project = program(PERIMETER)
    for key, value in (("accessKey", identity.access_key), ("secretKey", identity.secret_key),
                       ("token", identity.token)):
        configure(project, key, value, secret=True)
    for verb in (project.preview, project.up, project.refresh, project.destroy):
        verb(*loud)
        sandbox.transcript.text, count = ENGINES_OWN.subn("", sandbox.transcript.text)
        assert count > 10
        nowhere(sandbox, words_of(identity))
    project.export()
    heard(sandbox, "CreateVpc", "CreateFirewall", "DeleteVpc")
    nowhere(sandbox, words_of(identity))


def test_secrets_of_every_source(program, sandbox, aws_cloud, loud):
    """One run that gets its credentials in six ways: nothing that was read or handed out shows."""
    process = aws_cloud.identities.mint(OTHER.account, "process")
    script, token = sandbox.folder / "process.sh", sandbox.folder / "web-token"
    script.write_text("#!/bin/sh\ncat <<'END'\n" + json.dumps({
        "Version": 1, "AccessKeyId": process.access_key, "SecretAccessKey": process.secret_key,
        "SessionToken": process.token,
        "Expiration": process.expires.strftime("%Y-%m-%dT%H:%M:%SZ")}) + "\nEND\n")
    script.chmod(0o700)
    token.write_text("head-of-it.body-of-it.signature-of-it")
    files = sso_files("corp", SSO_ACCESS_TOKEN, 60)
    files[".aws/config"] = files[".aws/config"].replace("[default]", "[profile sso]") + f"""
[profile role]
role_arn = {ROLE}
source_profile = static
[profile static]
{static(MAIN)}
[profile process]
credential_process = "{script}"
[profile instance]
role_arn = {ROLE}
credential_source = Ec2InstanceMetadata
[profile container]
role_arn = {ROLE}
credential_source = EcsContainer
[profile web]
role_arn = {ROLE}
web_identity_token_file = {token}
"""
    for name, text in files.items():
        path = sandbox.folder / "home" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        del sandbox.env[name]
    sandbox.env |= aws_cloud.container_environment() | aws_cloud.instance_environment() | {
        "AWS_EC2_METADATA_DISABLED": "false"}
    sources = ("role", "sso", "process", "instance", "container", "web")
    project = program({source: resource(
        VPC["vpc"]["type"], account=source, **VPC["vpc"]["properties"]) for source in sources})
    for source in sources:
        configure(project, f"accounts.{source}.profile", source)
    flags = (*loud, *messages(sandbox))
    project.up(*flags)
    project.destroy(*flags)
    assert resources_of(project.export()) == {}
    assert {"sso", "container", "instance"} <= set(aws_cloud.sources.served)
    heard(sandbox, "CreateVpc")
    used = {record.access_key for record in aws_cloud.records.all()}
    nowhere(sandbox, [*used, *aws_cloud.secrets(), SSO_REFRESH_TOKEN, token.read_text()],
            but=("config", script.name, token.name, *(path.rsplit("/", 1)[-1] for path in files)))
