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
	template, problems, err := pulumiyaml.LoadYAMLBytes("example", []byte(text))
	if err := first(problems.HCL(), err); err != nil {
		return listing{}, err
	}
	bound, diagnostics, err := yamlgen.EjectProgram(template, oneLoader{pkg})
	if err := first(diagnostics, err); err != nil {
		return listing{}, err
	}
	out := listing{yaml: program}
	if out.python, err = generate(python.GenerateProgram, bound, "__main__.py"); err != nil {
		return listing{}, fmt.Errorf("as Python: %w", err)
	}
	if out.typescript, err = generate(nodejs.GenerateProgram, bound, "index.ts"); err != nil {
		return listing{}, fmt.Errorf("as TypeScript: %w", err)
	}
	return out, nil
}

type generator func(*pcl.Program) (map[string][]byte, hcl.Diagnostics, error)

func generate(language generator, program *pcl.Program, file string) (string, error) {
	files, diagnostics, err := language(program)
	if err := first(diagnostics, err); err != nil {
		return "", err
	}
	text, found := files[file]
	if !found {
		return "", fmt.Errorf("the generator wrote no %s", file)
	}
	return strings.TrimSpace(string(text)) + "\n", nil
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
