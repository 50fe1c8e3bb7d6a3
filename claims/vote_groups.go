package claims

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"contredit/french"
)

// stance is a set of ways to vote: « n'a pas voté contre » leaves two open.
type stance uint8

const (
	stanceFor stance = 1 << iota
	stanceAgainst
	stanceAbstain
	stanceNoPart
	stanceAll = stanceFor | stanceAgainst | stanceAbstain | stanceNoPart
)

// voter is a group, a union or a person that a text names, and how it is said to have voted.
type voter struct {
	Span   // in the plain text
	name   string
	stance stance
	at     Span // of the words that say how
}

var (
	// stanceWords are the words that say how somebody voted, « pour » and « contre » alone only
	// where they head a list or follow a number.
	stanceWords = []struct {
		stance stance
		form   *regexp.Regexp
	}{
		{stanceAgainst, regexp.MustCompile(`\bvot[a-z]*\s+contre\b|\b(?:avis|vote)\s+(?:negatif|contraire|defavorable)|\bdefavorable(?:ment|s)?\b|\b(?:s'(?:y\s+)?(?:est|etait|etant|oppose|opposent|opposant)|se\s+sont|s'etaient|s'etant|s'y\s+(?:etant|sont|est))\s*(?:[a-z]+\s+)?oppos[a-z]+|\bs'(?:y\s+)?oppos[a-z]+|\bopposition\s+(?:de|du|des)\b|\b(?:le|la|les|l'ont|l'a|ont|a)\s*(?:rejetant|rejetee?|rejettent|repoussant|combattant|refusant|repoussee?|refusee?)\b|\bprononc[a-z]+\s+contre|\bcontre\s*[:,=(]|\bcontre\s*,|\b\d+\s+(?:voix\s+)?contre\b`)},
		{stanceAbstain, regexp.MustCompile(`\babst[a-z]+`)},
		{stanceNoPart, regexp.MustCompile(`\bne\s+(?:prend|prennent|prenant|participe|participent|participant)\s+pas(?:\s+part)?\s+(?:au\s+(?:vote|scrutin)|a\s+la\s+deliberation)|\bne\s+se\s+prononc(?:e|ent|ant)\s+pas|\bnppv\b|\bn'(?:a|ont|ayant)\s+pas\s+pris\s+part\s+au\s+(?:vote|scrutin)`)},
		{stanceFor, regexp.MustCompile(`\bvot[a-z]*\s+(?:pour|en\s+faveur|le|la|les|l'|ce|cette|ces|favorablement)\b|\b(?:avis|vote)\s+(?:positif|favorable)|\bfavorable(?:ment|s)?\b|\bapprouv[a-z]+|\bsoutien[a-z]*|\bsouten[a-z]+|\bprononc[a-z]+\s+(?:pour|en\s+faveur)|\bpour\s*[:,=(]|\b\d+\s+(?:voix\s+)?pour\b(?:\s*[(;,.])|\b(?:recueill|obtien)[a-z]+\s+\S+\s+voix\b|\bdit\s+oui\b|\bdonne\s+(?:son|leur)\s+accord`)},
	}
	voterNamed  = regexp.MustCompile(`«\s*[^«»]{2,60}?\s*»|\b(?:groupes?|liste|elue?s\s+de|elue?s\s+du\s+groupe|membres\s+de|parti)\s+(?:de\s+la\s+|de\s+l'|du\s+|des\s+|de\s+|d'|la\s+|le\s+|les\s+)?[a-z][a-z'-]+(?:\s+[a-z][a-z'-]+){0,3}`)
	voterPlain  = regexp.MustCompile(`\b(?:ecologistes|socialistes|communistes|centristes|radicaux|republicains|independants|insoumis|la\s+droite|la\s+gauche|le\s+centre|l'opposition|d'opposition|la\s+majorite)\b|\bdroite\b|\bgauche\b`)
	voterPerson = regexp.MustCompile(`\b(?:m\.|mme|mm\.|mmes|monsieur|madame)\s+[a-z][a-z'-]+(?:\s+[a-z][a-z'-]+)?`)
	// voterBodies are acronyms of those who hold the vote, of texts and of things.
	voterBodies = map[string]bool{"cst": true, "csa": true, "cse": true, "cap": true, "chsct": true, "ca": true, "cp": true, "ceser": true, "plu": true, "plui": true,
		"rifseep": true, "ia": true, "ehpad": true, "sdis": true, "ccas": true, "zac": true, "dob": true, "ddt": true, "abf": true, "rh": true, "tva": true, "ht": true, "ttc": true,
		"nppv": true, "dsp": true, "epci": true, "sem": true, "spl": true, "aesh": true, "tjm": true, "rtt": true, "ars": true, "csg": true, "teom": true}
	voterLeads = regexp.MustCompile(`^(?:groupes?|listes?|elue?s|membres|parti|du|de|des|d'|la|le|les|l'|«|»|\s|m\.|mm\.|mme|mmes|monsieur|madame)+\s*`)
)

