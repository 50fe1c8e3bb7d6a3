package claims

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"contredit/french"
)

// Strengths of what the rules of presence read.
const (
	presenceSure   = 0.85 // both speak of one meeting
	presenceLikely = 0.6  // nothing says that it is another one
	actsTrust      = 0.9  // who acted must have been there
)

// comparePresence compares who is said to have been somewhere with who a record says was
// there. A proxy is no presence; who came late, left early or sat in by video was there.
func comparePresence(claim, record *Assertion) []Reason {
	said := claim.presenceOf()
	if len(said.hits) == 0 {
		return nil
	}
	noted := record.presenceOf()
	if len(noted.hits) == 0 && len(noted.people) == 0 && !absenceList.MatchString(plainOf(record.Text).s) || otherMeeting(claim, record) {
		return nil
	}
	if r, ok := compareQuorum(claim, record, said, noted); ok {
		return []Reason{r}
	}
	p := presencePair{claim: claim, record: record, noted: noted}
	if r, ok := p.full(said); ok {
		return []Reason{r}
	}
	if r, ok := p.setPresence(said); ok {
		return []Reason{r}
	}
	for _, h := range said.hits {
		if p.takes(h) {
			break
		}
	}
	if p.told == presenceUnsaid {
		return nil
	}
	if r, ok := p.reason(said); ok {
		return []Reason{r}
	}
	return nil
}

// presencePair is a claim of presence beside a record.
type presencePair struct {
	claim, record *Assertion
	noted         *presenceSaid
	hit           scaleHit
	told          presence
	vote          bool
	stayed        bool // to the end
	trust         float64
}

// takes says whether the claim's hit tells a presence as a fact, and keeps it.
func (p *presencePair) takes(h scaleHit) bool {
	s := &p.claim.Sentence
	head := s.Tokens[h.head(s)]
	modality := head.Modality
	if head.Clause < len(s.Clauses) {
		modality |= s.Clauses[head.Clause].Modality
	}
	if modality.Has(irrealis|french.Future|french.Order) || isAuxiliary(s, h) {
		return false
	}
	p.trust = 1
	switch h.scale.name {
	case presenceThere:
		p.told = h.told(s)
	case presenceActs:
		if head.Mood == french.InfinitiveMood {
			return false // « je tiens à saluer » is said from anywhere
		}
		p.told, p.trust = h.told(s), actsTrust
	case presenceMissed:
		if h.told(s) == presentThen {
			p.told = presentThen // « n'a rien manqué », but not « il manque des moyens »
		}
	case presenceStayed:
		p.told, p.stayed = presentThen, true
	case presenceAway:
		switch head.Lemma {
		case "absenter", "absent", "bouder", "boycotter", "excuser", "sécher", "absence":
			p.told = h.told(s)
		}
	case presenceVotes:
		if !head.Negated {
			p.told, p.vote = presentThen, true
		}
	}
	p.hit = h
	return p.told != presenceUnsaid
}

// isAuxiliary says whether the verb of a hit only helps another one: « je m'y suis engagée » tells of no place.
func isAuxiliary(s *french.Sentence, h scaleHit) bool {
	i := h.head(s)
	if s.Tokens[i].Lemma != "être" && s.Tokens[i].Lemma != "avoir" || s.Tokens[i].Clause >= len(s.Clauses) {
		return false
	}
	c := s.Clauses[s.Tokens[i].Clause]
	return c.Verb == i && c.Head > i && !slices.Contains(h.tokens, c.Head) && s.Tokens[c.Head].POS == french.Verb
}

