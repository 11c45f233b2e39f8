package main

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/pkg/v3/codegen"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// baseName is the last part of a token.
func baseName(token string) string {
	return token[strings.LastIndex(token, ":")+1:]
}

// typeName writes a type in words, without a language's own syntax. Objects and enums link to
// their place further down the page.
func typeName(t schema.Type) string {
	t = codegen.UnwrapType(t)
	switch t := t.(type) {
	case *schema.ArrayType:
		return "list of " + typeName(t.ElementType)
	case *schema.MapType:
		return "map of " + typeName(t.ElementType)
	case *schema.ObjectType:
		return link(t.Token)
	case *schema.EnumType:
		return link(t.Token)
	case *schema.UnionType:
		var names []string
		for _, element := range t.ElementTypes {
			// An open enum is a union of the enum and its base type; the enum says it all.
			if _, enum := codegen.UnwrapType(element).(*schema.EnumType); enum {
				return typeName(element)
			}
			names = append(names, typeName(element))
		}
		return strings.Join(names, " or ")
	case *schema.ResourceType:
		return "resource " + baseName(t.Token)
	case *schema.TokenType:
		return typeName(t.UnderlyingType)
	}
	switch t {
	case schema.AnyType:
		return "any"
	case schema.JSONType:
		return "JSON"
	case schema.ArchiveType:
		return "archive"
	case schema.AssetType:
		return "asset"
	}
	return fmt.Sprint(t)
}

func link(token string) string {
	return fmt.Sprintf("[%s](#%s)", baseName(token), strings.ToLower(baseName(token)))
}

// nested finds the objects and enums below the given properties, in the order in which a reader
// meets them, each once.
func nested(properties ...[]*schema.Property) []schema.Type {
	var out []schema.Type
	seen := map[string]bool{}
	var visit func(t schema.Type)
	visit = func(t schema.Type) {
		switch t := codegen.UnwrapType(t).(type) {
		case *schema.ArrayType:
			visit(t.ElementType)
		case *schema.MapType:
			visit(t.ElementType)
		case *schema.UnionType:
			for _, element := range t.ElementTypes {
				visit(element)
			}
		case *schema.EnumType:
			if !seen[t.Token] {
				seen[t.Token] = true
				out = append(out, t)
			}
		case *schema.ObjectType:
			if t.PlainShape != nil {
				t = t.PlainShape
			}
			if seen[t.Token] {
				return
			}
			seen[t.Token] = true
			out = append(out, t)
			for _, p := range t.Properties {
				visit(p.Type)
			}
		}
	}
	for _, list := range properties {
		for _, p := range list {
			visit(p.Type)
		}
	}
	return out
}
