"""List: pages, limits, tokens, queries."""

import json

import pytest
from pulumi.runtime.proto import provider_pb2

import wire
from plugin import BEHAVIOUR, BEHAVIOUR_CONFIG, PATIENCE, Plugin, raises
from wire import UNKNOWN

LISTED = "behaviour:test:Listed"
TITLES = [f"{letter}{i}" for letter in "ab" for i in range(5)]


@pytest.fixture(scope="module")
def listed():
    with Plugin(BEHAVIOUR, BEHAVIOUR_CONFIG) as plugin:
        for title in TITLES:
            plugin.make(LISTED, {"title": title})
        yield plugin
        plugin.assert_alive()


def whole(plugin, **more):
    """All items and the number of pages, following the tokens."""
    items, pages, token = [], 0, ""
    while True:
        page, token = plugin.list(LISTED, continuation=token, **more)
        items += page
        pages += 1
        assert pages < 50
        if not token:
            return items, pages


def test_all_objects_in_pages(listed):
    items, pages = whole(listed)
    assert [name for _, name in items] == TITLES
    assert pages == 4


def test_ids_are_what_read_and_import_take(listed):
    for id, name in whole(listed)[0]:
        assert listed.read(LISTED, id).outputs["title"] == name


def test_the_query_narrows(listed):
    assert [name for _, name in whole(listed, query={"prefix": "b"})[0]] == TITLES[5:]
    assert whole(listed, query={"prefix": "none"}) == ([], 1)


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 7, 10, 11, 1000])
def test_a_limit_holds_over_pages(listed, limit):
    """Follow-up pages repeat the first limit; what is left of it is in the token."""
    items, _ = whole(listed, limit=limit)
    assert [name for _, name in items] == TITLES[:limit]


@pytest.mark.parametrize("limit", [4, 7, 10])
def test_a_smaller_limit_with_a_token_is_accepted(listed, limit):
    """`pulumi do --count` sends what is left instead of the first limit."""
    items, token = listed.list(LISTED, limit=limit)
    while token:
        page, token = listed.list(LISTED, limit=limit - len(items), continuation=token)
        items += page
    assert [name for _, name in items] == TITLES[:limit]


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_below_one_is_none(listed, limit):
    assert len(whole(listed, limit=limit)[0]) == 10


@pytest.mark.parametrize("page_size", [1, 2, 3, 100])
def test_the_page_size_is_an_upper_bound(listed, page_size):
    token = ""
    while True:
        page, token = listed.list(LISTED, page_size=page_size, continuation=token)
        assert 1 <= len(page) <= page_size
        if not token:
            break
    assert len(whole(listed, page_size=page_size)[0]) == 10


@pytest.mark.parametrize("limit", [0, 1, 2, 7])
@pytest.mark.parametrize("page_size", [0, 1, 2, 3])
def test_a_service_that_answers_more_than_it_is_asked_for(listed, limit, page_size):
    """Neither limit nor page size is exceeded, and what did not fit comes with the next page."""
    titles, token = [], ""
    while True:
        page, token = listed.list(LISTED, query={"leastPage": 5}, limit=limit,
                                  page_size=page_size, continuation=token)
        assert 1 <= len(page) <= (page_size or 100)
        titles += [name for _, name in page]
        if not token:
            break
    assert titles == TITLES[:limit or 10]


@pytest.mark.parametrize("token", ["nonsense", "5", "-1/3", "99999999999999999999/3", "0/xyz", "/",
                                   "0/0", "0/-1/3", "0/x/3", "0/0/xyz"])
def test_a_token_that_is_none_is_invalid(listed, token):
    with raises("INVALID_ARGUMENT") as caught:
        listed.list(LISTED, continuation=token)
    assert "token" in caught[0].details()


@pytest.mark.parametrize("query, words", [
    ({"prefix": 5}, ["prefix", "a string"]),
    ({"prefex": "a"}, ["prefex: is not part of the query of this type", "prefix"])])
def test_a_wrong_query_is_invalid(listed, query, words):
    with raises("INVALID_ARGUMENT") as caught:
        listed.list(LISTED, query=query)
    assert all(word in caught[0].details() for word in words), caught[0].details()


def test_a_query_that_is_not_known_yet_lists_nothing_and_says_so(listed):
    request = provider_pb2.ListRequest(token=LISTED, query=wire.struct({"prefix": UNKNOWN}))
    answers = list(listed.stub.List(request, timeout=PATIENCE))
    assert [answer.WhichOneof("response") for answer in answers] == ["computed"]
    with raises("NOT_FOUND"):
        list(listed.stub.List(provider_pb2.ListRequest(
            token="behaviour:test:None", query=wire.struct({"prefix": UNKNOWN})),
            timeout=PATIENCE))


def test_a_type_that_cannot_be_listed_is_unimplemented_with_a_sentence(behaviour):
    with raises("UNIMPLEMENTED") as caught:
        behaviour.list("behaviour:test:Simple")
    assert "listed" in caught[0].details()


def test_an_unknown_type_is_not_found(behaviour):
    with raises("NOT_FOUND"):
        behaviour.list("behaviour:test:None")


def test_only_listable_types_publish_list_inputs(behaviour):
    schema = json.loads(behaviour.stub.GetSchema(provider_pb2.GetSchemaRequest(),
                                                 timeout=PATIENCE).schema)
    listable = [token for token, spec in schema["resources"].items() if "listInputs" in spec]
    assert listable == [LISTED]
