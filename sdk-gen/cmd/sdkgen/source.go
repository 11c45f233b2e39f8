package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/hashicorp/hcl/v2"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// source is one schema document in its two readings: as plain JSON, for rules about what is
// written, and as Pulumi's specification.
type source struct {
	raw  map[string]any
	spec schema.PackageSpec
}

func readSource(path string) (*source, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	s, err := parseSource(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return s, nil
}

func parseSource(text []byte) (*source, error) {
	s := &source{}
	if err := json.Unmarshal(text, &s.raw); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, &s.spec); err != nil {
		return nil, err
	}
	return s, nil
}

// bind gives the package as Pulumi's generators want it, and every diagnostic of the binder. A
// package is bound anew for each generator, because they write into what they are given.
func (s *source) bind() (*schema.Package, hcl.Diagnostics, error) {
	pkg, diagnostics, err := schema.BindSpec(s.spec, noLoader{}, schema.ValidationOptions{})
	if err != nil || diagnostics.HasErrors() {
		return nil, diagnostics, err
	}
	languages := map[string]schema.Language{"python": python.Importer, "nodejs": nodejs.Importer}
	if err := pkg.ImportLanguages(languages); err != nil {
		return nil, diagnostics, err
	}
	return pkg, diagnostics, nil
}

// mustBind is bind for the commands that only make sense on a sound schema.
func (s *source) mustBind() (*schema.Package, error) {
	pkg, diagnostics, err := s.bind()
	if err != nil {
		return nil, err
	}
	if diagnostics.HasErrors() {
		return nil, fmt.Errorf("the schema does not bind, run `sdkgen check`: %w", diagnostics)
	}
	return pkg, nil
}
