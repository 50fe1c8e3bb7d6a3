package review

import "strings"

// diffPart is a stretch of text that stayed, went or came.
type diffPart struct {
	Text string
	Was  string // "" stayed, "del" went, "ins" came
}

// diffLine is one paragraph with its changes, or a run of paragraphs that stayed.
type diffLine struct {
	Parts   []diffPart
	Skipped int // paragraphs that stayed and are not shown
}

// mostCells bounds the table of a comparison: over it, the stretch is shown as wholly replaced.
const mostCells = 4_000_000

// differ compares two texts paragraph by paragraph, then word by word where they changed.
func differ(before, after string) []diffLine {
	a, b := strings.Split(before, "\n"), strings.Split(after, "\n")
	var out []diffLine
	skipped := 0
	flush := func() {
		if skipped > 0 {
			out = append(out, diffLine{Skipped: skipped})
			skipped = 0
		}
	}
	for _, c := range changes(a, b) {
		if c.was == "" {
			skipped += len(c.a)
			continue
		}
		flush()
		was, now := strings.Join(c.a, "\n"), strings.Join(c.b, "\n")
		var line diffLine
		for _, w := range changes(words(was), words(now)) {
			switch {
			case w.was == "":
				line.Parts = append(line.Parts, diffPart{strings.Join(w.a, ""), ""})
			default:
				if len(w.a) > 0 {
					line.Parts = append(line.Parts, diffPart{strings.Join(w.a, ""), "del"})
				}
				if len(w.b) > 0 {
					line.Parts = append(line.Parts, diffPart{strings.Join(w.b, ""), "ins"})
				}
			}
		}
		out = append(out, line)
	}
	flush()
	return out
}

// words cuts after each space, so that the pieces put together are the text.
func words(s string) []string {
	if s == "" {
		return nil
	}
	return strings.SplitAfter(s, " ")
}

type change struct {
	was  string // "" the same in both, "x" replaced
	a, b []string
}

// changes aligns two sequences by their longest common subsequence.
func changes(a, b []string) []change {
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	var out []change
	if head > 0 {
		out = append(out, change{a: a[:head]})
	}
	out = append(out, middle(a[head:len(a)-tail], b[head:len(b)-tail])...)
	if tail > 0 {
		out = append(out, change{a: a[len(a)-tail:]})
	}
	return out
}

func middle(a, b []string) []change {
	if len(a) == 0 && len(b) == 0 {
		return nil
	}
	if len(a)*len(b) > mostCells || len(a) == 0 || len(b) == 0 {
		return []change{{"x", a, b}}
	}
	w := len(b) + 1
	best := make([]int32, (len(a)+1)*w)
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				best[i*w+j] = best[(i+1)*w+j+1] + 1
			} else {
				best[i*w+j] = max(best[(i+1)*w+j], best[i*w+j+1])
			}
		}
	}
	var out []change
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		i0, j0 := i, j
		for i < len(a) && j < len(b) && a[i] == b[j] {
			i, j = i+1, j+1
		}
		if i > i0 {
			out = append(out, change{a: a[i0:i]})
			continue
		}
		for i < len(a) || j < len(b) {
			if i < len(a) && j < len(b) && a[i] == b[j] {
				break
			}
			if j >= len(b) || i < len(a) && best[(i+1)*w+j] >= best[i*w+j+1] {
				i++
			} else {
				j++
			}
		}
		out = append(out, change{"x", a[i0:i], b[j0:j]})
	}
	return out
}
