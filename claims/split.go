package claims

import (
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
	if x.Analyzer == nil || strings.ContainsAny(sentence, "?«»“”\"()") || len(french.Words(sentence)) < 2*shortPart {
		return whole
	}
	s := x.Analyzer.Analyse(sentence)
	if len(s.Clauses) < 2 || s.Clauses[0].Kind != french.MainClause || s.Clauses[0].SubjectHead < 0 || s.Clauses[0].Verb < 0 || s.Clauses[0].Subject.Start > longestOpening {
		return whole
	}
	var cuts []Span // from the end of one part to the start of the next
	for i, c := range s.Clauses {
		switch c.Kind {
		case french.ConditionalClause, french.CompletiveClause:
			return whole
		case french.CoordinateClause:
			if joint, ok := jointOf(&s, i); ok {
				cuts = append(cuts, joint)
			}
		}
	}
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
	if strings.Trim(said, ",") == "" || joint.End != c.Subject.Start {
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