// reason looks for the person of the claim among those of the record.
func (p *presencePair) reason(said *presenceSaid) (Reason, bool) {
	who, ok := p.subject(said)
	if !ok {
		return Reason{}, false
	}
	if who.body {
		p.noted = p.noted.withBodies(&p.record.Sentence, who.role)
	}
	states := p.noted.states(&p.record.Sentence, p.vote)
	if p.stayed {
		p.readDepartures(states)
	}
	if habit.MatchString(plainOf(p.claim.Text).s) {
		p.readShares(states)
	}
	found, at := presenceUnsaid, -1
	for i, o := range p.noted.people {
		if states[i] == presenceUnsaid || !who.same(o) {
			continue
		}
		state := states[i]
		if who.plural && o.alone && !o.plural && state == presentThen {
			state = absentThen // « le seul vice-président à l'agriculture »: the other one was not
		}
		switch {
		case found == presenceUnsaid, who.plural && state == absentThen, !who.plural && found == absentThen && state == presentThen && !p.vote, p.vote && state == outOfVote:
			found, at = state, i
		}
	}
	if at < 0 {
		return Reason{}, false
	}
	strength := p.sameMeeting(who, p.noted.people[at])
	if strength == 0 {
		return Reason{}, false
	}
	return p.found(found, p.noted.people[at], strength*p.trust)
}

// habit is said of all meetings or of none.
var habit = regexp.MustCompile(`\b(?:tou(?:te)?s\s+les|chaque|jamais|aucune?|pas\s+une|toujours|assidue?)\b`)

// readShares reads of how many meetings each was there: « M. Martin, 4 séances sur 11 ».
func (p *presencePair) readShares(states []presence) {
	s := &p.record.Sentence
	segments := segmentsOf(s)
	for _, f := range p.record.Figures {
		share, ok := f.Share()
		at := s.At(f.Start)
		if !ok || at < 0 || f.Unit == "%" {
			continue
		}
		for i, o := range p.noted.people {
			if o.last == "" && o.role == "" || segments[o.start] != segments[at] || o.end > at || p.noted.between(i, at) {
				continue
			}
			if states[i] = absentThen; share >= 1 {
				states[i] = presentThen
			}
		}
	}
}

// found makes a reason of what the claim tells and what the record has of the same person.
func (p *presencePair) found(state presence, o attendee, strength float64) (Reason, bool) {
	r := Reason{Kind: KindAttendance, ClaimSpan: spanOfTokens(&p.claim.Sentence, p.hit.tokens[0], p.hit.tokens[len(p.hit.tokens)-1]),
		EvidenceSpan: spanOfTokens(&p.record.Sentence, o.start, o.end-1), Strength: strength, Rule: ruleThere}
	if i := slices.IndexFunc(p.record.Figures, func(f french.Figure) bool { _, ok := f.Share(); return ok && f.Start > r.EvidenceSpan.End }); i >= 0 && len(p.noted.hits) == 0 {
		r.EvidenceSpan.End = p.record.Figures[i].End
	}
	for _, h := range p.noted.hits {
		if told := h.told(&p.record.Sentence); told == state {
			span := spanOfTokens(&p.record.Sentence, min(o.start, h.tokens[0]), max(o.end-1, h.tokens[len(h.tokens)-1]))
			if span.Len() < longestQuote {
				r.EvidenceSpan = span
				break
			}
		}
	}
	noted := guillemets(r.EvidenceSpan.In(p.record.Text))
	switch {
	case p.vote && state == outOfVote:
		r.Rule, r.Text = ruleNoVote, fmt.Sprintf("La déclaration dit un vote ; l’acte dit que la personne n’y a pas pris part : %s.", noted)
	case p.stayed && state == absentThen:
		r.Text = fmt.Sprintf("La déclaration dit une présence jusqu’au bout ; l’acte consigne un départ ou une absence : %s.", noted)
	case p.vote:
		return r, false // a proxy votes, and who was there may have voted
	case p.told == presentThen && state == absentThen:
		r.Text = fmt.Sprintf("La déclaration dit une présence ; l’acte consigne une absence : %s.", noted)
	case p.told == absentThen && state == presentThen:
		r.Rule, r.Text = ruleAway, fmt.Sprintf("La déclaration dit une absence ; l’acte consigne une présence : %s.", noted)
	default:
		r.Supports, r.Text = true, fmt.Sprintf("L’acte dit de même : %s.", noted)
	}
	return r, true
}

func spanOfTokens(s *french.Sentence, first, last int) Span {
	return Span{Start: s.Tokens[first].Start, End: s.Tokens[last].End}
}

