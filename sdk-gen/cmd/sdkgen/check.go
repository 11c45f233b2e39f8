package main

import (
	"fmt"
	"os"
	"regexp"
	"strings"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// check fails on any finding and prints them all, one line each.
func check(s *source) error {
	problems, err := findings(s)
	if err != nil {
		return err
	}
	for _, p := range problems {
		fmt.Fprintln(os.Stderr, strings.TrimSpace(p))
	}
	if len(problems) > 0 {
		return fmt.Errorf("the schema breaks %d rules", len(problems))
	}
	fmt.Printf("schema %s %s: %d resources, %d functions, %d types, no diagnostics\n", s.spec.Name,
		s.spec.Version, len(s.spec.Resources), len(s.spec.Functions), len(s.spec.Types))
	return nil
}

// findings holds the schema to Pulumi's metaschema and binder, where a warning counts as much as
// an error, and to our own rules.
func findings(s *source) ([]string, error) {
	problems := checkMeta(s)
	pkg, diagnostics, err := s.bind()
	if err != nil {
		return nil, err
	}
	for _, d := range diagnostics {
		problems = append(problems, d.Summary+" "+d.Detail)
	}
	problems = append(problems, checkPrivateKeys("#", s.raw)...)
	problems = append(problems, checkPackaging(s)...)
	problems = append(problems, checkDescriptions(&s.spec)...)
	if pkg != nil {
		problems = append(problems, checkExamples(s, pkg)...)
	}
	return problems, nil
}

// checkMeta looks at the document as it is written. The binder validates too, but only after a
// round trip through its own structures, which drops whatever they do not know.
func checkMeta(s *source) []string {
	if err := schema.MetaSchema.Validate(s.raw); err != nil {
		return []string{fmt.Sprintf("metaschema: %#v", err)}
	}
	return nil
}

// checkPrivateKeys finds fragment keys (x-check and so on) that were not stripped.
func checkPrivateKeys(path string, value any) []string {
	var out []string
	switch value := value.(type) {
	case map[string]any:
		for _, key := range sortedKeys(value) {
			if strings.HasPrefix(key, "x-") {
				out = append(out, fmt.Sprintf("%s/%s: a private key in the published schema", path, key))
			}
			// The engine turns every difference under it into a replacement, also where ours is
			// conditional; willReplaceOnChanges is the one to use.
			if on, _ := value[key].(bool); on && key == "replaceOnChanges" {
				out = append(out, fmt.Sprintf("%s/%s: must not be published", path, key))
			}
			out = append(out, checkPrivateKeys(path+"/"+key, value[key])...)
		}
	case []any:
		for i, item := range value {
			out = append(out, checkPrivateKeys(fmt.Sprintf("%s/%d", path, i), item)...)
		}
	}
	return out
}

var version = regexp.MustCompile(`^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$`)

// checkPackaging wants the settings without which the SDKs cannot be installed or do not ask for
// the plugin of their own version.
func checkPackaging(s *source) []string {
	var out []string
	want := func(pattern, language string, keys ...string) {
		path := append([]string{"language", language}, keys...)
		var value any = s.raw
		for _, key := range path {
			object, _ := value.(map[string]any)
			value = object[key]
		}
		if !regexp.MustCompile("^" + pattern + "$").MatchString(fmt.Sprint(value)) {
			out = append(out, fmt.Sprintf("#/%s: is %v, the SDKs need %s", strings.Join(path, "/"), value, pattern))
		}
	}
	if !version.MatchString(s.spec.Version) {
		out = append(out, fmt.Sprintf("#/version: %q is not MAJOR.MINOR.PATCH", s.spec.Version))
	}
	want("@palisade/pulumi", "nodejs", "packageName")
	want(`\^3\.[0-9.]+`, "nodejs", "dependencies", "@pulumi/pulumi")
	want("true", "nodejs", "respectSchemaVersion")
	// Generated code is tested with the SDK of the generator's own version, and no older one.
	want(">=3\\.259\\.0,<4\\.0\\.0", "python", "requires", "pulumi")
	want("true", "python", "respectSchemaVersion")
	want("true", "python", "pyproject", "enabled")
	return out
}
