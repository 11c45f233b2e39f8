package main

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/pulumi/pulumi-yaml/pkg/pulumiyaml"
	yamlgen "github.com/pulumi/pulumi-yaml/pkg/pulumiyaml/codegen"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/pcl"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// listing is one example program in the three languages of the reference.
type listing struct {
	python, typescript, yaml string
}

var projectKey = regexp.MustCompile(`(?m)^(name|runtime):`)

// convert writes a YAML program in the other languages. Anything that Pulumi's type check has to
// say about the program is an error: an example that does not fit the schema must not be shown.
func convert(pkg *schema.Package, program string) (listing, error) {
	text := program
	if !projectKey.MatchString(text) {
		text = "name: example\nruntime: yaml\n" + text
	}
	out := listing{yaml: program}
	var err error
	if out.python, err = generate(pkg, text, python.GenerateProgram, "__main__.py"); err != nil {
		return listing{}, fmt.Errorf("as Python: %w", err)
	}
	if out.typescript, err = generate(pkg, text, nodejs.GenerateProgram, "index.ts"); err != nil {
		return listing{}, fmt.Errorf("as TypeScript: %w", err)
	}
	return out, nil
}

type generator func(*pcl.Program) (map[string][]byte, hcl.Diagnostics, error)

// generate reads the program anew for its language: the generators rewrite what they are given,
// so that a second one would trip over the first one's changes.
func generate(pkg *schema.Package, program string, language generator, file string) (text string, err error) {
	defer func() {
		if problem := recover(); problem != nil {
			err = fmt.Errorf("the generator failed: %v", problem)
		}
	}()
	template, problems, err := pulumiyaml.LoadYAMLBytes("example", []byte(program))
	if err := first(problems.HCL(), err); err != nil {
		return "", err
	}
	bound, diagnostics, err := yamlgen.EjectProgram(template, oneLoader{pkg})
	if err := first(diagnostics, err); err != nil {
		return "", err
	}
	files, diagnostics, err := language(bound)
	if err := first(diagnostics, err); err != nil {
		return "", err
	}
	content, found := files[file]
	if !found {
		return "", fmt.Errorf("the generator wrote no %s", file)
	}
	return strings.TrimSpace(string(content)) + "\n", nil
}

// first turns diagnostics of any severity into an error, and prefers them over err, which often
// says less.
func first(diagnostics hcl.Diagnostics, err error) error {
	var lines []string
	for _, d := range diagnostics {
		lines = append(lines, strings.TrimSpace(d.Summary+" "+d.Detail))
	}
	if len(lines) > 0 {
		return fmt.Errorf("%s", strings.Join(lines, "; "))
	}
	return err
}