// subject is whom the claim puts somewhere: who is named, else the function nearest before the
// word of presence. « Je » is the speaker.
func (p *presencePair) subject(said *presenceSaid) (attendee, bool) {
	s := &p.claim.Sentence
	clause := s.Tokens[p.hit.head(s)].Clause
	speaks := clause < len(s.Clauses) && s.Clauses[clause].SubjectHead >= 0 && slices.Contains([]string{"je", "j'", "nous"}, s.Tokens[s.Clauses[clause].SubjectHead].Text)
	if words := nameWords(p.claim.Speaker); speaks && len(words) > 1 {
		return attendee{first: words[0], last: words[len(words)-1]}, true
	}
	if who, ok := subjectAmong(s, clause, said.people); ok && !speaks {
		return who, true
	}
	if speaks && p.hit.scale.name == presenceActs {
		return attendee{}, false // « je vous entends, madame Martin »: who speaks is not told
	}
	best, distance := attendee{}, 1<<30
	states := said.states(s, false)
	for i, o := range said.people {
		d := p.hit.tokens[0] - o.end
		if d < 0 {
			d = 1000 + o.start // said after it: « …, assure Solène Kergoat »
		}
		switch {
		case o.governed || speaks && (o.last == "" || states[i] == absentThen):
			continue // « puisque M. Martin était retenu »
		case o.last == "" && d >= 1000:
			continue
		case o.last != "" && d < 1000:
			d -= 3 // « le maire Lacaze »: the name tells more
		}
		if d < distance {
			best, distance = o, d
		}
	}
	return best, distance < 1<<30
}

// subjectAmong finds the grammatical subject of a clause among those named; a noun that names
// none of them stands for a body: « les pompiers », « la région ».
func subjectAmong(s *french.Sentence, clause int, people []attendee) (attendee, bool) {
	if clause >= len(s.Clauses) || s.Clauses[clause].SubjectHead < 0 {
		return attendee{}, false
	}
	head := s.Clauses[clause].SubjectHead
	for _, o := range people {
		if o.start <= head && head < o.end {
			return o, true
		}
	}
	t := s.Tokens[head]
	if t.POS != french.Noun || t.Stop || isCivility(t.Text) || !isLetters(t.Text) {
		return attendee{}, false
	}
	w := frameWords().themeWord(frameWords().themeStem(t), 1, false)
	return attendee{role: bodyRole + w.group, body: true, plural: isPlural(t), start: head, end: head + 1}, !w.weak && len(t.Text) > 3
}

// bodyRole opens the name of a body that is no function of presence.tsv.
const bodyRole = "#"

// withBodies adds those nouns of a record that may name a body of the claim.
func (p *presenceSaid) withBodies(s *french.Sentence, role string) *presenceSaid {
	more := &presenceSaid{hits: p.hits, people: slices.Clone(p.people)}
	for i, t := range s.Tokens {
		if t.POS != french.Noun || t.Stop {
			continue
		}
		if w := frameWords().themeWord(frameWords().themeStem(t), 1, false); bodyRole+w.group == role {
			more.people = append(more.people, attendee{role: role, body: true, plural: isPlural(t), governed: governs(s, i), start: i, end: i + 1})
		}
	}
	return more
}

// full compares a meeting that nobody is said to have missed with a record that names who did.
func (p *presencePair) full(said *presenceSaid) (Reason, bool) {
	i := slices.IndexFunc(said.hits, func(h scaleHit) bool { return h.scale.name == presenceFull })
	if i < 0 || votes(p.claim) {
		return Reason{}, false // « pas une voix n'a manqué à l'appel » is said of a ballot
	}
	p.hit, p.told, p.trust = said.hits[i], presentThen, 1
	for k, state := range p.noted.states(&p.record.Sentence, false) {
		if o := p.noted.people[k]; state == absentThen {
			if strength := p.sameMeeting(attendee{}, o); strength > 0 {
				r, ok := p.found(absentThen, o, strength)
				r.Rule = ruleThereAll
				return r, ok
			}
		}
	}
	return Reason{}, false
}

// readDepartures reads who left before the end.
func (p *presencePair) readDepartures(states []presence) {
	s := &p.record.Sentence
	segments := segmentsOf(s)
	for _, h := range p.noted.hits {
		if h.scale.name != presenceGone || s.Tokens[h.head(s)].Negated {
			continue
		}
		for i, o := range p.noted.people {
			if segments[o.start] == segments[h.tokens[0]] && o.end <= h.tokens[0] && !p.noted.between(i, h.tokens[0]) && h.mayBeSaidOf(s, o) {
				states[i] = absentThen
			}
		}
	}
}

