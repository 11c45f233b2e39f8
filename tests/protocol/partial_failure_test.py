"""Failures of Create, Update, Read and Delete: half-made objects, reasons, status codes."""

import grpc
import pytest
from pulumi.runtime.proto import errors_pb2

import wire
from plugin import Made, details, init_failed, raises
from wire import Secret

FLAKY = "behaviour:test:Flaky"
REFRESHING = "behaviour:test:Refreshing"
SLOW = "behaviour:test:Slow"
FAILED = "FAILED_PRECONDITION"


def fail_create(plugin, type, news):
    """Creates what fails halfway; answers the inputs and the ErrorResourceInitFailed."""
    inputs = plugin.checked(type, news)
    with raises(FAILED) as caught:
        plugin.create(type, inputs)
    return inputs, init_failed(caught[0])


def half_made(plugin, type, news):
    """The same as the Made that the engine would keep."""
    inputs, failed = fail_create(plugin, type, news)
    return Made(failed.id, inputs, wire.unstruct(failed.properties), failed.refresh_before_update)


@pytest.mark.parametrize("code", ["ABORTED", "ALREADY_EXISTS", "FAILED_PRECONDITION",
                                  "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "UNAUTHENTICATED",
                                  "UNAVAILABLE"])
def test_a_create_that_made_nothing_is_a_plain_error_with_its_own_code(behaviour, code):
    before = behaviour.counts().get("create", 0)
    inputs = behaviour.checked(FLAKY, {"failAt": "createBefore", "failureCode": code})
    with raises(code) as caught:
        behaviour.create(FLAKY, inputs)
    assert details(caught[0]) == []
    assert "change failAt" in caught[0].details()
    assert behaviour.counts().get("create", 0) == before


@pytest.mark.parametrize("news", [{"failAt": "createAfter"}, {"failWaits": 1}])
def test_a_create_that_made_the_object_keeps_id_outputs_and_reasons(behaviour, news):
    inputs, failed = fail_create(behaviour, FLAKY, {**news, "note": "n", "password": "p4ss"})
    assert failed.id.startswith("flaky-")
    outputs = wire.unstruct(failed.properties)
    assert outputs["note"] == "n"
    assert outputs["password"] == Secret("p4ss")
    assert not wire.holds_unknown(outputs)
    assert len(failed.reasons) == 1 and "failed because" in failed.reasons[0]
    assert not failed.refresh_before_update


def test_the_next_update_without_a_difference_finishes_the_object(behaviour):
    half = half_made(behaviour, FLAKY, {"failWaits": 1})
    news = behaviour.checked(FLAKY, {"failWaits": 1}, olds=half.inputs)
    assert not behaviour.diff(FLAKY, half.inputs, news, olds=half.outputs).detailedDiff
    done = behaviour.update(FLAKY, half, news)
    assert done.outputs["ready"] is True and done.outputs["waits"] == 2
    assert behaviour.refresh(FLAKY, done).outputs == done.outputs


def test_an_update_that_still_cannot_finish_answers_the_failure_again(behaviour):
    half = half_made(behaviour, FLAKY, {"failWaits": 2})
    with raises(FAILED) as caught:
        behaviour.update(FLAKY, half, half.inputs)
    failed = init_failed(caught[0])
    assert failed.id == half.id and failed.reasons
    assert behaviour.update(FLAKY, half, half.inputs).outputs["ready"] is True


def test_read_of_a_half_made_object_answers_the_reasons_again(behaviour):
    half = half_made(behaviour, FLAKY, {"failWaits": 1, "password": "p4ss"})
    with raises(FAILED) as caught:
        behaviour.refresh(FLAKY, half)
    failed = init_failed(caught[0])
    assert failed.id == half.id
    assert list(failed.reasons) == ["the object is not ready yet"]
    assert wire.unstruct(failed.inputs)["password"] == Secret("p4ss")
    assert wire.unstruct(failed.properties)["password"] == Secret("p4ss")
    assert "p4ss" not in caught[0].details()