// votersIn finds those whom a text names as voters.
func votersIn(p plainText) []voter {
	var list []voter
	add := func(s Span, name string) {
		name = voterLeads.ReplaceAllString(strings.TrimSpace(name)+" ", "")
		name = strings.TrimSpace(strings.Trim(name, "«» ,.;:"))
		if name == "" || slices.ContainsFunc(list, func(v voter) bool { return v.Start < s.End && s.Start < v.End }) {
			return
		}
		list = append(list, voter{Span: s, name: name})
	}
	for _, m := range voterNamed.FindAllStringIndex(p.s, -1) {
		text := p.span(Span{Start: m[0], End: m[1]}).In(p.of)
		if end := namedEnd(text); end > 0 {
			s := Span{Start: m[0], End: m[0] + len(plainOf(text[:end]).s)}
			add(s, p.s[s.Start:s.End])
		}
	}
	for _, m := range voteName.FindAllStringIndex(p.of, -1) {
		start := len(plainOf(p.of[:m[0]]).s)
		s := Span{Start: start, End: start + len(plainOf(p.of[m[0]:m[1]]).s)}
		if name := p.s[s.Start:s.End]; !voterBodies[name] && len(name) > 1 {
			add(s, name)
		}
	}
	for _, form := range []*regexp.Regexp{voterPlain, voterPerson} {
		for _, m := range form.FindAllStringIndex(p.s, -1) {
			s := Span{Start: m[0], End: m[1]}
			if strings.HasSuffix(p.s[:s.Start], "a ") && p.s[s.Start:s.End] == "la majorite" || actOf.MatchString(p.s[s.End:]) && p.s[s.Start:s.End] == "l'opposition" {
				continue // « adopté à la majorité », « malgré l'opposition de la droite »
			}
			if form == voterPerson {
				s.End = m[0] + len(plainOf(capitalRun(p.span(s).In(p.of))).s)
			}
			add(s, p.s[s.Start:s.End])
		}
	}
	slices.SortFunc(list, func(a, b voter) int { return a.Start - b.Start })
	return list
}

var actOf = regexp.MustCompile(`^\s+(?:de|du|des|d')\b`)

var capitalWords = regexp.MustCompile(`^(?:M\.|MM\.|Mmes?|Monsieur|Madame)(?:\s+\p{Lu}[\p{L}'’-]*)+`)

func capitalRun(text string) string { return capitalWords.FindString(text) }

var groupWords = regexp.MustCompile(`^(?:«[^»]*»|\p{L}+s?\s+(?:du groupe\s+)?(?:de la |de l['’]|du |des |de |d['’]|la |le |les )?(?:\p{Lu}[\p{L}'’-]*|droite|gauche|centre|majorité|opposition|écologistes?|socialistes?|communistes?|centristes?)(?:\s+(?:et\s+|de\s+|du\s+|des\s+|d['’])?\p{Lu}[\p{L}'’-]*|\s+[a-zé]{5,}(?:ne|le|ve|e|s)?\b)?)`)

// namedEnd is where the name of a group ends in « groupe Agir ensemble et … ».
func namedEnd(text string) int {
	m := groupWords.FindStringIndex(text)
	if m == nil {
		return 0
	}
	return m[1]
}

