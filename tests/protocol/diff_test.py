"""Diff: exact paths, the invariants of its answer, unknowns, ignoreChanges, spellings."""

import pytest
from pulumi.runtime.proto import engine_pb2, provider_pb2

import wire
from wire import UNKNOWN, Secret

NESTED = "behaviour:test:Nested"
SIMPLE = "behaviour:test:Simple"
SAME = "behaviour:test:Same"
NAMED = "behaviour:test:Named"
ADD, ADD_REPLACE, DELETE, DELETE_REPLACE, UPDATE, UPDATE_REPLACE = range(6)
SETTINGS = {"title": "t", "level": 3}


def diff(plugin, type, old_inputs, news, **more):
    """The answer, with what has to hold of every answer asserted."""
    answer = plugin.diff(type, old_inputs, news, **more)
    assert answer.changes in (provider_pb2.DiffResponse.DIFF_NONE,
                              provider_pb2.DiffResponse.DIFF_SOME)
    assert answer.hasDetailedDiff
    paths = answer.detailedDiff
    tops = [path.split(".")[0].split("[")[0] for path in paths]
    assert sorted(answer.diffs) == sorted(set(tops))
    assert len(set(answer.replaces)) == len(answer.replaces)
    replacing = {top for top, entry in zip(tops, paths.values())
                 if entry.kind in (ADD_REPLACE, DELETE_REPLACE, UPDATE_REPLACE)}
    assert set(answer.replaces) == replacing
    assert bool(paths) == (answer.changes == provider_pb2.DiffResponse.DIFF_SOME)
    return answer


def kinds(answer):
    return {path: entry.kind for path, entry in answer.detailedDiff.items()}


