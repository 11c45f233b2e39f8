"""Each source of credentials, from files, environment or an endpoint to a call that is signed right."""

import datetime
import hashlib
import json

import pytest

import programs
from doubles.aws.cloud import MAIN, OTHER, REGION
from doubles.aws.credential_sources import SSO_ACCESS_TOKEN, SSO_REFRESH_TOKEN

WHO = {"who": {"fn::invoke": {"function": "palisade:aws:getCallerIdentity", "arguments": {}}}}
ROLE = f"arn:aws:iam::{OTHER.account}:role/deploy"


@pytest.fixture
def ask(program, sandbox, aws_cloud):
    """ask(environment, files) answers the ARN of the caller, as a program sees it."""
    def asked(environment, files=None, config=None, ok=True):
        for name in [name for name in sandbox.env if name.startswith("AWS_")]:
            del sandbox.env[name]
        sandbox.env |= {"AWS_ENDPOINT_URL": aws_cloud.url, "AWS_REGION": REGION,
                        "AWS_EC2_METADATA_DISABLED": "true"} | environment
        home = sandbox.folder / "home"
        for name, text in (files or {}).items():
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (home / name).write_text(text)
        project = program({}, variables=WHO, outputs={"arn": "${who.arn}"})
        for key, value in (config or {}).items():
            programs.configure(project, key, value, secret=True)
        run = project.up(ok=ok)
        return project.outputs()["arn"] if ok else run.output
    return asked


def static(identity, prefix="aws_"):
    return f"{prefix}access_key_id = {identity.access_key}\n{prefix}secret_access_key = {identity.secret_key}\n"


def environment_of(identity):
    return {"AWS_ACCESS_KEY_ID": identity.access_key, "AWS_SECRET_ACCESS_KEY": identity.secret_key}


def test_configuration(ask):
    assert ask({}, config={"accessKey": OTHER.access_key, "secretKey": OTHER.secret_key}) == OTHER.arn


def test_environment(ask):
    assert ask(environment_of(MAIN)) == MAIN.arn


def test_environment_with_a_token(ask, aws_cloud):
    identity = aws_cloud.identities.mint(OTHER.account, "role")
    assert ask(environment_of(identity) | {"AWS_SESSION_TOKEN": identity.token}) == identity.arn


def test_half_an_environment_is_an_error(ask):
    said = ask({"AWS_ACCESS_KEY_ID": MAIN.access_key}, ok=False)
    assert "AWS_SECRET_ACCESS_KEY" in said


def test_credentials_file(ask):
    files = {".aws/credentials": f"# comment\n[default]\n{static(OTHER)}\n[second]\n{static(MAIN)}"}
    assert ask({}, files) == OTHER.arn


def test_profile_of_the_config_file(ask):
    files = {".aws/config": f"[default]\nregion = eu-west-1\n[profile second]\n{static(OTHER)}"}
    assert ask({"AWS_PROFILE": "second"}, files) == OTHER.arn


def test_a_profile_that_does_not_exist(ask):
    assert "nowhere" in ask({"AWS_PROFILE": "nowhere"}, ok=False)


def test_chain_of_roles(ask, aws_cloud):
    files = {".aws/config": f"""
[default]
role_arn = arn:aws:iam::{MAIN.account}:role/second
source_profile = first
[profile first]
role_arn = {ROLE}
source_profile = static
role_session_name = chained
[profile static]
{static(MAIN)}"""}
    assert ask({}, files).startswith(f"arn:aws:sts::{MAIN.account}:assumed-role/second/")
    roles = [record.params["RoleArn"] for record in aws_cloud.records.all("AssumeRole")]
    assert roles[:2] == [ROLE, f"arn:aws:iam::{MAIN.account}:role/second"]


def test_role_that_is_denied(ask, aws_cloud):
    aws_cloud.sts.deny(ROLE)
    files = {".aws/config": f"[default]\nrole_arn = {ROLE}\nsource_profile = static\n"
                            f"[profile static]\n{static(MAIN)}"}
    said = ask({}, files, ok=False)
    assert ROLE in said and "AccessDenied" in said