var dayMonth = regexp.MustCompile(`\b(\d{1,2}|1er)\s+(janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)\b(?:\s+(20\d\d))?`)

var monthNames = [...]string{"janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre"}

// otherMeeting says whether the two name different days, or different institutions.
func otherMeeting(claim, record *Assertion) bool {
	if a, b := bodyClassIn(claim.Text), bodyClassIn(record.Text); a != "" && b != "" && a != b {
		return true
	}
	mine, theirs := dayMonth.FindAllStringSubmatch(plainOf(claim.Text).s, -1), dayMonth.FindAllStringSubmatch(plainOf(record.Text).s, -1)
	if len(theirs) == 0 && !record.Day.IsZero() {
		theirs = [][]string{{"", strconv.Itoa(record.Day.Day()), monthNames[record.Day.Month()-1], strconv.Itoa(record.Day.Year())}}
	}
	if len(mine) == 0 || len(theirs) == 0 {
		return false
	}
	for _, m := range mine {
		for _, t := range theirs {
			if strings.TrimSuffix(m[1], "er") == strings.TrimSuffix(t[1], "er") && m[2] == t[2] && (m[3] == "" || t[3] == "" || m[3] == t[3]) {
				return false
			}
		}
	}
	return true
}

// sameMeeting says how surely the record speaks of the meeting of the claim: by the day, or by
// what stands before the person in the record. Zero when nothing says so.
func (p *presencePair) sameMeeting(who, o attendee) float64 {
	if dayMonth.MatchString(plainOf(p.claim.Text).s) && dayMonth.MatchString(plainOf(p.record.Text).s) {
		return presenceSure
	}
	segments := segmentsOf(&p.record.Sentence)
	l, known := frameWords(), map[string]bool{}
	for i, t := range p.record.Sentence.Tokens {
		if carriesTheme(t) && segments[i] <= segments[o.start] && (i < o.start || i >= o.end) {
			known[l.themeWord(l.themeStem(t), 1, false).group] = true
		}
	}
	for _, t := range p.record.Around {
		known[l.themeWord(t.Stem, 1, false).group] = true
	}
	telling, shared := 0, 0
	for i, t := range p.claim.Sentence.Tokens {
		if !carriesTheme(t) || isCivility(t.Text) || i >= who.start && i < who.end || slices.Contains(p.hit.tokens, i) || t.Text == who.first || t.Text == who.last {
			continue
		}
		w := l.themeWord(l.themeStem(t), 1, false)
		if w.group == who.of {
			continue
		}
		if known[w.group] {
			shared++
		}
		if !w.weak {
			telling++
		}
	}
	switch {
	case shared > 0:
		return presenceSure
	case telling == 0:
		return presenceLikely
	}
	return 0
}

// compareQuorum compares a sitting that is said to have been held with one that could not.
func compareQuorum(claim, record *Assertion, said, noted *presenceSaid) (Reason, bool) {
	held := func(p *presenceSaid, class string) (scaleHit, bool) {
		for _, h := range p.hits {
			if h.scale.name == class {
				return h, true
			}
		}
		return scaleHit{}, false
	}
	x, ok := held(said, presenceQuorum)
	y, also := held(noted, presenceNoQuorum)
	if !ok || !also || claim.Sentence.Tokens[x.head(&claim.Sentence)].Negated {
		return Reason{}, false
	}
	r := Reason{Rule: ruleQuorum, Kind: KindAttendance, Strength: presenceSure, ClaimSpan: spanOfTokens(&claim.Sentence, x.tokens[0], x.tokens[len(x.tokens)-1]),
		EvidenceSpan: spanOfTokens(&record.Sentence, y.tokens[0], y.tokens[len(y.tokens)-1])}
	r.Text = fmt.Sprintf("La déclaration dit la séance tenue ou le quorum réuni ; l’acte dit le contraire : %s.", guillemets(r.EvidenceSpan.In(record.Text)))
	return r, true
}
