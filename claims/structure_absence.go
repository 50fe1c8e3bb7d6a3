package claims

import (
	"regexp"
	"strconv"
	"strings"

	"contredit/french"
)

// broughtBefore are the words by which a subject is said to have come before a body. From
// statements of councils and unions, November 2026; plain forms.
var broughtBefore = regexp.MustCompile(`\b(?:consulte|concerte|negocie|sollicite|averti|saisi|presente|debatt(?:re|u)|evoque|inscrit|soumis|examine|discute|aborde|expose|entendu|etudie|detaille|delibere|signale|alerte|valide|approuve|echange|travaille\s+(?:[a-z' -]{0,30}\s)?(?:sur|avec|en)|planche|transmis\s+(?:a|au|aux)|remis\s+(?:a|au|aux)|rendu\s+compte|parle\s+(?:de|en|au|a)|vu\s+(?:en|par)|porte[es]?\s+(?:devant|a\s+l'ordre|a\s+la\s+connaissance)|mis[es]?\s+(?:sur\s+la\s+table|a\s+l'ordre|au\s+debat|en\s+debat|au\s+vote)|entre\s+les\s+mains|tenue?s?\s+au\s+courant|vote[es]?\s+(?:par|en|au)|(?:eu|tenu|ouvert)\s+(?:un|le|ce|des)\s+(?:debat|echange|discussion)s?|pu\s+(?:en\s+)?(?:debattre|discuter|donner)|en\s+a(?:it|vait)?\s+(?:eu\s+connaissance|debattu|discute)|eu\s+a\s+(?:en\s+)?(?:connaitre|debattre|discuter|examiner)|passe[es]?\s+(?:(?:une|deux|trois|plusieurs|\d+)\s+fois\s+)?(?:en|devant|par)|a\s+l'ordre\s+du\s+jour|(?:fait|faisait)\s+l'objet|(?:tenu|tient|tenons)\s+informe|informe|associe|eu\s+connaissance|(?:rendu|donne|emis|exprime|recueilli|pris)\s+(?:(?:un|son|l'|leur)\s*)?(?:avis|accord)|s'(?:est|etait)\s+(?:penche|prononce|saisi|reuni)|(?:un|le)\s+point\s+(?:regulier|d'etape|complet|precis)|tranche|acte\s+(?:en|par|lors))`)

// asksOf are claims that say the contrary, or only mean to.
var asksOf = regexp.MustCompile(`\b(?:jamais|aucune?|n'a\s+pas|n'ont\s+pas|ne\s+(?:sera|seront|figure)|pas\s+ete|sera|seront|serait|devrait|doit\s+etre|demand(?:e|es|ent|ons|ait|aient|er|era)\b|refus(?:e|es|ent|ons|ait|aient|er|era)\b)`)

// structureAbsence looks for a subject that a claim says to have come before a body: when no
// meeting of the body in the period says a word of it, that is said with the meetings that
// were looked through and those that are missing. It is no contradiction.
func (l *Linker) structureAbsence(c Claim, a *Assertion) []Link {
	plain := plainOf(c.Quote).s
	brought := broughtBefore.FindStringIndex(plain)
	if brought == nil || asksOf.MatchString(plain) || a.Sentence.Negated || strings.HasSuffix(strings.TrimSpace(c.Quote), "?") {
		return nil
	}
	named, ok := l.bodyIn(c.Quote)
	when := windowOf(a)
	if !ok || named.class == "assembly" && !when.told || when.exact || when.to == "" || a.Day.IsZero() || saysThere.MatchString(plain) {
		return nil // a body and a period: without both, silence proves nothing
	}
	if when.from == "" {
		when.from = isoDay(a.Day.AddDate(-1, 0, 0)) // what is told without a date was lately
	}
	words := l.absentWords(c, a, named, when)
	if len(words) == 0 {
		return nil
	}
	absence := &Absence{From: when.from, To: when.to, Topic: strings.Join(printed(words), ", ")}
	read, traces := map[string]bool{}, l.traces(words)
	for _, s := range l.sittings() {
		if !when.holds(s.date) || !s.isOf(named) || !s.formal {
			continue
		}
		r := l.index.records[s.record]
		if traces[int32(s.record)] {
			return nil
		}
		absence.Body = firstFilled(absence.Body, named.name, s.body, r.Document.Body)
		absence.Read = append(absence.Read, Meeting{Body: s.body, Date: s.date, URL: r.Document.URL, Title: r.Title, State: "read", Known: "record"})
		read[s.date] = true
	}
	found := len(absence.Read)
	absence.Read = ofCouncil(c.URL, absence.Read)
	if len(absence.Read) == 0 {
		return nil
	}
	bodies := map[string]bool{}
	if len(absence.Read) < found { // of several councils
		clear(read)
		for _, m := range absence.Read {
			read[m.Date], bodies[m.Body] = true, true
			bodies[l.index.records[l.index.of[m.URL]].Document.Body] = true
		}
		absence.Body = firstFilled(named.name, absence.Read[0].Body)
	}
	for _, m := range l.Calendar {
		if l.classOf(m.Body) == named.class && when.holds(m.Date) && !read[m.Date] && (len(bodies) == 0 || bodies[m.Body]) {
			absence.Missing = append(absence.Missing, m)
		}
	}
	return []Link{l.absenceLink(c, named, when, absence)}
}

