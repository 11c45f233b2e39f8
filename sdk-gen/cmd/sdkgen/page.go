package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

func resourcePage(pkg *schema.Package, r *schema.Resource) ([]byte, error) {
	var b bytes.Buffer
	parts := splitSections(r.Comment)
	begin(&b, r.Token, "resource", parts.prose, r.DeprecationMessage)
	if err := writeExamples(&b, pkg, parts.examples); err != nil {
		return nil, err
	}
	writeProperties(&b, "Inputs", r.InputProperties, true)
	isInput := map[string]bool{}
	for _, p := range r.InputProperties {
		isInput[p.Name] = true
	}
	id := &schema.Property{Name: "id", Type: schema.StringType, Comment: "The id of the resource."}
	outputs := []*schema.Property{id}
	for _, p := range r.Properties {
		if !isInput[p.Name] {
			outputs = append(outputs, p)
		}
	}
	b.WriteString("\n## Outputs\n\nAll inputs, and:\n\n")
	writeList(&b, outputs, false)
	var list []*schema.Property
	if r.ListInputs != nil {
		list = r.ListInputs.Properties
		writeProperties(&b, "List inputs", list, true)
	}
	writeNested(&b, nested(r.InputProperties, r.Properties, list))
	if parts.importText != "" {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n", importHeading, parts.importText)
	}
	if len(r.Aliases) > 0 {
		b.WriteString("\n## Aliases\n\nState of these types is taken over as it is:\n\n")
		for _, a := range r.Aliases {
			fmt.Fprintf(&b, "- `%s`\n", a.Type)
		}
	}
	return b.Bytes(), nil
}

func functionPage(pkg *schema.Package, f *schema.Function) ([]byte, error) {
	var b bytes.Buffer
	parts := splitSections(f.Comment)
	begin(&b, f.Token, "function", parts.prose, f.DeprecationMessage)
	if err := writeExamples(&b, pkg, parts.examples); err != nil {
		return nil, err
	}
	var inputs, outputs []*schema.Property
	if f.Inputs != nil {
		inputs = f.Inputs.Properties
	}
	if object, ok := f.ReturnType.(*schema.ObjectType); ok {
		outputs = object.Properties
	} else if f.Outputs != nil {
		outputs = f.Outputs.Properties
	} else if f.ReturnType != nil {
		fmt.Fprintf(&b, "\nReturns %s.\n", typeName(f.ReturnType))
	}
	writeProperties(&b, "Inputs", inputs, true)
	writeProperties(&b, "Outputs", outputs, false)
	writeNested(&b, nested(inputs, outputs))
	return b.Bytes(), nil
}

func providerPage(pkg *schema.Package) []byte {
	var b bytes.Buffer
	begin(&b, "pulumi:providers:"+pkg.Name, "provider", splitSections(pkg.Provider.Comment).prose, "")
	writeProperties(&b, "Configuration", pkg.Provider.InputProperties, true)
	writeNested(&b, nested(pkg.Provider.InputProperties))
	return b.Bytes()
}

func begin(b *bytes.Buffer, token, kind, prose, deprecated string) {
	fmt.Fprintf(b, "%s\n# %s\n\nThe %s `%s`.\n", generatedMark, baseName(token), kind, token)
	if deprecated != "" {
		fmt.Fprintf(b, "\n**Deprecated:** %s\n", deprecated)
	}
	fmt.Fprintf(b, "\n%s\n", prose)
}

func writeExamples(b *bytes.Buffer, pkg *schema.Package, parts []part) error {
	if len(parts) == 0 {
		return nil
	}
	b.WriteString("\n## Examples\n")
	for _, p := range parts {
		if p.program == "" {
			fmt.Fprintf(b, "\n%s\n", p.text)
			continue
		}
		l, err := convert(pkg, p.program)
		if err != nil {
			return fmt.Errorf("example: %w", err)
		}
		fmt.Fprintf(b, "\nPython\n\n```python\n%s```\n\nTypeScript\n\n```typescript\n%s```\n\nYAML\n\n```yaml\n%s```\n",
			l.python, l.typescript, l.yaml)
	}
	return nil
}

func writeProperties(b *bytes.Buffer, title string, properties []*schema.Property, inputs bool) {
	if len(properties) > 0 {
		fmt.Fprintf(b, "\n## %s\n\n", title)
		writeList(b, properties, inputs)
	}
}

func writeList(b *bytes.Buffer, properties []*schema.Property, inputs bool) {
	for _, p := range properties {
		fmt.Fprintf(b, "- **`%s`** (%s)", p.Name, strings.Join(traits(p, inputs), ", "))
		if comment := strings.TrimSpace(p.Comment); comment != "" {
			fmt.Fprintf(b, ": %s", strings.ReplaceAll(comment, "\n", "\n  "))
		}
		if p.DeprecationMessage != "" {
			fmt.Fprintf(b, " **Deprecated:** %s", p.DeprecationMessage)
		}
		b.WriteString("\n")
	}
}

// traits are what the schema says about a property besides its description.
func traits(p *schema.Property, input bool) []string {
	out := []string{typeName(p.Type)}
	if input && p.IsRequired() {
		out = append(out, "required")
	}
	if !input && !p.IsRequired() {
		out = append(out, "not always present")
	}
	if p.ConstValue != nil {
		out = append(out, "always "+literal(p.ConstValue))
	}
	if d := p.DefaultValue; d != nil {
		if d.Value != nil {
			out = append(out, "default "+literal(d.Value))
		}
		if len(d.Environment) > 0 {
			out = append(out, "environment `"+strings.Join(d.Environment, "`, `")+"`")
		}
	}
	if p.Secret {
		out = append(out, "secret")
	}
	if input && (p.WillReplaceOnChanges || p.ReplaceOnChanges) {
		out = append(out, "a change replaces")
	}
	return out
}

func literal(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprintf("`%v`", value)
	}
	return "`" + string(text) + "`"
}
