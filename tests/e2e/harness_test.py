"""The harness itself, on programs without resources: what it reports is what happened."""

import pytest

from harness import assert_lacks, resources_of

SECRET = "correct-horse-battery-staple"

YAML = """
name: test
runtime: yaml
config:
  word: {type: string}
outputs:
  word: ${word}
  hidden:
    fn::secret: correct-horse-battery-staple
"""
PYTHON = f"""
import pulumi
pulumi.export("word", pulumi.Config().require("word"))
pulumi.export("hidden", pulumi.Output.secret("{SECRET}"))
"""
TYPESCRIPT = f"""
import * as pulumi from "@pulumi/pulumi";
export const word: string = new pulumi.Config().require("word");
export const hidden = pulumi.secret("{SECRET}");
"""


@pytest.fixture(params=["yaml", "python", "node"])
def project(request):
    made = request.getfixturevalue(f"{request.param}_project")("test")
    if request.param == "yaml":
        made.write("Pulumi.yaml", YAML)
    elif request.param == "python":
        made.write("Pulumi.yaml", "name: test\nruntime: python\n").write("__main__.py", PYTHON)
    else:
        made.write("Pulumi.yaml", "name: test\nruntime: nodejs\n").write("index.ts", TYPESCRIPT)
    return made.init()


def test_every_verb_and_what_it_reports(project):
    failed = project.preview(ok=False)
    assert "missing" in failed.output.lower() and "word" in failed.output

    project.config("word", "hello")
    preview = project.preview()
    assert preview.changes == {"create": 1} and preview.op("test-dev") == "create"
    assert project.up().op("test-dev") == "create"
    assert project.outputs() == {"word": "hello", "hidden": SECRET}
    again = project.up()
    assert again.changes == {"same": 1} and again.changed() == []
    assert project.refresh().ok

    assert resources_of(project.export()) == {}
    assert_lacks(str(project.export()), SECRET)
    assert SECRET in str(project.export(show_secrets=True))
    project.import_state(project.export())
    assert project.destroy().op("test-dev") == "delete"
    project.sandbox.transcript.assert_lacks(SECRET)


def test_a_secret_in_the_transcript_is_found(yaml_project):
    project = yaml_project().write("Pulumi.yaml", YAML.replace("fn::secret: ", "fn::toJSON: ")).init()
    project.config("word", "hello")
    project.up()
    with pytest.raises(AssertionError, match="secret of 28 characters") as failure:
        project.sandbox.transcript.assert_lacks(SECRET)
    assert SECRET not in str(failure.value)


def test_an_edit_must_hit_exactly_once(yaml_project):
    project = yaml_project().write("a.txt", "one two two")
    assert project.edit("a.txt", "one", "three")
    for missing in ("one", "two"):
        with pytest.raises(AssertionError):
            project.edit("a.txt", missing, "four")
