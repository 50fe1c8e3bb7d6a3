package claims

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"contredit/french"
)

// absenceList opens the line of minutes that lists who was not there. Plain forms.
var absenceList = regexp.MustCompile(`^\W*(?:(?:membres?|elus?|conseillere?s?|etaient|sont|ont ete|avaient)\s+)*(?:absente?s?|excusee?s?)\b(?:\s+(?:absente?s?|excusee?s?|non excusee?s?|sans (?:etre excusee?s?|excuse)|ayant donne (?:pouvoir|procuration)|representee?s?))*`)

// setPresence compares a set all of which is said to have been at a meeting (« tous les maires étaient là »,
// « pas un syndicat ne manquait ») with a record that lists some of it as absent.
func (p *presencePair) setPresence(said *presenceSaid) (Reason, bool) {
	q, ok := p.wholeThere(said)
	if !ok || votes(p.claim) { // « pas une voix n'a manqué » is said of a ballot
		return Reason{}, false
	}
	away, ok := p.awayIn()
	if !ok {
		return Reason{}, false
	}
	member, ok := p.memberAway(p.claim.Sentence.Tokens[q.Head], away)
	if !ok {
		return Reason{}, false
	}
	strength := p.meetingOfSet(q, member)
	if strength == 0 {
		return Reason{}, false
	}
	whole := Span{Start: q.Start, End: max(q.End, p.claim.Sentence.Tokens[q.Head].End)}
	return Reason{Rule: ruleThereAll, Kind: KindAttendance, ClaimSpan: whole, EvidenceSpan: member, Strength: strength,
		Text: fmt.Sprintf("La déclaration dit que nul ne manquait (%s) ; l’acte en consigne l’absence : %s.", guillemets(whole.In(p.claim.Text)), guillemets(member.In(p.record.Text)))}, true
}

// wholeThere is the set that the claim puts at the meeting as a whole.
func (p *presencePair) wholeThere(said *presenceSaid) (french.Quantifier, bool) {
	s := &p.claim.Sentence
	for _, h := range said.hits {
		head := s.Tokens[h.head(s)]
		if head.Modality.Has(irrealis | french.Future | french.Order) {
			continue
		}
		there := (h.scale.name == presenceThere || h.scale.name == presenceStayed) && h.told(s) != absentThen || h.scale.name == presenceFull
		missing := h.scale.name == presenceAway || h.scale.name == presenceMissed
		for _, q := range s.Quantifiers {
			if q.Head < 0 || isDateWord(s.Tokens[q.Head].Text) || meetingSets[s.Tokens[q.Head].Stem] || q.Start > s.Tokens[h.tokens[0]].Start {
				continue
			}
			whole := q.Kind == french.All || q.Kind == french.Every
			if there && whole || missing && q.Kind == french.None {
				p.hit = h
				return q, true
			}
		}
	}
	return french.Quantifier{}, false
}

// awayIn is the part of the record that lists or tells who was not there.
func (p *presencePair) awayIn() (Span, bool) {
	plain := plainOf(p.record.Text)
	if m := absenceList.FindStringIndex(plain.s); m != nil {
		return Span{Start: plain.span(Span{Start: m[0], End: m[1]}).Start, End: len(p.record.Text)}, true
	}
	for _, h := range p.noted.hits {
		if (h.scale.name == presenceAway || h.scale.name == presenceThere) && h.told(&p.record.Sentence) == absentThen {
			return Span{Start: 0, End: len(p.record.Text)}, true
		}
	}
	return Span{}, false
}

// unionSets and councilSets are the sets whose members go by an acronym, or by a function.
var (
	unionSets   = stemSet("syndicat syndicats organisation organisations")
	meetingSets = stemSet("réunion réunions séance séances commission comité conseil session assemblée rencontre rendez-vous fois étape instance")
	councilSets = stemSet("élus élu conseillers conseiller adjoints adjoint équipe majorité opposition membres groupe")
	memberRoles = []string{"adjoint", "conseill", "elu", "maire", "vice-president", "depute", "delegue"}
)

// memberAway finds one of the set among those away.
func (p *presencePair) memberAway(set french.Token, away Span) (Span, bool) {
	l := frameWords()
	group := l.groupOf(set)
	for _, t := range p.record.Sentence.Tokens {
		if t.Start < away.Start || t.End > away.End || t.POS != french.Noun && t.POS != french.Adjective {
			continue
		}
		if l.groupOf(t) == group || sameRoot(t.Stem, set.Stem) {
			return Span{Start: t.Start, End: t.End}, true
		}
	}
	for i, t := range p.record.Sentence.Tokens {
		if t.Start < away.Start || t.End > away.End {
			continue
		}
		word := t.In(p.record.Text)
		switch {
		case unionSets[set.Stem] && isAcronym(word):
			return Span{Start: t.Start, End: t.End}, true
		case councilSets[set.Stem] && slices.ContainsFunc(memberRoles, func(role string) bool { return strings.HasPrefix(t.Text, role) }):
			return Span{Start: p.record.Sentence.Tokens[max(i-1, 0)].Start, End: t.End}, true
		}
	}
	return Span{}, false
}

// isAcronym says whether a word is written as an acronym is: two to eight capitals.
func isAcronym(word string) bool {
	n := 0
	for _, r := range word {
		if !unicode.IsUpper(r) {
			return false
		}
		n++
	}
	return n >= 2 && n <= 8
}

// sameRoot takes « directions » for « directeurs ».
func sameRoot(a, b string) bool {
	const root = 6
	return len(a) >= root && len(b) >= root && a[:root] == b[:root]
}

// meetingOfSet says how surely both speak of one meeting: by its day, or by what the claim calls it.
func (p *presencePair) meetingOfSet(q french.Quantifier, member Span) float64 {
	day := dayMonth.MatchString(plainOf(p.claim.Text).s)
	if day && (!p.record.Day.IsZero() || dayMonth.MatchString(plainOf(p.record.Text).s)) {
		return presenceSure // otherMeeting has compared the days
	}
	at := max(p.record.Sentence.At(member.Start), 0)
	who := attendee{start: q.Head, end: q.Head + 1} // « les maires du canton »: its complement names no meeting
	for i, t := range p.claim.Sentence.Tokens {
		if q.Scope.Contains(t.Span) {
			who.start, who.end = min(who.start, i), max(who.end, i+1)
		}
	}
	return min(p.sameMeeting(who, attendee{start: at, end: at + 1}), presenceLikely)
}
