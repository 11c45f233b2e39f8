"""The endpoints that programs get credentials from, with botocore's own providers as clients."""

import datetime
import hashlib
import json

import botocore.session
import pytest
from botocore.credentials import (ContainerMetadataFetcher, ContainerProvider,
                                  InstanceMetadataProvider, SSOProvider, SSOTokenLoader)
from botocore.utils import InstanceMetadataFetcher

from doubles.aws import credential_sources
from doubles.aws.cloud import REGION
from senders import client


def who(cloud, credentials):
    """Signs with what a source handed out; the gateway knows whether that is right."""
    frozen = credentials.get_frozen_credentials()
    identity = cloud.identities.get(frozen.access_key)
    assert (identity.secret_key, identity.token) == (frozen.secret_key, frozen.token)
    return client(cloud, "sts", identity).get_caller_identity()["Arn"]


def test_instance_metadata(cloud):
    fetcher = InstanceMetadataFetcher(timeout=5, num_attempts=1, base_url=cloud.url + "/")
    credentials = InstanceMetadataProvider(iam_role_fetcher=fetcher).load()
    assert who(cloud, credentials).startswith("arn:aws:sts::111122223333:assumed-role/instance-role/")
    assert cloud.sources.served == ["instance-token", "instance"]


def test_container(cloud):
    credentials = ContainerProvider(environ=cloud.container_environment(),
                                    fetcher=ContainerMetadataFetcher()).load()
    assert who(cloud, credentials).startswith("arn:aws:sts::111122223333:assumed-role/task-role/")
    assert cloud.sources.served == ["container"]


def test_container_with_a_wrong_token(cloud):
    environment = cloud.container_environment() | {"AWS_CONTAINER_AUTHORIZATION_TOKEN": "wrong"}
    with pytest.raises(Exception, match="401|[Rr]etriev|non 200"):
        ContainerProvider(environ=environment, fetcher=ContainerMetadataFetcher()).load()


def sso_cache(tmp_path, token, session):
    soon = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)
    name = hashlib.sha1(session.encode()).hexdigest()
    return {name: {"accessToken": token, "expiresAt": soon.strftime("%Y-%m-%dT%H:%M:%SZ")}}


def test_sso_portal(cloud, tmp_path):
    start = "https://example.awsapps.com/start"
    profile = {"profiles": {"default": {"sso_start_url": start, "sso_region": REGION,
                                        "sso_account_id": "444455556666", "sso_role_name": "reader"}}}

    def portal(*arguments, **keywords):
        return botocore.session.Session().create_client(*arguments, **keywords | {
            "endpoint_url": cloud.url, "region_name": REGION})
    credentials = SSOProvider(
        load_config=lambda: profile, client_creator=portal, profile_name="default", cache={},
        token_cache=sso_cache(tmp_path, credential_sources.SSO_ACCESS_TOKEN, start)).load()
    assert who(cloud, credentials) == "arn:aws:sts::444455556666:assumed-role/reader/session"
    assert SSOTokenLoader  # the loader reads the same cache


def test_sso_refresh(cloud):
    made = botocore.session.Session().create_client("sso-oidc", endpoint_url=cloud.url, region_name=REGION)
    asked = {"clientId": "id", "clientSecret": "secret", "grantType": "refresh_token",
             "refreshToken": credential_sources.SSO_REFRESH_TOKEN}
    answer = made.create_token(**asked)
    assert answer["tokenType"] == "Bearer" and answer["refreshToken"] != asked["refreshToken"]
    assert answer["accessToken"] in cloud.secrets()
    with pytest.raises(Exception, match="400|invalid_grant|InvalidGrant|Unknown"):
        made.create_token(**asked)
    made.create_token(**asked | {"refreshToken": answer["refreshToken"]})
    assert json.dumps(cloud.sources.served) == '["sso-refresh", "sso-refresh"]'


def test_sts_refuses_denied_roles_and_shortens_sessions(cloud):
    made = client(cloud, "sts")
    cloud.sts.deny("arn:aws:iam::444455556666:role/closed")
    with pytest.raises(Exception, match="AccessDenied"):
        made.assume_role(RoleArn="arn:aws:iam::444455556666:role/closed", RoleSessionName="me")
    cloud.sts.seconds = 60
    answer = made.assume_role(RoleArn="arn:aws:iam::444455556666:role/open", RoleSessionName="me")
    left = answer["Credentials"]["Expiration"] - datetime.datetime.now(datetime.timezone.utc)
    assert 0 < left.total_seconds() <= 61


def test_chained_sessions_last_an_hour(cloud):
    first = cloud.identities.mint("111122223333")
    with pytest.raises(Exception, match="ValidationError"):
        client(cloud, "sts", first).assume_role(RoleArn="arn:aws:iam::444455556666:role/next",
                                                RoleSessionName="me", DurationSeconds=7200)
