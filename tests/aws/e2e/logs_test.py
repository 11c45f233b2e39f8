"""No key, no secret and no token is in any log of a whole run at the highest verbosity."""

from harness import assert_lacks, resources_of
from programs import PERIMETER, configure


def test_highest_verbosity(program, sandbox, aws_cloud):
    """The transcript holds all that was printed; the sandbox searches it once more at its end."""
    identity = aws_cloud.identities.mint("111122223333")
    sandbox.env |= aws_cloud.environment(identity) | {
        "PULUMI_DEBUG_GRPC": str(sandbox.folder / "grpc.json"), "TF_LOG": "TRACE"}
    flags = ("-v=11", "--logtostderr", "--debug")
    project = program(PERIMETER)
    for verb in (project.preview, project.up, project.refresh, project.destroy):
        verb(*flags)
    assert resources_of(project.export()) == {}
    assert len(sandbox.transcript.text) > 10_000
    for secret in (identity.secret_key, identity.token):
        sandbox.transcript.assert_lacks(secret)
        assert_lacks((sandbox.folder / "grpc.json").read_text(), secret)


def test_secrets_of_the_configuration(program, sandbox, aws_cloud):
    identity = aws_cloud.identities.mint("111122223333")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        del sandbox.env[name]
    project = program(PERIMETER)
    for key, value in (("accessKey", identity.access_key), ("secretKey", identity.secret_key),
                       ("token", identity.token)):
        configure(project, key, value, secret=True)
    project.up("-v=11", "--logtostderr", "--debug")
    state = sandbox.state(project.name) + str(project.export())
    for secret in (identity.secret_key, identity.token):
        assert_lacks(state, secret)
    project.destroy("-v=11", "--logtostderr")