def test_a_half_made_object_can_be_deleted(behaviour):
    half = half_made(behaviour, FLAKY, {"failAt": "createAfter"})
    behaviour.delete(FLAKY, half)
    assert behaviour.read(FLAKY, half.id).id == ""


def test_an_update_that_changed_nothing_is_a_plain_error(behaviour):
    made = behaviour.make(FLAKY, {"note": "a"})
    news = behaviour.checked(FLAKY, {"note": "b", "failAt": "updateBefore"}, olds=made.inputs)
    with raises(FAILED) as caught:
        behaviour.update(FLAKY, made, news)
    assert details(caught[0]) == []
    assert behaviour.refresh(FLAKY, made).outputs["note"] == "a"


def test_an_update_that_stopped_halfway_answers_what_is_there_now(behaviour):
    """The engine keeps the old inputs with these outputs, so the next run tries again."""
    made = behaviour.make(FLAKY, {"note": "a", "password": "p4ss"})
    news = behaviour.checked(FLAKY, {"note": "b", "password": "n3w", "failAt": "updateAfter"},
                             olds=made.inputs)
    with raises(FAILED) as caught:
        behaviour.update(FLAKY, made, news)
    failed = init_failed(caught[0])
    assert failed.id == made.id
    outputs = wire.unstruct(failed.properties)
    assert outputs["note"] == "b" and outputs["password"] == Secret("n3w")
    assert failed.reasons
    again = made._replace(outputs=outputs)
    fixed = behaviour.checked(FLAKY, {"note": "b", "password": "n3w"}, olds=made.inputs)
    assert behaviour.update(FLAKY, again, fixed).outputs["ready"] is True


def test_an_update_whose_wait_fails_answers_what_is_there_now(behaviour):
    made = behaviour.make(FLAKY, {"note": "a"})
    news = behaviour.checked(FLAKY, {"note": "b", "failWaits": 2}, olds=made.inputs)
    with raises(FAILED) as caught:
        behaviour.update(FLAKY, made, news)
    assert wire.unstruct(init_failed(caught[0]).properties)["note"] == "b"


def test_a_read_that_fails_is_a_plain_error_and_not_a_gone_object(behaviour):
    made = behaviour.make(FLAKY, {"failAt": "read", "failureCode": "PERMISSION_DENIED"})
    with raises("PERMISSION_DENIED") as caught:
        behaviour.refresh(FLAKY, made)
    assert details(caught[0]) == []


def test_a_failed_delete_keeps_the_object(behaviour):
    made = behaviour.make(FLAKY, {"failAt": "delete"})
    with raises(FAILED):
        behaviour.delete(FLAKY, made)
    assert behaviour.read(FLAKY, made.id).id == made.id


def test_delete_twice_and_delete_of_what_never_was(behaviour):
    made = behaviour.make("behaviour:test:Simple", {"text": "a"})
    for _ in range(2):
        behaviour.delete("behaviour:test:Simple", made)
    behaviour.delete("behaviour:test:Simple", made._replace(id="simple-that-never-was"))


# The object exists before the wait: its making goes on, or it is not ready yet.
EXISTING = [({"recordFirst": True, "createMs": 60000}, "begin creating"),
            ({"awaitMs": 60000}, "begin waiting")]


@pytest.mark.parametrize("news, event", EXISTING)
def test_a_cancelled_create_after_the_object_exists_keeps_it(fresh, news, event):
    inputs = fresh.checked(SLOW, news)
    call = fresh.stub.Create.future(fresh.create_request(SLOW, inputs), timeout=30)
    fresh.wait_for_count(event)
    fresh.cancel()
    error = call.exception(timeout=10)
    assert error.code() == grpc.StatusCode.CANCELLED
    failed = init_failed(error)
    assert fresh.read(SLOW, failed.id).id == failed.id


