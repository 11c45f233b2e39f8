"""Tags of rule groups, policies and firewalls."""

from .store import invalid, page, tag_list, tags_of

MAX_TAGS = 200


def tag(place, parameters):
    thing = place.taggable(parameters["ResourceArn"])
    tags = thing.tags | tags_of(parameters)
    if len(tags) > MAX_TAGS:
        raise invalid(f"A resource has at most {MAX_TAGS} tags.")
    thing.tags = tags
    return {}


def untag(place, parameters):
    thing = place.taggable(parameters["ResourceArn"])
    thing.tags = {key: value for key, value in thing.tags.items()
                  if key not in parameters["TagKeys"]}
    return {}


def list_tags(place, parameters):
    thing = place.taggable(parameters["ResourceArn"])
    return page(tag_list(thing.tags), parameters, "Tags")
