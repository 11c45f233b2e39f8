"""Independent checkers and stand-ins for AWS: a gateway between the provider and the servers, which
checks every request by botocore's models and signer, a double of Network Firewall, a small STS, and
moto's server for the rest. `Cloud` in cloud.py starts them all."""
