// Sdkgen turns the provider's published schema into what a user installs and reads: the Python
// and Node.js packages (by Pulumi's own generators) and the reference pages. It also holds the
// schema to our rules.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
)

const usage = `usage: sdkgen COMMAND [flags]

  sdk      --schema FILE --out DIR  write DIR/python and DIR/nodejs
  check    --schema FILE            hold the schema to Pulumi's binder and to our rules
  docs     --schema FILE --out DIR  write one reference page per resource and function
  examples --schema FILE --out DIR  write DIR/python/*.py and DIR/typescript/*.ts, one per example
  tokens   --schema FILE            print what the package contains, as JSON
`

// The commands that write a folder.
var writers = map[string]func(s *source, out string) error{
	"sdk": generateSDKs, "docs": writeDocs, "examples": writeExamplePrograms,
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "sdkgen:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 0 {
		return errors.New("no command given\n" + usage)
	}
	flags := flag.NewFlagSet(args[0], flag.ContinueOnError)
	schemaPath := flags.String("schema", "", "the published schema, as `pulumi-resource-palisade schema` prints it")
	out := flags.String("out", "", "the folder to write to")
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	if *schemaPath == "" {
		return errors.New(args[0] + " needs --schema FILE")
	}
	source, err := readSource(*schemaPath)
	if err != nil {
		return err
	}
	switch args[0] {
	case "check":
		return check(source)
	case "tokens":
		return writeTokens(os.Stdout, source)
	}
	write, known := writers[args[0]]
	if known && *out == "" {
		return errors.New(args[0] + " needs --out DIR")
	} else if known {
		return write(source, *out)
	}
	return fmt.Errorf("unknown command %q\n%s", args[0], usage)
}
