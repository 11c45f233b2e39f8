"""Many calls at once."""

from concurrent import futures

SIMPLE = "behaviour:test:Simple"
SLOW = "behaviour:test:Slow"


def at_once(count, call):
    with futures.ThreadPoolExecutor(count) as pool:
        return list(pool.map(call, range(count)))


def test_100_creates_in_parallel_give_100_objects(behaviour):
    made = at_once(100, lambda i: behaviour.make(SIMPLE, {"text": f"t{i}"}, name=f"n{i}"))
    assert len({one.id for one in made}) == 100
    for i, one in enumerate(made):
        assert one.outputs["text"] == f"t{i}" and one.outputs["length"] == len(f"t{i}")
    at_once(100, lambda i: behaviour.delete(SIMPLE, made[i], name=f"n{i}"))
    assert all(behaviour.read(SIMPLE, one.id).id == "" for one in made)


def test_slow_creates_do_not_wait_for_each_other(fresh):
    """40 of them, half a second each, within far less than the 20 s of one after another."""
    import time
    inputs = fresh.checked(SLOW, {"createMs": 500})
    begin = time.monotonic()
    at_once(40, lambda i: fresh.create(SLOW, inputs, name=f"n{i}"))
    assert time.monotonic() - begin < 10


def test_every_verb_at_once(behaviour):
    def life(i):
        name = f"life{i}"
        made = behaviour.make(SIMPLE, {"text": name}, name=name)
        assert behaviour.refresh(SIMPLE, made, name=name).id == made.id
        news = behaviour.checked(SIMPLE, {"text": name + "!"}, olds=made.inputs, name=name)
        assert behaviour.diff(SIMPLE, made.inputs, news, olds=made.outputs).diffs == ["text"]
        updated = behaviour.update(SIMPLE, made, news, name=name)
        assert updated.outputs["revision"] == 2
        assert behaviour.invoke("behaviour:test:echo", {"value": i})["value"] == i
        behaviour.delete(SIMPLE, updated, name=name)

    at_once(32, life)


def test_configure_beside_running_calls(fresh):
    from plugin import BEHAVIOUR_CONFIG

    def call(i):
        if i % 4 == 0:
            fresh.configure({**BEHAVIOUR_CONFIG, "retries": i % 10})
        else:
            assert fresh.make(SIMPLE, {"text": str(i)}, name=f"n{i}").id

    at_once(60, call)


def test_first_use_of_every_type_at_once(fresh):
    """Shapes are parsed when a type is first used."""
    types = ["Simple", "Nested", "Named", "Slow", "Flaky", "Same", "Assets", "Legacy"]
    at_once(64, lambda i: fresh.checked(f"behaviour:test:{types[i % len(types)]}", {}))
