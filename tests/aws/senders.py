"""botocore as the sender: clients, and requests that are spoilt on their way out."""

import botocore.session
from botocore.config import Config
from botocore.loaders import Loader

from doubles.aws.cloud import MAIN, REGION


class JsonLoader(Loader):
    """Recent models put smithy-rpc-v2-cbor first, which botocore would speak; the gateway reads JSON."""

    def load_service_model(self, service_name, type_name, api_version=None):
        model = super().load_service_model(service_name, type_name, api_version)
        metadata = model.get("metadata", {})
        if type_name == "service-2" and "json" in metadata.get("protocols", []):
            metadata |= {"protocol": "json", "protocols": ["json"]}
        return model


_session = botocore.session.Session()
_session.register_component("data_loader", JsonLoader())
_session.get_component("data_loader").search_paths.append(
    botocore.session.get_session().get_component("data_loader").BUILTIN_DATA_PATH)


def client(cloud, service, identity=MAIN, region=REGION, attempts=1, validate=True):
    """A client of that service; one attempt unless asked for more."""
    return _session.create_client(
        service, region_name=region, endpoint_url=cloud.url, aws_access_key_id=identity.access_key,
        aws_secret_access_key=identity.secret_key, aws_session_token=identity.token,
        config=Config(retries={"total_max_attempts": attempts, "mode": "standard"},
                      parameter_validation=validate, read_timeout=20,
                      request_checksum_calculation="when_required"))


def spoil(made, operation, change):
    """change(request) on each request of that operation before it is signed. A botocore AWSRequest."""
    made.meta.events.register_first(f"before-sign.*.{operation}",
                                    lambda request, **_: change(request))


def spoil_signed(made, operation, change):
    """As spoil, after it was signed."""
    made.meta.events.register_last(f"before-send.*.{operation}",
                                   lambda request, **_: change(request))
