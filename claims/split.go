package claims

import (
	"regexp"
	"slices"
	"strings"

	"contredit/french"
)

// shortPart is the least number of words of an assertion that is cut off another.
const shortPart = 5

// anaphors are the words that another assertion has to explain: what is cut off with one of
// them would speak of nobody.
var anaphors = map[string]bool{
	"c": true, "c'": true, "ca": true, "ce": true, "ceci": true, "cela": true, "celle": true, "celles": true, "celui": true, "ceux": true,
	"elle": true, "elles": true, "il": true, "ils": true, "leur": true, "leurs": true, "lui": true, "second": true, "seconde": true, "tel": true, "telle": true, "y": true,
}

// joints are the words between two assertions; those of a reason or a consequence (« car »,
// « donc ») make one of both.
var joints = map[string]bool{"et": true, "mais": true, ",": true, ";": true}

// assertionsOf are the claims of a sentence: one, or one for each of the assertions that it
// coordinates, when each of them is worth checking by itself.
func (x *Extractor) assertionsOf(sentence string, claim func(Span) Claim) []Claim {
	var list []Claim
	for _, part := range x.coordinated(sentence) {
		list = append(list, claim(part))
	}
	for i := range list {
		if len(list) == 1 {
			break
		}
		if x.weigh(&list[i]); !list[i].Worth {
			return []Claim{claim(Span{Start: 0, End: len(sentence)})}
		}
	}
	return list
}

// coordinated cuts a sentence into the assertions that stand beside each other in it, each
// with a subject and a verb of its own: « A a été fermé et B n'a pas été consulté ». Spans
// are bytes of the sentence. What shares a condition, a question, a « que » or words at the
// start (« En 2024, … et … ») stays whole.
func (x *Extractor) coordinated(sentence string) []Span {
	whole := []Span{{Start: 0, End: len(sentence)}}
	if x.Analyzer == nil || strings.ContainsAny(sentence, "?\"") || len(french.Words(sentence)) < 2*shortPart {
		return whole
	}
	opening := len(vocative.FindString(sentence))
	s := x.Analyzer.Analyse(strings.Repeat(" ", opening) + withoutEnclosed(sentence[opening:]))
	if len(s.Clauses) < 2 || s.Clauses[0].Kind != french.MainClause || s.Clauses[0].SubjectHead < 0 || s.Clauses[0].Verb < 0 || s.Clauses[0].Subject.Start > longestOpening+opening {
		return whole
	}
	var cuts, commas []Span // from the end of one part to the start of the next
	for i, c := range s.Clauses {
		switch c.Kind {
		case french.ConditionalClause, french.CompletiveClause:
			return whole
		case french.CoordinateClause:
			joint, ok := jointOf(&s, i)
			switch {
			case !ok || enclosed(sentence, joint.Start) || strings.TrimSpace(joint.In(sentence)) == "": // a colon explains
			case strings.TrimSpace(joint.In(sentence)) == ",":
				commas = append(commas, joint)
			default:
				cuts = append(cuts, joint)
			}
		}
	}
	cuts = enumerated(cuts, commas)
	var parts []Span
	at := 0
	for _, cut := range cuts {
		if len(french.Words(sentence[at:cut.Start])) < shortPart || len(french.Words(sentence[cut.End:])) < shortPart {
			continue
		}
		parts = append(parts, Span{Start: at, End: cut.Start})
		at = cut.End
	}
	return append(parts, Span{Start: at, End: len(sentence)})
}

// vocative is to whom a sentence is said, before its subject.
var vocative = regexp.MustCompile(`^(?:(?:Monsieur|Madame|Messieurs|Mesdames)(?:\s+l[ea]\s+(?:vice-)?(?:présidente?|maire|préfète?))?|(?:[Mm]es\s+)?[Cc]hers?\s+collègues)\s*,\s*`)

// enumerated adds to the places where a sentence is cut those commas that part the first of several: « A, B
// et C ». A comma by itself is no joint, unless a second one makes it a list.
func enumerated(cuts, commas []Span) []Span {
	if len(commas) < 2 && (len(cuts) == 0 || len(commas) == 0 || commas[0].Start > cuts[len(cuts)-1].Start) {
		return cuts
	}
	cuts = append(cuts, commas...)
	slices.SortFunc(cuts, func(a, b Span) int { return a.Start - b.Start })
	return cuts
}

// withoutEnclosed blanks what stands in brackets or quotation marks, so that all places stay.
func withoutEnclosed(sentence string) string {
	return inBrackets.ReplaceAllStringFunc(sentence, func(part string) string { return strings.Repeat(" ", len(part)) })
}

var inBrackets = regexp.MustCompile(`\([^()]*\)|«[^«»]*»|“[^“”]*”`)

// enclosed says that an offset lies within brackets or quotation marks, or that these are not closed.
func enclosed(sentence string, at int) bool {
	for _, pair := range [][2]string{{"(", ")"}, {"«", "»"}, {"“", "”"}} {
		before := strings.Count(sentence[:at], pair[0]) - strings.Count(sentence[:at], pair[1])
		all := strings.Count(sentence, pair[0]) - strings.Count(sentence, pair[1])
		if before != 0 || all != 0 {
			return true
		}
	}
	return false
}

// longestOpening is how many bytes may stand before the subject of a sentence that is cut.
const longestOpening = 4

// jointOf is what parts a coordinate clause from the one before: its comma and conjunction.
func jointOf(s *french.Sentence, i int) (Span, bool) {
	c := s.Clauses[i]
	if c.Parent < 0 || c.Verb < 0 || c.SubjectHead < 0 || c.Subject.Start < c.Start {
		return Span{}, false
	}
	if k := s.Clauses[c.Parent].Kind; k != french.MainClause && k != french.CoordinateClause {
		return Span{}, false
	}
	// The joint ends where the clause's first word that is none of « , et mais » begins.
	joint, said := Span{Start: c.Start, End: c.Start}, ""
	for _, t := range s.Tokens {
		if t.Start < c.Start {
			continue
		}
		if !joints[t.Text] {
			joint.End = t.Start
			break
		}
		said += t.Text
	}
	for _, t := range s.Tokens {
		if t.Start >= c.Start && t.Start < c.End && anaphors[t.Text] {
			return Span{}, false
		}
	}
	if joint.End != c.Subject.Start || said == "," && s.Tokens[c.SubjectHead].POS == french.Pronoun {
		return Span{}, false // « …, je ne le cache pas, … » stands inside of another
	}
	for k := len(s.Tokens) - 1; k >= 0 && s.Tokens[k].Start >= s.Clauses[c.Parent].Start; k-- {
		if t := s.Tokens[k]; t.End <= joint.Start && !joints[t.Text] {
			joint.Start = t.End
			return joint, joint.End > joint.Start
		}
	}
	return Span{}, false
}