def test_web_identity(ask, sandbox, aws_cloud):
    token = sandbox.folder / "token"
    token.write_text("head.body.signature")
    environment = {"AWS_WEB_IDENTITY_TOKEN_FILE": str(token), "AWS_ROLE_ARN": ROLE,
                   "AWS_ROLE_SESSION_NAME": "pod"}
    assert ask(environment) == f"arn:aws:sts::{OTHER.account}:assumed-role/deploy/pod"
    record = aws_cloud.records.all("AssumeRoleWithWebIdentity")[0]
    assert record.access_key == ""


def test_process(ask, sandbox, aws_cloud):
    identity = aws_cloud.identities.mint(OTHER.account, "process")
    script = sandbox.folder / "my process"
    script.write_text("#!/bin/sh\ncat <<'END'\n" + json.dumps({
        "Version": 1, "AccessKeyId": identity.access_key, "SecretAccessKey": identity.secret_key,
        "SessionToken": identity.token,
        "Expiration": identity.expires.strftime("%Y-%m-%dT%H:%M:%SZ")}) + "\nEND\n")
    script.chmod(0o700)
    assert ask({}, {".aws/config": f'[default]\ncredential_process = "{script}" a "b c"\n'}) == identity.arn


def test_container(ask, aws_cloud):
    environment = aws_cloud.container_environment()
    assert ask(environment).startswith(f"arn:aws:sts::{MAIN.account}:assumed-role/task-role/")
    assert aws_cloud.sources.served == ["container"]


def test_instance_metadata(ask, aws_cloud):
    environment = aws_cloud.instance_environment() | {"AWS_EC2_METADATA_DISABLED": "false"}
    assert ask(environment).startswith(f"arn:aws:sts::{MAIN.account}:assumed-role/instance-role/")
    assert aws_cloud.sources.served == ["instance-token", "instance"]


def sso_files(session, access, minutes, refresh=True):
    end = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)
    later = end + datetime.timedelta(days=1)
    name = hashlib.sha1(session.encode()).hexdigest()
    token = {"accessToken": access, "expiresAt": end.strftime("%Y-%m-%dT%H:%M:%SZ"), "region": REGION,
             "startUrl": "https://example.awsapps.com/start", "clientId": "id", "clientSecret": "secret",
             "registrationExpiresAt": later.strftime("%Y-%m-%dT%H:%M:%SZ")}
    token |= {"refreshToken": SSO_REFRESH_TOKEN} if refresh else {}
    return {f".aws/sso/cache/{name}.json": json.dumps(token), ".aws/config": f"""
[default]
sso_session = {session}
sso_account_id = {OTHER.account}
sso_role_name = reader
[sso-session {session}]
sso_region = {REGION}
sso_start_url = https://example.awsapps.com/start
"""}


def test_sso_session(ask, aws_cloud):
    arn = ask({}, sso_files("corp", SSO_ACCESS_TOKEN, 60))
    assert arn == f"arn:aws:sts::{OTHER.account}:assumed-role/reader/session"
    assert aws_cloud.sources.served[0] == "sso"


def test_sso_session_refreshes_its_token(ask, aws_cloud):
    arn = ask({}, sso_files("corp", "an-old-token", 5))
    assert arn == f"arn:aws:sts::{OTHER.account}:assumed-role/reader/session"
    assert aws_cloud.sources.served[:2] == ["sso-refresh", "sso"]


def test_expired_sso_says_what_to_do(ask):
    assert "aws sso login" in ask({}, sso_files("corp", "an-old-token", -5, refresh=False), ok=False)


def test_no_credentials_at_all(ask):
    said = ask({}, ok=False)
    assert "credentials" in said and "AWS_ACCESS_KEY_ID" in said


def test_nothing_is_asked_for_a_preview(program, sandbox, aws_cloud):
    for name in [name for name in sandbox.env if name.startswith("AWS_")]:
        del sandbox.env[name]
    project = program(programs.VPC)
    programs.configure(project, "region", REGION)
    assert project.preview().op("vpc") == "create"
    assert aws_cloud.records.all() == [] and aws_cloud.sources.served == []