// absentWords are the words of a claim that say what was brought before the body: those that
// tell the most. A claim that only says « il », « en » or « ce dossier » speaks of the item of the agenda under
// which it stands, or that was announced; without one nothing is known of it.
func (l *Linker) absentWords(c Claim, a *Assertion, named bodyNamed, when window) []french.Term {
	own, around := l.subjectOf(c, a, named, true, when)
	if words := tellingWords(a, a.Terms, own); len(words) > 0 {
		return words
	}
	if !taken.MatchString(plainOf(c.Quote).s) {
		return nil
	}
	if c.Topic == "" || !strings.Contains(c.Heading, "\n"+c.Topic) { // the title of it all is no item
		return nil
	}
	item := l.reader.read(c.Topic, "", "")
	if names := namesAmong(item); len(names) > 0 { // « l'assistant Ardoise »: others assist, too
		return names
	}
	return tellingWords(item, item.Terms, around)
}

// namesAmong are the names in a text, however often minutes speak of them.
func namesAmong(a *Assertion) []french.Term {
	var words []french.Term
	for i, t := range a.Sentence.Tokens {
		if !carriesTheme(t) || i == 0 || t.In(a.Text) == french.Lower(t.In(a.Text)) {
			continue
		}
		for _, w := range a.Terms {
			if w.Overlaps(t.Span) {
				w.Text = w.In(a.Text)
				words = append(words, w)
			}
		}
	}
	return words
}

func tellingWords(a *Assertion, terms []french.Term, own subject) []french.Term {
	var words []french.Term
	seen := map[string]bool{}
	for _, t := range terms {
		if own[t.Stem] >= leastTelling && !seen[t.Stem] && namesThing(a, t) {
			seen[t.Stem] = true
			t.Text = t.In(a.Text) // as it is shown
			words = append(words, t)
		}
	}
	return words
}

// namesThing says whether a word is the noun or the name of a thing: « servis aux lycéens » is about lycéens.
func namesThing(a *Assertion, t french.Term) bool {
	i := a.Sentence.At(t.Start)
	if i < 0 {
		return true
	}
	switch a.Sentence.Tokens[i].POS {
	case french.Noun, french.ProperNoun, french.UnknownPOS:
		return true
	}
	return false
}

// leastTelling is how rare a word has to be to stand for a subject: « télétravail » is,
// « clarté » may be, « dossier » is not.
const leastTelling = 0.42

func printed(words []french.Term) []string {
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = w.Text
	}
	return list
}

// traces are the records of formal meetings whose text holds one of the words, in any form: in doubt there is
// a trace. Of words that mean about the same two are needed, for two words of the claim: « titres-restaurant »
// alone is no trace of the meals of the lycées.
func (l *Linker) traces(words []french.Term) map[int32]bool {
	found, near := map[int32]bool{}, map[int32]int{}
	for _, w := range words {
		l.inMinutes(w.Stem, func(record int32) { found[record] = true })
		alike := map[int32]bool{}
		for other, weight := range widened(map[string]bool{w.Stem: true}) {
			if weight >= synonymWeight && l.telling(other) >= leastTelling {
				l.inMinutes(other, func(record int32) { alike[record] = true })
			}
		}
		for record := range alike {
			if near[record]++; near[record] > 1 || len(words) == 1 {
				found[record] = true
			}
		}
	}
	return found
}

// inMinutes visits the records of formal meetings that hold a stem.
func (l *Linker) inMinutes(stem string, visit func(record int32)) {
	if number, known := l.index.words[stem]; known {
		list := l.index.inMinutes[number]
		list.each(func(record int32, _ float64) { visit(record) })
	}
}

func counted(n int, one, many string) string {
	if n > 1 {
		one = many
	}
	return strconv.Itoa(n) + " " + one // zero is singular in French
}

func (l *Linker) absenceLink(c Claim, named bodyNamed, when window, absence *Absence) Link {
	var evidence []Evidence
	for _, m := range absence.Read {
		evidence = append(evidence, Evidence{URL: m.URL, Title: m.Title, Body: firstFilled(absence.Body, m.Body), Date: m.Date, Role: "record"})
	}
	for i, e := range evidence {
		evidence[i].Visibility = l.index.records[l.index.of[e.URL]].Document.Visibility
	}
	held := len(absence.Read) + len(absence.Missing)
	reason := Reason{
		Rule: ruleNoTrace, Kind: KindAbsence, Strength: 0.7, ClaimSpan: Span{Start: named.Start, End: min(named.End, len(c.Quote))},
		Text: "Aucune trace dans " + counted(len(absence.Read), "compte rendu lu", "comptes rendus lus") + " sur " + counted(held, "réunion connue", "réunions connues") +
			" de la période ; " + counted(len(absence.Missing), "manquant", "manquants") + ".",
	}
	covered := float64(len(absence.Read)) / float64(held)
	k := structureLink(KindAbsence, evidence, []Reason{reason}, Term{Name: "structure_absence", Value: 0.72}, Term{Name: "structure_coverage", Value: covered})
	k.Absence = absence
	return k
}
