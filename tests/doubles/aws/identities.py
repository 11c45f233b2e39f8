"""Who may sign: access keys with their secrets, tokens and accounts, and which of them are expired."""

import dataclasses
import datetime
import secrets
import string
import threading

MAIN_ACCOUNT = "111122223333"
OTHER_ACCOUNT = "444455556666"


@dataclasses.dataclass
class Identity:
    access_key: str
    secret_key: str
    token: str | None
    account: str
    arn: str
    user_id: str
    expires: datetime.datetime | None = None  # for temporary ones; the end that their issuer told
    expired: bool = False  # refused from now on, whatever `expires` says


# Static users, one per account, so that tests with several accounts need no further setting up.
MAIN = Identity("AKIATESTMAIN00000001", "main/Secret+Key0000000000000000000000001", None, MAIN_ACCOUNT,
                f"arn:aws:iam::{MAIN_ACCOUNT}:user/tester", "AIDATESTMAIN00000001")
OTHER = Identity("AKIATESTOTHER0000002", "other/Secret+Key000000000000000000000002", None, OTHER_ACCOUNT,
                 f"arn:aws:iam::{OTHER_ACCOUNT}:user/tester", "AIDATESTOTHER0000002")


def _random(length, alphabet=string.ascii_uppercase + string.digits):
    return "".join(secrets.choice(alphabet) for _ in range(length))


class Identities:
    """The table; static users are there from the start, temporary ones are minted."""

    def __init__(self):
        self._lock = threading.Lock()
        self.reset()

    def reset(self):
        with self._lock:
            self._known = {user.access_key: dataclasses.replace(user) for user in (MAIN, OTHER)}

    def get(self, access_key):
        return self._known.get(access_key)

    def mint(self, account, role="tester", session="session", seconds=3600, partition="aws"):
        """Temporary credentials of a role's session."""
        role_id = "AROA" + _random(17)
        identity = Identity(
            "ASIA" + _random(16), _random(40, string.ascii_letters + string.digits + "/+"),
            "IQoJb3JpZ2luX2Vj" + _random(300, string.ascii_letters + string.digits + "/+") + "==",
            account, f"arn:{partition}:sts::{account}:assumed-role/{role.rsplit('/', 1)[-1]}/{session}",
            f"{role_id}:{session}",
            datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
            + datetime.timedelta(seconds=seconds))
        with self._lock:
            self._known[identity.access_key] = identity
        return identity

    def expire(self, access_key=None):
        """Refuses that key from now on; without a key, all temporary ones that exist now."""
        with self._lock:
            for identity in self._known.values():
                if identity.access_key == access_key or (access_key is None and identity.token):
                    identity.expired = True

    def secrets(self):
        """Every text that must appear in no log."""
        with self._lock:
            return sorted({text for identity in self._known.values()
                           for text in (identity.secret_key, identity.token) if text})