@pytest.mark.parametrize("news, event", EXISTING)
def test_a_create_that_ran_out_of_time_after_the_object_exists_keeps_it(behaviour, news, event):
    inputs = behaviour.checked(SLOW, news)
    with raises("DEADLINE_EXCEEDED") as caught:
        behaviour.create(SLOW, inputs, timeout=0.2)
    failed = init_failed(caught[0])
    assert "customTimeouts" in failed.reasons[0]
    assert behaviour.read(SLOW, failed.id).id == failed.id
    assert behaviour.counts()[event]


@pytest.mark.parametrize("end", ["timeout", "cancel"])
def test_an_update_whose_wait_is_ended_keeps_what_it_did(fresh, end):
    made = fresh.make(SLOW, {"note": "a"})
    news = fresh.checked(SLOW, {"note": "b", "awaitMs": 60000}, olds=made.inputs)
    request = fresh.update_request(SLOW, made, news, timeout=0.2 if end == "timeout" else 0)
    waits = fresh.counts()["begin waiting"]
    call = fresh.stub.Update.future(request, timeout=30)
    if end == "cancel":
        fresh.wait_for_count("begin waiting", waits + 1)
        fresh.cancel()
    failed = init_failed(call.exception(timeout=10))
    assert wire.unstruct(failed.properties)["note"] == "b"


def test_errors_never_are_of_a_code_that_means_unknown_state(behaviour):
    """INTERNAL, DATA_LOSS and UNKNOWN make the engine call the state maybe corrupt."""
    calls = [
        lambda: behaviour.create(FLAKY, {"failAt": "createBefore"}),
        lambda: behaviour.check("behaviour:test:None", {}),
        lambda: behaviour.read(FLAKY, ""),
        lambda: behaviour.invoke("behaviour:test:none", {}),
        lambda: behaviour.invoke("behaviour:test:failing", {}),
        lambda: behaviour.list("behaviour:test:Simple"),
        lambda: behaviour.configure({}),
        lambda: behaviour.create("behaviour:test:Slow", {"createMs": 60000}, timeout=0.1),
    ]
    for call in calls:
        with pytest.raises(grpc.RpcError) as caught:
            call()
        assert caught.value.code() not in (grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN,
                                           grpc.StatusCode.DATA_LOSS)
        assert len(caught.value.details().split()) >= 4
        causes = [d for d in details(caught.value) if isinstance(d, errors_pb2.ErrorCause)]
        assert len(causes) <= 1


@pytest.mark.parametrize("type, expected", [(FLAKY, False), (REFRESHING, True)])
def test_refresh_before_update_stands_in_every_answer(behaviour, type, expected):
    inputs = behaviour.checked(type, {"note": "a"})
    assert behaviour.create(type, inputs, preview=True).refresh == expected
    made = behaviour.create(type, inputs)
    assert made.refresh == expected
    assert behaviour.refresh(type, made).refresh == expected
    news = behaviour.checked(type, {"note": "b"}, olds=inputs)
    assert behaviour.update(type, made, news, preview=True).refresh == expected
    assert behaviour.update(type, made, news).refresh == expected


@pytest.mark.parametrize("type, expected", [(FLAKY, False), (REFRESHING, True)])
def test_refresh_before_update_stands_in_every_failure(behaviour, type, expected):
    half = half_made(behaviour, type, {"failWaits": 2})
    assert half.refresh == expected
    with raises(FAILED) as caught:
        behaviour.refresh(type, half)
    assert init_failed(caught[0]).refresh_before_update == expected
    with raises(FAILED) as caught:
        behaviour.update(type, half, half.inputs)
    assert init_failed(caught[0]).refresh_before_update == expected


def test_a_create_can_be_sent_again_after_a_failure(behaviour):
    """Retry hooks send the same request up to 100 times; a name that is taken is an error, not a
    second object."""
    inputs = behaviour.checked("behaviour:test:Named", {"name": "only-once"})
    made = behaviour.create("behaviour:test:Named", inputs)
    with raises("ALREADY_EXISTS"):
        behaviour.create("behaviour:test:Named", inputs)
    behaviour.delete("behaviour:test:Named", made)
    assert behaviour.create("behaviour:test:Named", inputs).id == made.id
    behaviour.delete("behaviour:test:Named", made)
