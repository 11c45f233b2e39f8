package main

import "strings"

// A description in a fragment is Markdown in this order: prose, then a section "Example Usage"
// whose YAML blocks are whole programs, then a section "Import".
const (
	exampleHeading = "Example Usage"
	importHeading  = "Import"
)

// sections is a description, taken apart.
type sections struct {
	prose      string
	examples   []part // nil when there is no such section
	importText string
}

// part is a piece of the section of examples: either text or one program in YAML.
type part struct {
	text    string
	program string
}

func splitSections(description string) sections {
	var out sections
	var prose, example, imports []string
	current, fenced := &prose, false
	for _, line := range strings.Split(description, "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "```") {
			fenced = !fenced
		}
		if heading, found := strings.CutPrefix(line, "## "); found && !fenced {
			switch strings.TrimSpace(heading) {
			case exampleHeading:
				current = &example
				continue
			case importHeading:
				current = &imports
				continue
			default:
				current = &prose
			}
		}
		*current = append(*current, line)
	}
	out.prose = strings.TrimSpace(strings.Join(prose, "\n"))
	out.examples = splitPrograms(example)
	out.importText = strings.TrimSpace(strings.Join(imports, "\n"))
	return out
}

func splitPrograms(lines []string) []part {
	var parts []part
	var text, program []string
	inProgram, inOther := false, false
	flush := func() {
		if joined := strings.TrimSpace(strings.Join(text, "\n")); joined != "" {
			parts = append(parts, part{text: joined})
		}
		text = nil
	}
	for _, line := range lines {
		fence := strings.TrimSpace(line)
		switch {
		case inProgram && fence == "```":
			parts = append(parts, part{program: strings.Join(program, "\n") + "\n"})
			inProgram, program = false, nil
		case inProgram:
			program = append(program, line)
		case !inOther && fence == "```yaml":
			flush()
			inProgram = true
		default:
			if strings.HasPrefix(fence, "```") {
				inOther = !inOther
			}
			text = append(text, line)
		}
	}
	flush()
	return parts
}

// programs counts the programs among the parts.
func programs(parts []part) int {
	n := 0
	for _, p := range parts {
		if p.program != "" {
			n++
		}
	}
	return n
}
