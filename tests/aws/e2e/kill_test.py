"""The plugin dies at random points of an up of more than ten resources; up again: no duplicate, no orphan."""

import random

import pytest

import killing
from harness import resources_of
from inventory import inventory
from programs import PERIMETER

POINTS = 6
SEED = 20261126


def requests_of_a_whole_up(program, cloud):
    project = program(PERIMETER, name="measure")
    project.up()
    number = len(cloud.records.all())
    project.destroy()
    assert inventory(cloud) == {}
    return number


@pytest.mark.timeout(900)
def test_killed_at_random_points(program, aws_cloud):
    total = requests_of_a_whole_up(program, aws_cloud)
    assert total > 20
    dice = random.Random(SEED)
    for index in range(POINTS):
        nth, carry_out = dice.randint(1, total - 1), dice.random() < 0.5
        where = f"at request {nth} of {total}, {'carried out' if carry_out else 'not carried out'}"
        project = program(PERIMETER, name=f"killed{index}")
        killing.up_killed_at(project, aws_cloud, nth=nth, carry_out=carry_out)
        project.up()
        state = resources_of(project.export())
        assert sorted(state) == sorted(PERIMETER), where
        found = inventory(aws_cloud)
        there = {identity for ids in found.values() for identity in ids}
        known = {resource["id"] for resource in state.values()}
        assert there <= known, f"{where}: orphans {sorted(there - known)}"
        assert {kind: len(ids) for kind, ids in found.items()} == {
            "vpc": 1, "subnet": 2, "group": 1, "table": 2, "gateway": 1, "endpoint": 1,
            "firewall": 4}, where
        assert project.preview().changed() == [], where
        project.destroy()
        assert inventory(aws_cloud) == {}, where