CHANGES = [
    # type, old, new, detailedDiff
    (SIMPLE, {"text": "a"}, {"text": "b"}, {"text": UPDATE}),
    (SIMPLE, {}, {"text": "b"}, {"text": ADD}),
    (SIMPLE, {"text": "a"}, {}, {"text": DELETE}),
    (SIMPLE, {"zone": "a"}, {"zone": "b"}, {"zone": UPDATE_REPLACE}),
    (SIMPLE, {}, {"zone": "b"}, {"zone": ADD_REPLACE}),
    (SIMPLE, {"zone": "a"}, {}, {"zone": DELETE_REPLACE}),
    (SIMPLE, {"flag": True, "count": 1, "text": "x"}, {"flag": False, "count": 2, "text": "x"},
     {"flag": UPDATE, "count": UPDATE}),
    (NESTED, {"settings": SETTINGS}, {"settings": {**SETTINGS, "title": "u"}},
     {"settings.title": UPDATE}),
    (NESTED, {"settings": SETTINGS}, {"settings": {**SETTINGS, "site": "s"}},
     {"settings.site": ADD_REPLACE}),
    (NESTED, {"settings": {**SETTINGS, "deeper": {"title": "x", "site": "a"}}},
     {"settings": {**SETTINGS, "deeper": {"title": "x", "site": "b"}}},
     {"settings.deeper.site": UPDATE_REPLACE}),
    (NESTED, {"settings": {**SETTINGS, "tags": {"k.x": "1", "b": "2"}}},
     {"settings": {**SETTINGS, "tags": {"k.x": "3", 'q"t': "4"}}},
     {'settings.tags["k.x"]': UPDATE, "settings.tags.b": DELETE,
      'settings.tags["q\\"t"]': ADD}),
    (NESTED, {"settings": {**SETTINGS, "children": [{"name": "a"}, {"name": "b", "port": 1}]}},
     {"settings": {**SETTINGS, "children": [{"name": "a"}, {"name": "b", "port": 2}]}},
     {"settings.children[1].port": UPDATE}),
    (NESTED, {"items": ["a", "b", "c"]}, {"items": ["a", "x"]},
     {"items[1]": UPDATE, "items[2]": DELETE}),
    (NESTED, {"items": ["a"]}, {"items": ["a", "b"]}, {"items[1]": ADD}),
    (NESTED, {"items": ["a"]}, {}, {"items": DELETE}),
    (NESTED, {"matrix": [[1, 2], [3]]}, {"matrix": [[1, 5], [3]]}, {"matrix[0][1]": UPDATE}),
    (NESTED, {"choice": "text"}, {"choice": {"pick": "p"}}, {"choice": UPDATE}),
    (NESTED, {"choice": {"pick": "p"}}, {"choice": {"pick": "q"}}, {"choice.pick": UPDATE}),
    (NESTED, {"anything": {"a": [1, {"b": 2}]}}, {"anything": {"a": [1, {"b": 3}]}},
     {"anything.a[1].b": UPDATE}),
    (NESTED, {"anything": "text"}, {"anything": 5}, {"anything": UPDATE}),
    (NESTED, {"settings": SETTINGS}, {}, {"settings": DELETE}),
    (NESTED, {"settings": {**SETTINGS, "site": "s"}}, {}, {"settings": DELETE_REPLACE}),
    (NESTED, {}, {"settings": {**SETTINGS, "site": "s"}}, {"settings": ADD_REPLACE}),
    (NESTED, {"settings": {**SETTINGS, "tags": {"my-key": "1", "back\\slash": "2"}}},
     {"settings": {**SETTINGS, "tags": {"my-key": "3", "back\\slash": "4"}}},
     {'settings.tags["my-key"]': UPDATE, 'settings.tags["back\\slash"]': UPDATE}),
    (NESTED, {"settings": {**SETTINGS, "tags": {"C:\\keys\\": "1", "b": "2"}}},
     {"settings": {**SETTINGS, "tags": {"C:\\keys\\": "3", "b": "4"}}},
     {"settings.tags": UPDATE, "settings.tags.b": UPDATE}),
    (NESTED, {"credentials": {"a": Secret("1")}}, {"credentials": {"a": Secret("2")}},
     {"credentials.a": UPDATE}),
    (NESTED, {"vault": Secret({**SETTINGS})}, {"vault": Secret({**SETTINGS, "title": "u"})},
     {"vault.title": UPDATE}),
    (NESTED, {"speed": "slow"}, {"speed": "fast"}, {"speed": UPDATE}),
    (NESTED, {"speed": "slow"}, {}, {"speed": DELETE}),
    (SAME, {"members": ["a", "b"]}, {"members": ["b", "c"]},
     {"members[0]": DELETE, "members[1]": ADD}),
    (SAME, {"members": ["a", "b", "c", "d"]}, {"members": ["b", "d", "e"]},
     {"members[0]": DELETE, "members[2]": UPDATE}),
    (SAME, {"members": ["a", "b"]}, {"members": ["a", "c"]}, {"members[1]": UPDATE}),
    (SAME, {"members": ["a", "b"]}, {"members": ["c", "b", "a"]}, {"members[0]": ADD}),
    (SAME, {"members": ["a", "b", "c"]}, {"members": ["c", "a"]}, {"members[1]": DELETE}),
    (SAME, {"parts": [{"name": "a", "port": 1}, {"name": "b", "port": 2}]},
     {"parts": [{"name": "b", "port": 2}, {"name": "a", "port": 3}]},
     {"parts[0]": DELETE, "parts[1]": ADD}),
    (SAME, {"parts": [{"name": "a", "port": 1}, {"name": "b", "port": 2}]},
     {"parts": [{"name": "a", "port": 3}, {"name": "b", "port": 2}]},
     {"parts[0].port": UPDATE}),
    (SAME, {"document": '{"a": 1}'}, {"document": '{"a": 2}'}, {"document": UPDATE}),
    (SAME, {"range": "10.0.0.0/8"}, {"range": "10.0.0.0/9"}, {"range": UPDATE}),
]


@pytest.mark.parametrize("type, olds, news, expected", CHANGES)
def test_paths_and_kinds_are_exact(behaviour, type, olds, news, expected):
    assert kinds(diff(behaviour, type, olds, news)) == expected


@pytest.mark.parametrize("type, olds, news, expected", CHANGES)
def test_input_changes_say_that_they_are(behaviour, type, olds, news, expected):
    for entry in diff(behaviour, type, olds, news).detailedDiff.values():
        assert entry.inputDiff


