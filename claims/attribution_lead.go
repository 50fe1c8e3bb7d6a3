package claims

import (
	"regexp"
	"slices"
	"strings"

	"contredit/document"
	"contredit/french"
)

// announcedBy says who speaks a quotation by the clause that stands before it: « X déclare : »,
// « X affirme que », « Pour X, ». Without a name it is nobody, when the clause speaks of another
// than the one quoted before. announces says that the clause is no claim by itself.
func (a *attribution) announcedBy(base int, text string, lead document.Span, previous voice) (v voice, announces, ok bool) {
	part := strings.TrimRight(lead.In(text), " \u00a0\u202f\n")
	sentences := french.Sentences(part)
	if len(sentences) == 0 {
		if before := strings.TrimRight(text[:lead.Start], " \u00a0\u202f\n"); whoGoesOn.MatchString(before) {
			return a.lastBefore(base, base+len(before))
		}
		return voice{}, false, false
	}
	last := sentences[len(sentences)-1].Shift(lead.Start)
	clause := last.In(text)
	announces = strings.HasSuffix(part, ":")
	if isUnsaid(clause) && hasReporting(clause) {
		return voice{}, announces, true
	}
	if !announces && strings.ContainsAny(lastOf(part), ".!?…") {
		return voice{}, false, false
	}
	if announces {
		if v, ok = a.personIn(base+last.Start, clause); ok {
			return v, true, true
		}
		if saidOnAThing.MatchString(clause) || hasReporting(clause) && !goesOn.MatchString(clause) {
			return voice{}, true, true
		}
		return previous, true, previous.name != ""
	}
	if whoGoesOn.MatchString(clause) {
		return a.lastBefore(base+last.Start, base+last.End)
	}
	if v, ok = a.indirect(base+last.Start, clause+" "); ok {
		v.reported = false
		return v, false, true
	}
	return voice{}, false, endsTelling.MatchString(clause) && endsReporting(clause) && !goesOn.MatchString(clause)
}

// isUnsaid says that a clause tells what somebody did not say: « n’a jamais affirmé ». What one
// does not deny, one says.
func isUnsaid(clause string) bool {
	m := unsaid.FindStringIndex(clause)
	return m != nil && !undenied.MatchString(clause[m[0]:])
}

var (
	unsaid   = regexp.MustCompile(`(?:\s|^)(?:ne\s|n['’])(?:(?:l['’]|le\s|lui\s|leur\s|nous\s)?)(?:(?:a|ont|avait|avaient)\s+(?:jamais|pas|nullement|point)\s+\p{L}+|\p{L}+\s+(?:jamais|pas|nullement|point))(?:\s*:|\s+que|\s+qu['’])?$|^(?:Personne|Nul)\s`)
	undenied = regexp.MustCompile(`(?:cach|conteste|contesté|démen|disconv|dissimul|doute|exclu|ignor|manqu|ni[eé]|oubli)`)
)

// lastBefore is the person named last in a stretch: « reproche A à B, qui rétorque : ».
func (a *attribution) lastBefore(from, to int) (v voice, announces, ok bool) {
	for _, m := range slices.Backward(a.mentions) {
		if m.Start >= from && m.End <= to {
			return a.mentionVoice(m), false, true
		}
	}
	return voice{}, false, false
}

var (
	// whoGoesOn ends in the answer of the person named just before: « …, qui rétorque : ».
	whoGoesOn = regexp.MustCompile(`,\s*qui\s+(?:lui\s+|leur\s+)?(?:a\s+)?(?:affirme|ajoute|assure|explique|lance|objecte|précise|rappelle|réplique|rétorque|répond|répondu)\s*(?::|que)$`)
	// saidOnAThing is what no person says: « Sur la banderole : ».
	saidOnAThing = regexp.MustCompile(`^(?i:au|aux|dans|sous|sur)\s`)
	// goesOn opens what the one who spoke before adds: « Et d’ajouter : ».
	goesOn      = regexp.MustCompile(`^(?i:et|puis|avant|mais|ou|pour)\s`)
	endsTelling = regexp.MustCompile(`\s(?:que|qu['’])$`)
	// teller is an incise whose verb has a subject after it, be it « on » or a thing.
	teller = regexp.MustCompile(`^\s*,\s*(?:(?:s['’]|se\s+|l['’])?(?:\p{L}+-)+(?:t-)?on\b)|^\s*:\s*(?:c['’]est|voilà|telles?\s|tels?\s)`)
)

// tellsOfSomebody says that the words after a quotation are an incise of somebody.
func tellsOfSomebody(tail string) bool {
	return teller.MatchString(tail) || inciseVerb.MatchString(tail) && opensReporting(strings.TrimLeft(tail, ", \u00a0\u202f"))
}

// inciseVerb opens an incise that names its subject after the verb: « , dit d’Artagnan ».
var inciseVerb = regexp.MustCompile(`^\s*,\s*(?:s['’]|se\s+|l['’])?(?:(?:a|ont|avait|est)\s+)?\p{Ll}+\s+\p{L}`)
