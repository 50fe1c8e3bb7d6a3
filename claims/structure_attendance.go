package claims

import (
	"fmt"
	"regexp"
	"strings"

	"contredit/document"
	"contredit/french"
)

var (
	saysThere  = regexp.MustCompile(`\b(?:j'etais|j'ai\s+(?:moi-meme\s+)?(?:assiste|participe|siege|preside)|je\s+l'ai\s+presidee?|etais\s+presente?|nous\s+etions|etait\s+(?:presente?|la)|a\s+(?:assiste|participe|siege)|avons\s+(?:[a-z]+\s+){0,4}(?:assiste|participe|siege))\b`)
	saysAlways = regexp.MustCompile(`\btoutes\s+les\s+(?:seances|reunions|rencontres)\b|\bchaque\s+(?:seance|reunion|rencontre)\b|\ba\s+toutes\b`)
	saysAway   = regexp.MustCompile(`\b(?:n'a\s+(?:meme\s+)?pas\s+(?:meme\s+)?(?:juge\s+utile\s+de\s+)?(?:venir|venue?|daigne|assiste|participe|siege)|n'est\s+(?:meme\s+)?pas\s+(?:venue?|presente?)|(?:etait|brillait\s+par\s+son)\s+absen(?:te?|ce)|n'etait\s+pas\s+(?:la|presente?))\b`)
	saysAll    = regexp.MustCompile(`\b(?:tous|toutes)\s+(?:les|nos)\b.*\b(?:etaient|autour\s+de\s+la\s+table|presents|venus|la)\b|\baucune?\s+ne\s+manquait\b|\bau\s+(?:grand\s+)?complet\b`)
	excusedAre = regexp.MustCompile(`(?i)^\s*(?:étaient\s+)?(?:excusé|absent)e?s?\b|\bétaient absents\b|\bse fait représenter\b|\bs['’]est fait représenter\b|\bretenue?\b[^.]{0,40}\breprésent`)
)

// structureAttendance compares who is said to have been at a meeting with its attendance
// list. A proxy is no presence; homonyms and members who are on no list say nothing.
func (l *Linker) structureAttendance(c Claim, a *Assertion) []Link {
	plain := plainOf(c.Quote).s
	there, always, away, all := saysThere.MatchString(plain), saysAlways.MatchString(plain), saysAway.MatchString(plain), saysAll.MatchString(plain)
	if !there && !away && !all || strings.HasSuffix(strings.TrimSpace(c.Quote), "?") {
		return nil
	}
	when := windowOf(a)
	if !when.told {
		return nil
	}
	named, hasBody := l.bodyIn(c.Quote)
	if always && (!hasBody || when.from == "") || !always && !when.exact && !hasBody {
		return nil
	}
	who := l.whoIsMeant(c, a, away)
	for _, s := range l.sittings() {
		if !when.holds(s.date) || hasBody && !s.isOf(named) && !sharesPlace(c.Quote, s) {
			continue
		}
		if !hasBody && !when.exact {
			continue
		}
		if k, ok := l.attendanceLink(c, s, who, there || always, away, all); ok {
			return []Link{k}
		}
	}
	return nil
}

// sharesPlace says that a claim names a meeting by a word of its own title: « comité de
// Lormeray » beside « comité de la ligne Aubrives – Lormeray ».
func sharesPlace(quote string, s sitting) bool {
	n := 0
	for _, t := range french.Terms(quote) {
		if !t.Stop && s.stems[t.Stem] {
			n++
		}
	}
	return n >= 2
}

// meant is whose presence a claim speaks of.
type meant struct {
	words []string // of the person's name
	group string   // union or group, folded; "" for one person
	label string   // to print
}