@pytest.mark.parametrize("type, olds, news, expected", CHANGES)
def test_no_difference_between_a_thing_and_itself(behaviour, type, olds, news, expected):
    for bag in (olds, news):
        assert not diff(behaviour, type, bag, bag).detailedDiff


@pytest.mark.parametrize("type, olds, news", [
    (NESTED, {"settings": SETTINGS}, {"settings": {"title": "t"}}),
    (NESTED, {}, {"speed": "normal"}),
    (NESTED, {"speed": "normal"}, {}),
    (NESTED, {"region": "nowhere"}, {}),
    (NESTED, {"items": None}, {}),
    (NESTED, {"labels": {}}, {}),
    (NESTED, {}, {"labels": {}}),
    (NESTED, {"settings": SETTINGS}, {"settings": {**SETTINGS, "tags": {}}}),
    (SIMPLE, {"text": "a"}, {"text": Secret("a")}),
    (SIMPLE, {"text": Secret("a")}, {"text": "a"}),
    (SIMPLE, {"text": "a"}, {"text": "a", "skipChecks": ["pattern"]}),
    (SAME, {"document": '{"a": 1, "b": [1, 2]}'}, {"document": '{"b":[1,2],\n "a":1}'}),
    (SAME, {"json": '{"a": 1}'}, {"json": '{ "a" : 1 }'}),
    (SAME, {"policy": '{"Statement": [{"Action": ["b", "a"], "Effect": "Allow"}]}'},
     {"policy": '{"Statement": {"Effect": "Allow", "Action": ["a", "b"]}}'}),
    (SAME, {"policy": '{"Action": ["a"]}'}, {"policy": '{"Action": "a"}'}),
    (SAME, {"members": ["a", "b"]}, {"members": ["b", "a"]}),
    (SAME, {"members": ["a", "b"]}, {"members": ["b", "a", "b"]}),
    (SAME, {"range": "2001:DB8::/32"}, {"range": "2001:db8:0:0::/32"}),
    (SAME, {"ranges": ["2001:DB8::/32", "10.0.0.0/8"]},
     {"ranges": ["10.0.0.0/8", "2001:db8::/32"]}),
    (SAME, {"label": "Foo"}, {"label": "fOO"}),
    (SAME, {"certificate": "-----BEGIN X-----\nAAAA\n-----END X-----\n"},
     {"certificate": "\n-----BEGIN X-----\r\nAA\r\nAA\r\n-----END X-----"}),
    (SAME, {"parts": [{"name": "a"}, {"name": "b"}]}, {"parts": [{"name": "b"}, {"name": "a"}]}),
])
def test_another_spelling_is_no_difference(behaviour, type, olds, news):
    assert not diff(behaviour, type, olds, news).detailedDiff


@pytest.mark.parametrize("type", ["PrivateKey", "CertRequest", "SelfSignedCert",
                                  "LocallySignedCert"])
def test_triggers_that_are_empty_replace_nothing(palisade, type):
    """A program that begins to pass what is not set yet keeps its keys."""
    for olds, news in (({}, {"triggers": {}}), ({"triggers": {}}, {})):
        assert "triggers" not in diff(palisade, f"palisade:tls:{type}", olds, news).diffs
    answer = diff(palisade, f"palisade:tls:{type}", {"triggers": {}}, {"triggers": {"a": "1"}})
    assert "triggers" in answer.replaces


@pytest.mark.parametrize("type, olds, news, expected", [
    (SIMPLE, {"text": "a"}, {"text": UNKNOWN}, {"text": UPDATE}),
    (SIMPLE, {}, {"text": UNKNOWN}, {"text": ADD}),
    (SIMPLE, {"zone": "a"}, {"zone": UNKNOWN}, {"zone": UPDATE_REPLACE}),
    (SIMPLE, {}, {"zone": UNKNOWN}, {"zone": ADD_REPLACE}),
    (SIMPLE, {"text": Secret("a")}, {"text": Secret(UNKNOWN)}, {"text": UPDATE}),
    (NESTED, {"settings": SETTINGS}, {"settings": {**SETTINGS, "title": UNKNOWN}},
     {"settings.title": UPDATE}),
    (NESTED, {"settings": SETTINGS}, {"settings": UNKNOWN}, {"settings": UPDATE_REPLACE}),
    (NESTED, {}, {"settings": UNKNOWN}, {"settings": ADD_REPLACE}),
    (NESTED, {"items": ["a", "b"]}, {"items": ["a", UNKNOWN]}, {"items[1]": UPDATE}),
    (SAME, {"members": ["a", "b"]}, {"members": ["b", UNKNOWN]},
     {"members[0]": DELETE, "members[1]": ADD}),
    (SAME, {"members": ["a", "b"]}, {"members": ["a", UNKNOWN]}, {"members[1]": UPDATE}),
    (SAME, {"document": '{"a": 1}'}, {"document": UNKNOWN}, {"document": UPDATE}),
])
def test_an_unknown_new_value_is_a_change(behaviour, type, olds, news, expected):
    assert kinds(diff(behaviour, type, olds, news)) == expected


