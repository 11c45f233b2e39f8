"""The control endpoint, for tests and people in another process: JSON under /_gateway/.

    GET  /_gateway/health
    GET  /_gateway/records[?operation=CreateVpc]    POST /_gateway/records/clear
    GET  /_gateway/violations
    GET  /_gateway/objects                          ARNs of what the Network Firewall double holds
    GET  /_gateway/faults                           POST /_gateway/faults/clear, .../faults/release
    POST /_gateway/faults      {"kind": "throttle", "service": "ec2", "operation": "CreateVpc",
                                "nth": 1, "times": 2, "after": null, further options of the kind}
    POST /_gateway/timing      {"ready_describes": 5, "delete_seconds": 2.5}
    POST /_gateway/identities  {"account": "111122223333", "seconds": 900}: temporary credentials
    POST /_gateway/expire      {"access_key": "ASIA..."} or {}: all temporary ones
    POST /_gateway/reset       everything as at the start
"""

import json
from urllib.parse import parse_qs

from .received import Reply

PREFIX = "/_gateway/"


class Control:
    def __init__(self, cloud):
        self._cloud = cloud

    def handle(self, request):
        """The reply to a request under the prefix; None for any other request."""
        if not request.path.startswith(PREFIX):
            return None
        name = f"{request.method} {request.path.removeprefix(PREFIX)}"
        actions = {
            "GET health": lambda _: {"ok": True},
            "GET records": lambda _: [record.as_json() for record in cloud.records.all(
                operation=parse_qs(request.query).get("operation", [None])[0])],
            "POST records/clear": lambda _: cloud.records.clear(),
            "GET violations": lambda _: cloud.records.violations(),
            "GET objects": lambda _: sorted(cloud.firewall.objects()),
            "GET faults": lambda _: cloud.faults.rules(),
            "POST faults": lambda body: {"kind": cloud.faults.add(**body).kind},
            "POST faults/clear": lambda _: cloud.faults.clear(),
            "POST faults/release": lambda _: cloud.faults.release(),
            "POST timing": self._timing,
            "POST identities": self._mint,
            "POST expire": lambda body: cloud.identities.expire(body.get("access_key")),
            "POST reset": lambda _: cloud.reset(),
        }
        cloud = self._cloud
        if name not in actions:
            return Reply.json({"error": f"there is no {name}"}, 404)
        try:
            answer = actions[name](json.loads(request.body or b"{}"))
        except (ValueError, TypeError, AttributeError) as error:
            return Reply.json({"error": str(error)}, 400)
        return Reply.json({} if answer is None else answer)

    def _timing(self, body):
        for name, value in body.items():
            if not hasattr(self._cloud.firewall.timing, name):
                raise ValueError(f"there is no timing {name}")
            setattr(self._cloud.firewall.timing, name, value)
        return vars(self._cloud.firewall.timing)

    def _mint(self, body):
        identity = self._cloud.identities.mint(**body)
        return {"access_key": identity.access_key, "secret_key": identity.secret_key,
                "token": identity.token, "account": identity.account,
                "expires": identity.expires.isoformat()}
