"""Where programs get credentials from when they run in the cloud: instance metadata, the container
endpoint, and the two services of single sign-on. All on the gateway's own port."""

import json
import secrets
from urllib.parse import parse_qs

from .identities import MAIN_ACCOUNT
from .received import Reply

INSTANCE_ROLE = "instance-role"
CONTAINER_PATH = "/ecs/credentials"
CONTAINER_TOKEN = "container-token-0123456789"
SSO_ACCESS_TOKEN = "sso-access-token-0123456789"
SSO_REFRESH_TOKEN = "sso-refresh-token-0123456789"


class CredentialSources:
    def __init__(self, identities):
        self.identities = identities
        self.reset()

    def reset(self):
        self._metadata_tokens = set()
        self._sso_tokens = {SSO_ACCESS_TOKEN}
        self._refresh_tokens = {SSO_REFRESH_TOKEN}
        self.seconds = 3600  # how long what is handed out lives
        self.served = []  # names of what was asked for, in order

    def secrets(self):
        return sorted({CONTAINER_TOKEN} | self._metadata_tokens | self._sso_tokens
                      | self._refresh_tokens)

    def handle(self, request):
        """The reply to a request of one of the sources; None for any other request."""
        if request.path.startswith("/latest/"):
            return self._instance(request)
        if request.path == CONTAINER_PATH:
            return self._container(request)
        if request.path == "/federation/credentials":
            return self._sso(request)
        if request.path == "/token":
            return self._oidc(request)
        return None

    def _instance(self, request):
        """Version 2 only: a token first."""
        if request.path == "/latest/api/token":
            if request.method != "PUT" or not request.header("x-aws-ec2-metadata-token-ttl-seconds"):
                return Reply.text("", 400)
            token = secrets.token_urlsafe(40)
            self._metadata_tokens.add(token)
            self.served.append("instance-token")
            return Reply.text(token)
        if request.header("x-aws-ec2-metadata-token") not in self._metadata_tokens:
            return Reply.text("", 401)
        base = "/latest/meta-data/iam/security-credentials/"
        if request.path == base:
            return Reply.text(INSTANCE_ROLE)
        if request.path == base + INSTANCE_ROLE:
            self.served.append("instance")
            return Reply.json({"Code": "Success", "Type": "AWS-HMAC",
                               "LastUpdated": "2026-01-01T00:00:00Z", **self._mint(INSTANCE_ROLE)})
        if request.path == "/latest/meta-data/placement/region":
            return Reply.text("us-west-2")
        return Reply.text("", 404)

    def _container(self, request):
        if request.header("authorization") != CONTAINER_TOKEN:
            return Reply.json({"code": "AccessDenied", "message": "wrong token"}, 401)
        self.served.append("container")
        return Reply.json({"RoleArn": f"arn:aws:iam::{MAIN_ACCOUNT}:role/task-role",
                           **self._mint("task-role")})

    def _sso(self, request):
        if request.header("x-amz-sso_bearer_token") not in self._sso_tokens:
            return Reply.json({"__type": "UnauthorizedException",
                               "message": "Session token not found or invalid"}, 401)
        query = parse_qs(request.query)
        if not query.get("role_name") or not query.get("account_id"):
            return Reply.json({"__type": "InvalidRequestException", "message": "missing"}, 400)
        self.served.append("sso")
        identity = self.identities.mint(query["account_id"][0], query["role_name"][0],
                                        seconds=self.seconds)
        return Reply.json({"roleCredentials": {
            "accessKeyId": identity.access_key, "secretAccessKey": identity.secret_key,
            "sessionToken": identity.token, "expiration": round(identity.expires.timestamp() * 1000)}})

    def _oidc(self, request):
        """A new access token for a refresh token, which is used up by it."""
        asked = json.loads(request.body or b"{}")
        if asked.get("grantType") != "refresh_token" or not asked.get("clientId") \
                or asked.get("refreshToken") not in self._refresh_tokens:
            return Reply.json({"error": "invalid_grant"}, 400)
        self.served.append("sso-refresh")
        self._refresh_tokens.discard(asked["refreshToken"])
        access, refresh = secrets.token_urlsafe(60), secrets.token_urlsafe(60)
        self._sso_tokens.add(access)
        self._refresh_tokens.add(refresh)
        return Reply.json({"accessToken": access, "expiresIn": self.seconds, "refreshToken": refresh,
                           "tokenType": "Bearer"})

    def _mint(self, role):
        identity = self.identities.mint(MAIN_ACCOUNT, role, seconds=self.seconds)
        return {"AccessKeyId": identity.access_key, "SecretAccessKey": identity.secret_key,
                "Token": identity.token,
                "Expiration": identity.expires.strftime("%Y-%m-%dT%H:%M:%SZ")}