def test_an_unknown_object_may_hold_a_replacing_property(behaviour):
    """Whether `site` changes cannot be known, as when it alone is unknown: that counts as replaced.
    The engine asks so whether a dependent has to be deleted first."""
    olds = {"settings": {**SETTINGS, "site": "s"}}
    for news in (UNKNOWN, {**SETTINGS, "site": UNKNOWN}):
        assert list(diff(behaviour, NESTED, olds, {"settings": news}).replaces) == ["settings"]


@pytest.mark.parametrize("ignore, left", [
    (["code"], {"settings.title": UPDATE, "settings.tags.a": UPDATE, "items[0]": UPDATE}),
    (["settings"], {"code": UPDATE, "items[0]": UPDATE}),
    (["settings.tags"], {"code": UPDATE, "settings.title": UPDATE, "items[0]": UPDATE}),
    (['settings["title"]', "items[0]"], {"code": UPDATE, "settings.tags.a": UPDATE}),
    (["settings.tags.*", "items[*]"], {"code": UPDATE, "settings.title": UPDATE}),
    (["settings.my-tags", 'settings.tags["a"]'],
     {"code": UPDATE, "settings.title": UPDATE, "items[0]": UPDATE}),
    (["*"], {}),
])
def test_ignore_changes(behaviour, ignore, left):
    olds = {"settings": {**SETTINGS, "tags": {"a": "1"}}, "items": ["a"], "code": "aa"}
    news = {"settings": {"title": "u", "level": 3, "tags": {"a": "2"}}, "items": ["b"],
            "code": "bb"}
    assert kinds(diff(behaviour, NESTED, olds, news, ignore=ignore)) == left


def test_an_ignored_input_keeps_its_old_value_in_an_update(behaviour):
    """The engine sends the old value itself; another client need not."""
    made = behaviour.make(SIMPLE, {"text": "a", "count": 1})
    for news in ({"text": "b", "count": 1}, {"text": "b", "count": 2}, {"count": 3}):
        for preview in (True, False):
            outputs = behaviour.update(SIMPLE, made, news, preview=preview, ignore=["text"]).outputs
            assert (outputs["text"], outputs["count"]) == ("a", news["count"])
    assert behaviour.read(SIMPLE, made.id).inputs["text"] == "a"


def test_a_given_name_deletes_first_whoever_makes_it_a_replacement(behaviour):
    """`replaceOnChanges` does so in the engine, which looks at this answer then."""
    given = {"name": "given", "note": "a"}
    made = behaviour.checked(NAMED, {"note": "a"})
    changed = {"note": "b"}
    assert diff(behaviour, NAMED, given, {**given, **changed}).deleteBeforeReplace
    assert not diff(behaviour, NAMED, given, {"name": "other", **changed}).deleteBeforeReplace
    assert not diff(behaviour, NAMED, made, {**made, **changed}).deleteBeforeReplace
    assert not diff(behaviour, SIMPLE, {"text": "a"}, {"text": "b"}).deleteBeforeReplace


def test_olds_are_compared_as_inputs_not_as_outputs(behaviour):
    """Old outputs may hold what the service made of an input."""
    answer = diff(behaviour, SIMPLE, {"text": "a"}, {"text": "a"},
                  olds={"text": "A!", "length": 1, "serial": "s", "revision": 1})
    assert not answer.detailedDiff