// whoIsMeant resolves « je », « nous » and names. An absence is always said of somebody else.
func (l *Linker) whoIsMeant(c Claim, a *Assertion, away bool) meant {
	if away {
		for _, m := range mentionsIn(c.Quote, l.directory) {
			label := strings.TrimSpace(m.civility + " " + m.name)
			if known, ok := l.directory.Resolve(label, "", c.Date); ok {
				return meant{words: nameWords(known.Name), label: known.Name}
			}
		}
		return meant{}
	}
	if c.Collective && outletOf(c.Speaker) == unionOutlet || c.Collective && len(nameWords(c.Speaker)) == 1 {
		return meant{group: french.Fold(c.Speaker), label: c.Speaker}
	}
	return meant{words: nameWords(c.Speaker), label: c.Speaker}
}

// attendanceLink compares one meeting with what is claimed of it.
func (l *Linker) attendanceLink(c Claim, s sitting, who meant, there, away, all bool) (Link, bool) {
	r := l.index.records[s.record]
	for i := range r.rows {
		e := l.index.evidence(r.first + i)
		listed := excusedAre.MatchString(e.Quote)
		switch {
		case all && listed && e.Speaker == "" && sharesSubject(c.Quote, e.Quote):
			return l.attendanceFound(c, e, ruleThereAll, "Nul n’est dit avoir manqué ; l’acte nomme des excusés ou des absents : %s.", 0.8), true
		case there && !all && listed && namesMeant(e.Quote, who):
			rule := ruleThere
			if who.group != "" {
				rule = ruleThereAlways
			}
			return l.attendanceFound(c, e, rule, "La déclaration dit que "+who.label+" y était ; l’acte consigne : %s.", 0.85), true
		case away && !listed && namesMeant(e.Quote, who) && presides(e.Quote, s, who):
			return l.attendanceFound(c, e, ruleAway, "La déclaration dit que "+who.label+" n’y était pas ; l’acte consigne : %s.", 0.85), true
		}
	}
	return Link{}, false
}

// namesMeant says that a sentence holds the whole name of a person, or the name of a group.
func namesMeant(quote string, who meant) bool {
	words := french.Words(strings.NewReplacer("-", " ", "(", " ", ")", " ").Replace(quote))
	if who.group != "" {
		for _, w := range words {
			if w == who.group {
				return true
			}
		}
		return false
	}
	if len(who.words) < 2 {
		return false
	}
	for i := 0; i+len(who.words) <= len(words); i++ {
		same := true
		for k, w := range who.words {
			same = same && words[i+k] == w
		}
		if same {
			return true
		}
	}
	return false
}

var (
	presidency  = regexp.MustCompile(`(?i)présidence|préside|président de séance|^\s*présents?\b|étaient présents`)
	lastsToOpen = regexp.MustCompile(`(?i)ouvre la séance|ouverte? .*par`)
)

// presides says that a sentence records somebody's presence: who chairs, or is listed.
func presides(quote string, s sitting, who meant) bool {
	if presidency.MatchString(quote) || lastsToOpen.MatchString(quote) {
		return true
	}
	if s.minute == nil {
		return false
	}
	for _, at := range s.minute.Attendance {
		if at.Presence == document.Present && strings.Join(nameWords(at.Name), " ") == strings.Join(who.words, " ") && presidency.MatchString(quote) {
			return true
		}
	}
	return false
}

// sharesSubject says that the list names people of the kind that the claim speaks of.
func sharesSubject(claim, list string) bool {
	theirs := map[string]bool{}
	for _, t := range french.Terms(list) {
		if !t.Stop {
			theirs[t.Stem] = true
		}
	}
	n := 0
	for _, t := range french.Terms(claim) {
		if !t.Stop && theirs[t.Stem] && !procedureStems[t.Stem] {
			n++
		}
	}
	return n >= 1
}

func (l *Linker) attendanceFound(c Claim, e Evidence, rule, text string, strength float64) Link {
	reason := Reason{
		Rule: rule, Kind: KindAttendance, ClaimSpan: Span{Start: 0, End: len(c.Quote)}, EvidenceSpan: Span{Start: 0, End: len(e.Quote)},
		Strength: strength, Text: fmt.Sprintf(text, guillemets(headOf(e.Quote))),
	}
	return structureLink(KindAttendance, []Evidence{e}, []Reason{reason}, Term{Name: "structure_attendance", Value: strength})
}
