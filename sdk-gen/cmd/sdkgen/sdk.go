package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
)

// The name that generated files give for their generator.
const toolName = "sdkgen"

// generateSDKs writes out/python and out/nodejs anew. The packages' own docstrings show each
// example in their language.
func generateSDKs(s *source, out string) error {
	if err := translateExamples(s); err != nil {
		return err
	}
	pkg, err := s.mustBind()
	if err != nil {
		return err
	}
	files, err := python.GeneratePackage(toolName, pkg, nil, noLoader{})
	if err != nil {
		return fmt.Errorf("python: %w", err)
	}
	if err := replaceTree(filepath.Join(out, "python"), files); err != nil {
		return err
	}
	if pkg, err = s.mustBind(); err != nil {
		return err
	}
	files, err = nodejs.GeneratePackage(toolName, pkg, nil, nil, false, noLoader{})
	if err != nil {
		return fmt.Errorf("nodejs: %w", err)
	}
	return replaceTree(filepath.Join(out, "nodejs"), files)
}

// translateExamples rewrites the descriptions so that each example stands in every language,
// within the marks by which Pulumi's generators choose the one they need.
func translateExamples(s *source) error {
	pkg, err := s.mustBind()
	if err != nil {
		return err
	}
	translate := func(token, description string) (string, error) {
		parts := splitSections(description)
		if programs(parts.examples) == 0 {
			return description, nil
		}
		var b strings.Builder
		fmt.Fprintf(&b, "%s\n\n{{%% examples %%}}\n## %s\n", parts.prose, exampleHeading)
		for _, p := range parts.examples {
			if p.program == "" {
				fmt.Fprintf(&b, "%s\n", p.text)
				continue
			}
			l, err := convert(pkg, p.program)
			if err != nil {
				return "", fmt.Errorf("%s: example: %w", token, err)
			}
			fmt.Fprintf(&b, "{{%% example %%}}\n\n```typescript\n%s```\n```python\n%s```\n```yaml\n%s```\n{{%% /example %%}}\n",
				l.typescript, l.python, l.yaml)
		}
		b.WriteString("{{% /examples %}}\n")
		if parts.importText != "" {
			fmt.Fprintf(&b, "\n## %s\n\n%s\n", importHeading, parts.importText)
		}
		return b.String(), nil
	}
	for token, r := range s.spec.Resources {
		if r.Description, err = translate(token, r.Description); err != nil {
			return err
		}
		s.spec.Resources[token] = r
	}
	for token, f := range s.spec.Functions {
		if f.Description, err = translate(token, f.Description); err != nil {
			return err
		}
		s.spec.Functions[token] = f
	}
	return nil
}

// replaceTree makes dir hold exactly files. What was generated for an earlier schema goes.
func replaceTree(dir string, files map[string][]byte) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	for _, name := range sortedKeys(files) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, files[name], 0o644); err != nil {
			return err
		}
	}
	return nil
}