def test_without_old_inputs_the_old_outputs_serve(behaviour):
    request = provider_pb2.DiffRequest(
        id="x", urn=behaviour.urn(SIMPLE), news=wire.struct({"text": "b"}),
        olds=wire.struct({"text": "a", "length": 1, "serial": "s", "revision": 1}))
    answer = behaviour.stub.Diff(request, timeout=10)
    assert kinds(answer) == {"text": UPDATE}


def test_unknowns_in_a_real_run_of_a_dependent_are_answered(behaviour):
    """Dependents of a delete-before-replace resource are diffed with unknowns outside previews."""
    answer = diff(behaviour, SIMPLE, {"zone": "a", "text": "t"},
                  {"zone": UNKNOWN, "text": UNKNOWN})
    assert list(answer.replaces) == ["zone"]


def test_roles_turned_after_a_refresh(behaviour):
    """old_inputs is what Read returned, news is what state has."""
    made = behaviour.make(NESTED, {"settings": {"title": "t"}, "items": ["a"]})
    read = behaviour.refresh(NESTED, made)
    answer = diff(behaviour, NESTED, read.inputs, made.inputs, olds=read.outputs, id=made.id)
    assert not answer.detailedDiff
    behaviour.drift(made.id, inputs={"items": ["z"]})
    read = behaviour.refresh(NESTED, made)
    answer = diff(behaviour, NESTED, read.inputs, made.inputs, olds=read.outputs, id=made.id)
    assert kinds(answer) == {"items[0]": UPDATE}


def test_write_only_values_are_compared_by_their_version(behaviour):
    type = "behaviour:test:WriteOnly"
    olds = {"passwordWo": Secret("a"), "passwordWoVersion": 1}
    assert not diff(behaviour, type, olds, {"passwordWo": Secret("b"),
                                            "passwordWoVersion": 1}).detailedDiff
    answer = diff(behaviour, type, olds, {"passwordWo": Secret("b"), "passwordWoVersion": 2})
    assert kinds(answer) == {"passwordWoVersion": UPDATE}


@pytest.mark.parametrize("ignore", ["a[", 'a["', "text.", ".text", "[x]"])
def test_an_ignore_path_that_cannot_be_read_ignores_nothing_and_is_told(fresh, ignore):
    """The engine lets the run go on, and so do we."""
    answer = diff(fresh, SIMPLE, {"text": "a", "count": 1}, {"text": "b", "count": 2},
                  ignore=[ignore, "count"])
    assert kinds(answer) == {"text": UPDATE}
    log = fresh.engine.wait_for(lambda log: "ignoreChanges" in log.message)
    assert log.severity == engine_pb2.WARNING
    assert ignore in log.message and log.urn == fresh.urn(SIMPLE)


def test_repeated_dots_in_an_ignore_path_mean_nothing(behaviour):
    answer = diff(behaviour, NESTED, {"settings": SETTINGS},
                  {"settings": {**SETTINGS, "title": "u"}}, ignore=["settings..title"])
    assert not answer.detailedDiff


def test_a_reference_is_compared_by_what_it_refers_to(behaviour):
    """A newer version of that resource's package is no other resource."""
    def reference(id, version):
        return {"reference": wire.reference("urn:pulumi:dev::p::t:m:R::r", id, version)}
    type = "behaviour:test:Assets"
    old = reference("id-1", "1.0.0")
    assert not diff(behaviour, type, old, reference("id-1", "1.1.0")).detailedDiff
    assert kinds(diff(behaviour, type, old, reference("id-2", "1.0.0"))) == {"reference": UPDATE}
    assert kinds(diff(behaviour, type, old, reference(UNKNOWN, "1.0.0"))) == {"reference": UPDATE}


def test_an_asset_is_compared_by_its_hash(behaviour):
    type = "behaviour:test:Assets"
    elided = {"file": wire.asset(hash="aa" * 32)}
    full = {"file": wire.asset(text="hello", hash="aa" * 32)}
    other = {"file": wire.asset(text="other", hash="bb" * 32)}
    assert not diff(behaviour, type, elided, full).detailedDiff
    assert kinds(diff(behaviour, type, elided, other)) == {"file": UPDATE}
