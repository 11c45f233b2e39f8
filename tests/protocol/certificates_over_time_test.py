"""What becomes of keys and certificates once they are made: imports, refreshes, other packages."""

import pytest

import wire
from plugin import PALISADE, Plugin
from wire import Secret

KEY, ROOT, LEAF = (f"palisade:tls:{name}" for name in
                   ("PrivateKey", "SelfSignedCert", "LocallySignedCert"))
WARNING = 2


@pytest.fixture
def plugin():
    """A process of its own: its engine has no other logs."""
    with Plugin(PALISADE) as plugin:
        yield plugin
        plugin.assert_alive()


@pytest.fixture
def key(plugin):
    return wire.plain(plugin.make(KEY, {"algorithm": "ED25519"}).outputs)["privateKeyPem"]


def warnings(plugin, name):
    """What was warned of beside a resource; a last warning of our own says that all have come."""
    plugin.check(KEY, {"algorithm": "ECDSA"}, name=f"after-{name}")
    plugin.engine.wait_for(lambda log: log.urn.endswith(f"after-{name}"))
    return [log.message for log in plugin.engine.logs
            if log.urn.endswith(f"::{name}") and log.severity == WARNING]


def certificate(key, hours, **more):
    return {"privateKeyPem": key, "subject": {"commonName": "gateway.test"}, "allowedUses": [],
            "validityPeriodHours": hours, **more}


def imported(plugin, folder, program, name):
    """The `import:` option: what Read says of the file, and the program, which the Diff of the
    import compares."""
    made = wire.plain(plugin.make(ROOT, program).outputs)
    (folder / "cert.pem").write_text(made["certPem"])
    read = plugin.read(ROOT, str(folder / "cert.pem"), name=name)
    inputs = plugin.checked(ROOT, program, olds=read.inputs, name=name)
    answer = plugin.diff(ROOT, read.inputs, inputs, olds=read.outputs, id=read.id, name=name)
    assert not answer.detailedDiff and not answer.replaces, answer
    return read._replace(inputs=inputs)


def test_an_import_of_what_is_due_succeeds_and_the_next_run_renews(plugin, key, tmp_path):
    taken = imported(plugin, tmp_path, certificate(key, 0), "import")
    assert any("replaced by a later run" in told for told in warnings(plugin, "import"))
    answer = plugin.diff(ROOT, taken.inputs, taken.inputs, olds=taken.outputs, id=taken.id)
    assert list(answer.replaces) == ["readyForRenewal"]


def test_what_is_ignored_is_not_announced(plugin, key):
    made = plugin.make(ROOT, certificate(key, 0))
    for ignore, name in (([], "heard"), (["readyForRenewal"], "ignored")):
        answer = plugin.diff(ROOT, made.inputs, made.inputs, olds=made.outputs, id=made.id,
                             name=name, ignore=ignore)
        assert bool(answer.detailedDiff) == (not ignore)
        assert bool(warnings(plugin, name)) == (not ignore)


def test_a_refresh_after_an_import_shows_the_window_of_the_program(plugin, key, tmp_path):
    taken = imported(plugin, tmp_path, certificate(key, 1000, earlyRenewalHours=720), "import")
    assert taken.outputs["earlyRenewalHours"] == 0
    read = plugin.refresh(ROOT, taken)
    assert read.outputs["earlyRenewalHours"] == 720
    assert read.inputs == taken.inputs


def test_that_it_outlives_its_authority_is_said_of_one_that_is_to_be_issued(plugin, key):
    authority = plugin.make(ROOT, certificate(key, 48, isCaCertificate=True))
    request = plugin.make("palisade:tls:CertRequest", {"privateKeyPem": key})
    program = {"certRequestPem": request.outputs["certRequestPem"], "caPrivateKeyPem": key,
               "caCertPem": authority.outputs["certPem"], "allowedUses": ["server_auth"],
               "validityPeriodHours": 72}
    inputs = plugin.checked(LEAF, program, name="new")
    assert any("tls.outlives-ca" in told for told in warnings(plugin, "new"))
    assert plugin.checked(LEAF, program, olds=inputs, name="old") == inputs
    assert warnings(plugin, "old") == []


@pytest.mark.parametrize("news", [
    {"algorithm": "RSA", "rsaBits": 2048}, {"algorithm": "ECDSA", "ecdsaCurve": "P384"},
    {"algorithm": "ED25519"}], ids=lambda news: news["algorithm"])
def test_what_another_package_had_not_is_derived_the_same_every_time(plugin, news):
    made = plugin.make(KEY, news)
    lacking = ("__v", "privateKeyPemPkcs8", "privateKeyOpenssh", "publicKeyFingerprintSha256")
    old = made._replace(outputs={name: value for name, value in made.outputs.items()
                                 if name not in lacking})
    assert not plugin.diff(KEY, old.inputs, made.inputs, olds=old.outputs, id=made.id).detailedDiff
    first, second = plugin.refresh(KEY, old), plugin.refresh(KEY, old)
    assert first.outputs == second.outputs and first.inputs == made.inputs
    for name in ("privateKeyPemPkcs8", "publicKeyFingerprintSha256"):
        assert first.outputs[name] == made.outputs[name]
    assert isinstance(first.outputs["privateKeyOpenssh"], Secret)
    public = plugin.invoke("palisade:tls:getPublicKey",
                           {"privateKeyOpenssh": first.outputs["privateKeyOpenssh"]})
    assert wire.plain(public)["id"] == made.id


def test_a_standard_that_is_no_longer_spelt_out_is_still_shown(plugin, key):
    spelt = {"isCaCertificate": False, "setSubjectKeyId": False, "setAuthorityKeyId": False}
    made = plugin.make(ROOT, certificate(key, 1000, earlyRenewalHours=24, **spelt))
    news = plugin.checked(ROOT, certificate(key, 1000, earlyRenewalHours=48), olds=made.inputs)
    preview = plugin.update(ROOT, made, news, preview=True)
    updated = plugin.update(ROOT, made, news)
    for name, value in spelt.items():
        assert preview.outputs[name] == updated.outputs[name] == value, name
    assert plugin.refresh(ROOT, updated).outputs == updated.outputs