// stancesIn finds the words that say how somebody voted, in order; a denied one leaves the others.
func stancesIn(plain string) []voter {
	var list []voter
	for _, w := range stanceWords {
		for _, m := range w.form.FindAllStringIndex(plain, -1) {
			s := Span{Start: m[0], End: m[1]}
			if slices.ContainsFunc(list, func(v voter) bool { return v.Start < s.End && s.Start < v.End }) {
				continue
			}
			v := voter{Span: s, stance: w.stance}
			if stanceDenied.MatchString(plain[max(0, s.Start-30):s.Start]) && w.stance != stanceNoPart {
				v.stance = stanceAll &^ w.stance
			}
			list = append(list, v)
		}
	}
	slices.SortFunc(list, func(a, b voter) int { return a.Start - b.Start })
	return list
}

var stanceDenied = regexp.MustCompile(`(?:\bn'(?:a|ont|ai|avons|avez|avait)\s+(?:pas|jamais|aucunement|nullement)|\bne\s+s(?:e|')\s*(?:est|sont)\s+(?:pas|jamais)|\bsans)\s+(?:[a-z]+\s+)?$`)

// votedIn says of each voter that a record names how it voted; what cannot be told is left out.
func votedIn(p plainText) []voter {
	voters, stances := votersIn(p), stancesIn(p.s)
	var list []voter
	for i, v := range voters {
		if s, ok := stanceOf(p.s, voters, i, stances); ok {
			v.stance, v.at = s.stance, s.Span
			list = append(list, v)
		}
	}
	return list
}

// stanceOf finds how a voter voted: in brackets by the words before them; in a list by its
// heading; else by the nearest words of its part of the sentence, with no other voter between.
func stanceOf(plain string, voters []voter, i int, stances []voter) (voter, bool) {
	v := voters[i]
	from := strings.LastIndexAny(plain[:v.Start], ";") + 1
	if k := strings.LastIndex(plain[:v.Start], ". "); k+2 > from && !strings.HasSuffix(plain[:k+1], "m.") {
		from = k + 2
	}
	to := len(plain)
	if k := strings.IndexAny(plain[v.End:], ";"); k >= 0 {
		to = v.End + k
	}
	open := strings.LastIndex(plain[:v.Start], "(")
	bracketed := open >= from && !strings.Contains(plain[open:v.Start], ")")
	best, distance := voter{}, 1<<30
	for _, s := range stances {
		if s.Start < from || s.End > to {
			continue
		}
		d := s.Start - v.End
		if s.End <= v.Start+1 {
			d = v.Start - s.End
			heads := listHead.MatchString(plain[s.End-1:min(len(plain), s.End+12)]) || strings.HasSuffix(strings.TrimSpace(plain[s.Start:s.End]), ":")
			switch {
			case bracketed && s.End <= open, heads:
				d = min(d, 2)
			case stanceGoverns.MatchString(plain[s.End:v.Start]):
				d = 0 // « abstention de la CFDT »
			default:
				d += 60 // « favorable, la CGT votant contre »
			}
		} else if bracketed && plain[v.End:s.Start] != "" && strings.Contains(plain[v.End:s.Start], ")") {
			continue
		} else if otherVoterBetween(voters, i, v.End, s.Start) {
			d += 60
		}
		if d < distance {
			best, distance = s, d
		}
	}
	return best, distance < 120
}

// listHead follows a word that heads a list of voters: « contre : FSU », « favorable, CFDT 3 ».
var listHead = regexp.MustCompile(`^[a-z]?\s*(?:[:=]|,\s*(?:\d|cgt|cfdt|fo\b|fsu|unsa|sud|fa-))`)

// stanceGoverns is what may stand between how and who: « abstention de la CFDT ».
var stanceGoverns = regexp.MustCompile(`^\s*(?:de\s+la|du|des|de|d'|de\s+l')?\s*(?:groupe|elus|membres)?\s*$`)

func otherVoterBetween(voters []voter, i, from, to int) bool {
	return slices.ContainsFunc(voters, func(o voter) bool { return o.Start >= from && o.End <= to })
}

