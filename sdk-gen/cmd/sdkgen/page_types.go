package main

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// writeNested describes the objects and enums that a page's properties use.
func writeNested(b *bytes.Buffer, types []schema.Type) {
	if len(types) == 0 {
		return
	}
	b.WriteString("\n## Types\n")
	for _, t := range types {
		switch t := t.(type) {
		case *schema.ObjectType:
			fmt.Fprintf(b, "\n### %s\n\n%s\n\n", baseName(t.Token), strings.TrimSpace(t.Comment))
			writeList(b, t.Properties, true)
		case *schema.EnumType:
			fmt.Fprintf(b, "\n### %s\n\n%s\n\n", baseName(t.Token), strings.TrimSpace(t.Comment))
			for _, e := range t.Elements {
				fmt.Fprintf(b, "- %s", literal(e.Value))
				if e.Comment != "" {
					fmt.Fprintf(b, ": %s", strings.TrimSpace(e.Comment))
				}
				b.WriteString("\n")
			}
		}
	}
}
