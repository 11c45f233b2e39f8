package main

import (
	"fmt"
	"strings"
)

// writeExamplePrograms writes every example of the schema as a program in each language, so that a
// test can hold them to the SDKs' types.
func writeExamplePrograms(s *source, out string) error {
	pkg, err := s.mustBind()
	if err != nil {
		return err
	}
	python, typescript := map[string][]byte{}, map[string][]byte{}
	write := func(token, description string) error {
		for i, p := range splitSections(description).examples {
			if p.program == "" {
				continue
			}
			l, err := convert(pkg, p.program)
			if err != nil {
				return fmt.Errorf("%s: example: %w", token, err)
			}
			name := fmt.Sprintf("%s_%d", strings.NewReplacer(":", "_", "/", "_").Replace(token), i)
			python[name+".py"] = []byte(l.python)
			typescript[name+".ts"] = []byte(l.typescript)
		}
		return nil
	}
	for token, r := range s.spec.Resources {
		if err := write(token, r.Description); err != nil {
			return err
		}
	}
	for token, f := range s.spec.Functions {
		if err := write(token, f.Description); err != nil {
			return err
		}
	}
	if err := replaceTree(out+"/python", python); err != nil {
		return err
	}
	return replaceTree(out+"/typescript", typescript)
}
