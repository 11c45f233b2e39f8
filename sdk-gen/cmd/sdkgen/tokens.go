package main

import (
	"encoding/json"
	"io"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// contents names everything that the SDKs must hold, for tests that import it all.
type contents struct {
	Version   string   `json:"version"`
	Resources []member `json:"resources"`
	Functions []member `json:"functions"`
}

// member is one resource or function, with the names of its inputs.
type member struct {
	Token  string   `json:"token"`
	Module string   `json:"module"`
	Name   string   `json:"name"`
	Inputs []string `json:"inputs"`
}

func writeTokens(w io.Writer, s *source) error {
	pkg, err := s.mustBind()
	if err != nil {
		return err
	}
	out := contents{Version: s.spec.Version, Resources: []member{}, Functions: []member{}}
	for _, r := range pkg.Resources {
		out.Resources = append(out.Resources, newMember(pkg, r.Token, r.InputProperties))
	}
	for _, f := range pkg.Functions {
		var inputs []*schema.Property
		if f.Inputs != nil {
			inputs = f.Inputs.Properties
		}
		out.Functions = append(out.Functions, newMember(pkg, f.Token, inputs))
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	return encoder.Encode(out)
}

func newMember(pkg *schema.Package, token string, inputs []*schema.Property) member {
	m := member{Token: token, Module: pkg.TokenToModule(token), Name: baseName(token), Inputs: []string{}}
	for _, p := range inputs {
		m.Inputs = append(m.Inputs, p.Name)
	}
	return m
}