// claimedVoter is who a claim says voted and how; false when it speaks of the whole body.
func claimedVoter(a *Assertion) (voter, bool) {
	p := plainOf(a.Text)
	stances := stancesIn(p.s)
	if len(stances) == 0 {
		return voter{}, false
	}
	voters, s := votersIn(p), stances[0]
	best := -1
	for i, v := range voters {
		if v.End <= s.Start && !passiveVote.MatchString(p.s[v.End:s.End]) {
			best = i
		}
	}
	speaks := weVoted.MatchString(p.s[:s.End])
	if speaks && len(voters) > 0 {
		best = len(voters) - 1
		if voters[0].End <= s.Start {
			best = 0
		}
	}
	switch {
	case best >= 0 && s.Start-voters[best].End < 60 || best >= 0 && speaks:
		v := voters[best]
		v.stance, v.at = s.stance, s.Span
		return v, true
	case speaks && a.Speaker != "":
		return voter{Span: s.Span, name: plainOf(a.Speaker).s, stance: s.stance, at: s.Span}, true
	case speaks && s.stance != stanceFor:
		return voter{stance: s.stance, at: s.Span}, true // a part of the body, unnamed
	}
	return voter{}, false
}

var (
	passiveVote = regexp.MustCompile(`\b(?:a|ont|avait)\s+ete\b|\bpar\s+le\s+conseil\b`)
	weVoted     = regexp.MustCompile(`\b(?:nous\b|j'ai\b|nos\s+elus\b|notre\s+groupe\b|je\s+me\b)`)
)

// sameVoter says whether two names may be of one voter: the same words, articles and plural left out.
func sameVoter(a, b string) bool {
	wa, wb := voterStems(a), voterStems(b)
	return len(wa) > 0 && slices.Equal(wa, wb) || len(wa) > 0 && len(wb) > 0 && wa[len(wa)-1] == wb[len(wb)-1] && (len(wa) == 1 || len(wb) == 1) && len(wa[len(wa)-1]) > 4
}

func voterStems(name string) []string {
	var list []string
	for w := range strings.FieldsFuncSeq(name, func(r rune) bool { return strings.ContainsRune(" '«»,.-", r) }) {
		switch w {
		case "les", "la", "le", "l", "de", "du", "des", "d", "groupe", "elus", "et", "membres":
			continue
		}
		list = append(list, french.Stem(w))
	}
	return list
}

// compareVoters compares how somebody is said to have voted with how a record says they did;
// false for the second when the claim speaks of the vote as a whole.
func compareVoters(claim, record *Assertion, fact voteSaid) (voteFinding, bool, bool) {
	who, ok := claimedVoter(claim)
	if !ok {
		return voteFinding{}, false, false
	}
	p, q := plainOf(claim.Text), plainOf(record.Text)
	f := voteFinding{rule: ruleVoteGroup, claim: p.span(who.at), strength: 0.85}
	for _, v := range votedIn(q) {
		if who.name == "" || !sameVoter(who.name, v.name) {
			continue
		}
		f.record = q.span(Span{Start: min(v.Start, v.at.Start), End: max(v.End, v.at.End)})
		if f.record.Len() > longestQuote {
			f.record = q.span(v.at)
		}
		f.supports = who.stance&v.stance != 0
		said := f.record.In(record.Text)
		if f.text = fmt.Sprintf("La déclaration dit autrement le vote de « %s » ; le relevé porte %s.", who.name, guillemets(said)); f.supports {
			f.text = fmt.Sprintf("Le relevé dit aussi le vote de « %s » : %s.", who.name, guillemets(said))
		}
		return f, true, true
	}
	if fact.unanimous && fact.unanimousSpan.Len() > 0 && !fact.denied && who.stance&stanceFor == 0 && fact.side != voteSideAgainst && len(fact.groups) == 0 {
		f.record, f.text = fact.unanimousSpan, "La déclaration dit une opposition ou une abstention ; le relevé dit un vote unanime."
		return f, true, true
	}
	if fact.unanimous && !fact.denied && !fact.minus && who.stance == stanceFor && fact.side != voteSideAgainst && len(fact.groups) == 0 {
		f.record, f.supports, f.strength, f.text = fact.unanimousSpan, true, 0.6, "Le relevé dit un vote unanime."
		return f, true, true
	}
	return f, false, true
}
