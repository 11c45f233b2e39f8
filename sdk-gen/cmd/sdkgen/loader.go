package main

import (
	"context"
	"fmt"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// noLoader refuses every package. Our schema refers to no other one, and the binder insists on
// having a loader.
type noLoader struct{}

// oneLoader serves a single bound package, so that examples are read without starting a plugin.
type oneLoader struct{ pkg *schema.Package }

var (
	_ schema.ReferenceLoader = noLoader{}
	_ schema.ReferenceLoader = oneLoader{}
)

func (noLoader) LoadPackage(name string, _ *semver.Version) (*schema.Package, error) {
	return nil, fmt.Errorf("package %q is not available: only our own schema is", name)
}

func (l noLoader) LoadPackageV2(_ context.Context, d *schema.PackageDescriptor) (*schema.Package, error) {
	return l.LoadPackage(d.PackageName(), nil)
}

func (l noLoader) LoadPackageReference(name string, _ *semver.Version) (schema.PackageReference, error) {
	_, err := l.LoadPackage(name, nil)
	return nil, err
}

func (l noLoader) LoadPackageReferenceV2(
	_ context.Context, d *schema.PackageDescriptor,
) (schema.PackageReference, error) {
	return l.LoadPackageReference(d.PackageName(), nil)
}

func (l oneLoader) LoadPackage(name string, version *semver.Version) (*schema.Package, error) {
	switch name {
	case l.pkg.Name:
		return l.pkg, nil
	case schema.DefaultPulumiPackage.Name:
		// Stack references and invokes of the engine's own package resolve here.
		return schema.DefaultPulumiPackage, nil
	}
	return noLoader{}.LoadPackage(name, version)
}

func (l oneLoader) LoadPackageV2(_ context.Context, d *schema.PackageDescriptor) (*schema.Package, error) {
	return l.LoadPackage(d.PackageName(), nil)
}

func (l oneLoader) LoadPackageReference(name string, _ *semver.Version) (schema.PackageReference, error) {
	pkg, err := l.LoadPackage(name, nil)
	if err != nil {
		return nil, err
	}
	return pkg.Reference(), nil
}

func (l oneLoader) LoadPackageReferenceV2(
	_ context.Context, d *schema.PackageDescriptor,
) (schema.PackageReference, error) {
	return l.LoadPackageReference(d.PackageName(), nil)
}
