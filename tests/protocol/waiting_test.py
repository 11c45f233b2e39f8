"""Time: limits on each verb, status lines, Cancel."""

import threading
import time

import grpc
import pytest

from plugin import EMPTY, PALISADE, PATIENCE, Plugin, details, raises

SLOW = "behaviour:test:Slow"
LONG = 60000  # ms; no test waits for it
BEGIN = {"Create": "begin creating", "Update": "begin updating", "Delete": "begin deleting",
         "Read": "begin reading"}


def make(plugin, **news):
    return plugin.make(SLOW, news)


def slow_call(plugin, verb, timeout=0):
    """A call of `verb` that takes a minute unless something ends it."""
    if verb == "Create":
        return lambda: plugin.create(SLOW, plugin.checked(SLOW, {"createMs": LONG}),
                                     timeout=timeout)
    made = make(plugin, readMs=LONG, deleteMs=LONG)
    if verb == "Read":
        return lambda: plugin.refresh(SLOW, made, timeout=timeout)
    if verb == "Delete":
        return lambda: plugin.delete(SLOW, made, timeout=timeout)
    news = plugin.checked(SLOW, {**made.inputs, "updateMs": LONG})
    return lambda: plugin.update(SLOW, made, news, timeout=timeout)


@pytest.mark.parametrize("verb", BEGIN)
def test_the_timeout_of_a_verb_ends_it(fresh, verb):
    call = slow_call(fresh, verb, timeout=0.3)
    with raises("DEADLINE_EXCEEDED") as caught:
        call()
    assert f"within 300 ms; raise customTimeouts.{verb.lower()} if" in caught[0].details()


@pytest.mark.parametrize("verb", BEGIN)
def test_a_timeout_that_is_long_enough_does_not_matter(fresh, verb):
    made = make(fresh, createMs=1, readMs=1, updateMs=1, deleteMs=1)
    if verb == "Create":
        fresh.create(SLOW, fresh.checked(SLOW, {"createMs": 150}), timeout=20)
    elif verb == "Read":
        assert fresh.refresh(SLOW, made, timeout=20).id == made.id
    elif verb == "Update":
        fresh.update(SLOW, made, fresh.checked(SLOW, {"updateMs": 150}), timeout=20)
    else:
        fresh.delete(SLOW, made, timeout=20)


@pytest.mark.parametrize("timeout", [float("nan"), -1.0])
def test_a_timeout_that_is_none_is_invalid(behaviour, timeout):
    with raises("INVALID_ARGUMENT"):
        behaviour.create(SLOW, {}, timeout=timeout)


@pytest.mark.parametrize("timeout", [float("inf"), 1e300, 1e-300])
def test_any_other_number_is_a_timeout(behaviour, timeout):
    try:
        behaviour.create(SLOW, {}, timeout=timeout)
    except grpc.RpcError as error:
        assert error.code() == grpc.StatusCode.DEADLINE_EXCEEDED


@pytest.mark.parametrize("verb, word", [("Create", "creating"), ("Read", "reading"),
                                        ("Update", "updating"), ("Delete", "deleting")])
def test_long_work_shows_status_lines_on_its_resource(fresh, verb, word):
    call = slow_call(fresh, verb, timeout=0.5)
    with raises("DEADLINE_EXCEEDED"):
        call()
    log = fresh.engine.wait_for(lambda log: log.message.startswith(word))
    assert log.ephemeral
    assert log.urn == fresh.urn(SLOW)


def test_status_lines_change_as_time_goes_on(fresh):
    fresh.create(SLOW, fresh.checked(SLOW, {"createMs": 350}))
    fresh.engine.wait_for(lambda log: log.message.startswith("creating, 50 ms"))
    lines = [log.message for log in fresh.engine.logs if log.ephemeral]
    assert len(set(lines)) >= 2


def in_thread(call):
    """Runs `call` beside the test; answers (thread, results)."""
    results = []

    def run():
        try:
            results.append(call())
        except grpc.RpcError as error:
            results.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, results


@pytest.mark.parametrize("verb", BEGIN)
def test_cancel_ends_every_wait_within_a_second(fresh, verb):
    thread, results = in_thread(slow_call(fresh, verb))
    fresh.wait_for_count(BEGIN[verb])
    begin = time.monotonic()
    fresh.stub.Cancel(EMPTY, timeout=5)
    thread.join(5)
    assert not thread.is_alive()
    # The engine waits 5 s for the whole; the plugin aims at one, which a busy machine may exceed.
    assert time.monotonic() - begin < 5
    assert results[0].code() == grpc.StatusCode.CANCELLED


def test_cancel_without_anything_under_way(fresh):
    for _ in range(3):
        fresh.cancel()


def test_cancel_before_handshake_and_configure(unconfigured):
    unconfigured.cancel()


def test_after_cancel_the_next_run_works_in_the_same_process(fresh):
    """Cancel comes at every normal close, and one attached process serves many runs."""
    thread, results = in_thread(slow_call(fresh, "Create"))
    fresh.wait_for_count("begin creating")
    fresh.cancel()
    thread.join(5)
    assert results[0].code() == grpc.StatusCode.CANCELLED
    made = fresh.create(SLOW, fresh.checked(SLOW, {"createMs": 150, "awaitMs": 150}))
    assert made.outputs["ready"] is True
    assert fresh.refresh(SLOW, made).id == made.id
    fresh.delete(SLOW, made)


def test_cancel_ends_many_waits_at_once(fresh):
    calls = [in_thread(lambda i=i: fresh.create(
        SLOW, fresh.checked(SLOW, {"createMs": LONG}, name=f"n{i}"), name=f"n{i}"))
        for i in range(20)]
    fresh.wait_for_count("begin creating", at_least=20)
    fresh.cancel()
    for thread, results in calls:
        thread.join(5)
        assert results[0].code() == grpc.StatusCode.CANCELLED


def test_a_client_that_hangs_up_ends_its_call(fresh):
    inputs = fresh.checked(SLOW, {"createMs": LONG})
    call = fresh.stub.Create.future(fresh.create_request(SLOW, inputs), timeout=PATIENCE)
    fresh.wait_for_count("begin creating")
    call.cancel()
    assert fresh.make("behaviour:test:Simple", {"text": "x"}).id


def test_a_cancelled_wait_that_made_nothing_has_no_details(fresh):
    thread, results = in_thread(slow_call(fresh, "Create"))
    fresh.wait_for_count("begin creating")
    fresh.cancel()
    thread.join(5)
    assert details(results[0]) == []
    assert "cancelled" in results[0].details()


def test_generating_a_large_key_can_be_cancelled():
    """A key of this size takes minutes; one thread works on it."""
    with Plugin(PALISADE) as plugin:
        type = "palisade:tls:PrivateKey"
        inputs = plugin.checked(type, {"algorithm": "RSA", "rsaBits": 16384})
        threads = [in_thread(lambda i=i: plugin.create(type, inputs, name=f"n{i}"))
                   for i in range(8)]
        # What has not arrived yet is not cancelled, so a Cancel follows until all have ended.
        deadline = time.monotonic() + 10
        for thread, results in threads:
            while thread.is_alive():
                assert time.monotonic() < deadline, "a key generation was not cancelled"
                plugin.cancel()
                thread.join(0.1)
            assert results[0].code() == grpc.StatusCode.CANCELLED
        plugin.assert_alive()
