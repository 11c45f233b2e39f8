"""STS: who the caller is, and temporary credentials that the gateway will then accept.

Session policies, external ids and trust policies are not judged: every role of every account can be
assumed, but for those that were denied by deny()."""

import datetime
import re

from .errors import AwsError

ROLE = re.compile(r"arn:(?P<partition>aws[a-z-]*):iam::(?P<account>\d{12}):role/(?P<name>.+)")


class Sts:
    def __init__(self, identities):
        self.identities = identities
        self.reset()

    def reset(self):
        self._denied = set()
        self.seconds = None  # overrides the length of every session

    def deny(self, role_arn):
        self._denied.add(role_arn)

    def call(self, operation, parameters, caller, _request):
        handlers = {
            "GetCallerIdentity": self._caller_identity,
            "AssumeRole": self._assume_role,
            "AssumeRoleWithWebIdentity": self._assume_role_with_web_identity,
        }
        if operation not in handlers:
            raise AwsError("InvalidAction", f"this stand-in of STS has no {operation}")
        return handlers[operation](parameters, caller)

    @staticmethod
    def _caller_identity(_, caller):
        identity = caller.identity
        arn = identity.arn.replace("arn:aws:", f"arn:{caller.partition}:", 1)
        return {"UserId": identity.user_id, "Account": identity.account, "Arn": arn}

    def _assume_role(self, parameters, caller):
        # Chained sessions last an hour at most.
        if caller.identity.token and parameters.get("DurationSeconds", 3600) > 3600:
            raise AwsError("ValidationError", "The requested DurationSeconds exceeds the 1 hour session "
                           "limit for roles assumed by role chaining")
        return _answer(self._session(parameters))

    def _assume_role_with_web_identity(self, parameters, _):
        token = parameters["WebIdentityToken"]
        if token.count(".") != 2:
            raise AwsError("InvalidIdentityToken", "The ID Token provided is not a valid JWT.")
        answer = _answer(self._session(parameters))
        return answer | {"SubjectFromWebIdentityToken": "system:serviceaccount:test:test",
                         "Provider": "arn:aws:iam::111122223333:oidc-provider/test",
                         "Audience": "sts.amazonaws.com"}

    def _session(self, parameters):
        role = ROLE.fullmatch(parameters["RoleArn"])
        if not role:
            raise AwsError("ValidationError", f"{parameters['RoleArn']} is invalid")
        if parameters["RoleArn"] in self._denied:
            raise AwsError("AccessDenied", f"not authorized to assume {parameters['RoleArn']}", 403)
        seconds = self.seconds or parameters.get("DurationSeconds", 3600)
        return self.identities.mint(role["account"], role["name"], parameters["RoleSessionName"],
                                    seconds, role["partition"])


def _answer(identity):
    return {
        "Credentials": {
            "AccessKeyId": identity.access_key, "SecretAccessKey": identity.secret_key,
            "SessionToken": identity.token,
            "Expiration": identity.expires.astimezone(datetime.timezone.utc),
        },
        "AssumedRoleUser": {"AssumedRoleId": identity.user_id, "Arn": identity.arn},
        "PackedPolicySize": 1,
    }
