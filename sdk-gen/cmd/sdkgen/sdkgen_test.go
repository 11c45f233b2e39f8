package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func sample(t *testing.T, edit func(text string) string) *source {
	t.Helper()
	text, err := os.ReadFile("testdata/schema.json")
	if err != nil {
		t.Fatal(err)
	}
	changed := string(text)
	if edit != nil {
		if changed = edit(changed); changed == string(text) {
			t.Fatal("the edit of the sample changed nothing")
		}
	}
	s, err := parseSource([]byte(changed))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSampleHasNoFindings(t *testing.T) {
	if err := check(sample(t, nil)); err != nil {
		t.Fatal(err)
	}
}

func TestEachRuleIsEnforced(t *testing.T) {
	const key, public = "palisade:tls:PrivateKey", `"description": "The public half of the key."}`
	for name, rule := range map[string]struct{ old, new, want string }{
		"unresolved reference":      {`"items": {"$ref": "#/types/palisade:tls:PrivateKeyUse"}`, `"items": {"$ref": "#/types/palisade:tls:Nothing"}`, "Nothing not found"},
		"type without description":  {`"description": "What the key is for."`, `"description": ""`, key + "Use: has no description"},
		"nested property":           {`"description": "One word."`, `"description": " "`, key + "Use/purpose: has no description"},
		"output property":           {`"description": "The key itself."`, `"description": ""`, "privateKeyPem: has no description"},
		"provider property":         {`"description": "How to work."`, `"description": ""`, "mode: has no description"},
		"function":                  {`The public half of a private key.\n`, `\n`, "getPublicKey: has no description"},
		"resource without example":  {"```yaml\\nresources:", "```text\\nresources:", "has no yaml program"},
		"wrong name in an example":  {`rsaBits: 3072`, `rsaBitz: 3072`, "rsaBitz does not exist"},
		"wrong kind in an example":  {`rsaBits: 3072`, `rsaBits: [many]`, "Cannot assign"},
		"example of something else": {`"` + key + `": {`, `"palisade:tls:OtherKey": {`, "OtherKey: the example does not use it"},
		"private key published":     {`"default": 2048`, `"default": 2048, "x-check": {"minimum": 1}`, "x-check: a private key"},
		"replaceOnChanges":          {`"willReplaceOnChanges": true},`, `"replaceOnChanges": true},`, "must not be published"},
		"metaschema":                {`"default": 2048`, `"default": {"a": 1}`, "expected boolean or number or string"},
		"reserved property":         {`"publicKeyPem": {"type": "string", ` + public, `"urn": {"type": "string", ` + public, "urn is a reserved"},
		"version":                   {`"version": "0.1.0"`, `"version": "v1.0.0"`, "is not MAJOR.MINOR.PATCH"},
		"plugin version not kept":   {`"respectSchemaVersion": true, "pyproject"`, `"pyproject"`, "python/respectSchemaVersion"},
	} {
		t.Run(name, func(t *testing.T) {
			s := sample(t, func(text string) string { return strings.Replace(text, rule.old, rule.new, 1) })
			found, err := findings(s)
			if err != nil {
				t.Fatal(err)
			}
			if all := strings.Join(found, "\n"); !strings.Contains(all, rule.want) {
				t.Errorf("%q is not among the findings:\n%s", rule.want, all)
			}
		})
	}
}

func TestSDKsAndPagesAreDeterministicAndComplete(t *testing.T) {
	first, second := t.TempDir(), t.TempDir()
	for _, dir := range []string{first, second} {
		for command, write := range writers {
			if err := write(sample(t, nil), filepath.Join(dir, command)); err != nil {
				t.Fatal(err)
			}
		}
	}
	a, b := tree(t, first), tree(t, second)
	for name, text := range a {
		if b[name] != text {
			t.Errorf("%s differs between two runs", name)
		}
	}
	for name, wants := range map[string][]string{
		"sdk/python/pulumi_palisade/tls/private_key.py":    {`signing = palisade.tls.PrivateKey("signing"`, `additional_secret_outputs=["privateKeyPem"]`},
		"sdk/python/pulumi_palisade/pulumi-plugin.json":    {`"version": "0.1.0"`},
		"sdk/nodejs/tls/privateKey.ts":                     {`new palisade.tls.PrivateKey("signing"`, `"tls:index/privateKey:PrivateKey"`},
		"sdk/nodejs/package.json":                          {`"name": "@palisade/pulumi"`, `"version": "0.1.0"`},
		"examples/python/palisade_tls_PrivateKey_1.py":     {"rsa_bits=3072"},
		"examples/typescript/palisade_tls_PrivateKey_1.ts": {"rsaBits: 3072"},
		"docs/tls/PrivateKey.md": {
			"A key of 3072 bits", "```python", "```typescript", "```yaml", "default `2048`", "a change replaces",
			"**`privateKeyPem`** (string, secret)", "list of [PrivateKeyUse](#privatekeyuse)", "## Import", "tls:index/privateKey:PrivateKey",
		},
		"docs/tls/getPublicKey.md": {"**`privateKeyPem`** (string, required, secret)"},
		"docs/provider.md":         {"environment `PALISADE_MODE`"},
		"docs/README.md":           {"A private key."},
	} {
		for _, want := range wants {
			if !strings.Contains(a[name], want) {
				t.Errorf("%s lacks %q; it is:\n%s", name, want, a[name])
			}
		}
	}
}

func TestPagesOfGoneTypesAreRemovedAndOthersKept(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"gone.md": generatedMark + "\n", "own.md": "# Mine\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := writeDocs(sample(t, nil), dir); err != nil {
		t.Fatal(err)
	}
	pages := tree(t, dir)
	if _, there := pages["gone.md"]; there {
		t.Error("the page of a type that is gone is still there")
	}
	if pages["own.md"] == "" {
		t.Error("a page that is not generated was removed")
	}
}

func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		out[filepath.ToSlash(name)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
