package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	return slices.Sorted(maps.Keys(m))
}

// checkDescriptions wants a sentence for everything that a user can name: the package, each
// resource, function and type, and each of their properties.
func checkDescriptions(spec *schema.PackageSpec) []string {
	var out []string
	need := func(path, text string) {
		if splitSections(text).prose == "" {
			out = append(out, path+": has no description")
		}
	}
	properties := func(path string, all map[string]schema.PropertySpec) {
		for _, name := range sortedKeys(all) {
			need(path+"/"+name, all[name].Description)
		}
	}
	object := func(path string, o *schema.ObjectTypeSpec) {
		if o != nil {
			properties(path, o.Properties)
		}
	}
	resource := func(path string, r schema.ResourceSpec) {
		need(path, r.Description)
		properties(path+"/inputProperties", r.InputProperties)
		properties(path+"/properties", r.Properties)
		object(path+"/stateInputs", r.StateInputs)
		object(path+"/listInputs", r.ListInputs)
	}
	need("#", spec.Description)
	properties("#/config", spec.Config.Variables)
	if spec.Provider != nil {
		resource("#/provider", *spec.Provider)
	}
	for _, token := range sortedKeys(spec.Resources) {
		resource("#/resources/"+token, spec.Resources[token])
	}
	for _, token := range sortedKeys(spec.Functions) {
		f, path := spec.Functions[token], "#/functions/"+token
		need(path, f.Description)
		object(path+"/inputs", f.Inputs)
		object(path+"/outputs", f.Outputs)
		if f.ReturnType != nil {
			object(path+"/outputs", f.ReturnType.ObjectTypeSpec)
		}
	}
	for _, token := range sortedKeys(spec.Types) {
		path := "#/types/" + token
		need(path, spec.Types[token].Description)
		properties(path, spec.Types[token].Properties)
	}
	return out
}

// checkExamples wants at least one program for each resource, and every program, also those of
// functions, to fit the schema and to convert to the other languages.
func checkExamples(s *source, pkg *schema.Package) []string {
	var out []string
	try := func(section, token, description string, required bool) {
		path := "#/" + section + "/" + token
		parts := splitSections(description).examples
		if required && programs(parts) == 0 {
			out = append(out, fmt.Sprintf("%s: has no yaml program under \"## %s\"", path, exampleHeading))
		}
		for _, p := range parts {
			if p.program == "" {
				continue
			}
			if _, err := convert(pkg, p.program); err != nil {
				out = append(out, fmt.Sprintf("%s: example: %v", path, err))
			}
			if !strings.Contains(p.program, token) {
				out = append(out, path+": the example does not use it")
			}
		}
	}
	for _, token := range sortedKeys(s.spec.Resources) {
		try("resources", token, s.spec.Resources[token].Description, true)
	}
	for _, token := range sortedKeys(s.spec.Functions) {
		try("functions", token, s.spec.Functions[token].Description, false)
	}
	return out
}
