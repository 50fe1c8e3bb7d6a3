package document

import (
	"strings"
)

// position is how somebody votes.
type position string

const (
	voteFor     position = "for"
	voteAgainst position = "against"
	voteAbstain position = "abstain"
	voteNoPart  position = "no_part"
	voteVoters  position = "voters"
)

// tally is one number of votes named by a text.
type tally struct {
	Span
	position position
	count    int
	who      string // names in brackets after the number
	opposed  bool   // « A voix contre B » or a labelled list: the positions are all there
}

const (
	votersNoun = `(?:voix|votes?|suffrages?|bulletins?|conseillère?s?|conseillers?|membres?|élue?s?|délégué(?:e|s|es)?|administrateurs?|représentants?|votants?|députés?|présents?)`
	inBrackets = `(?:\s*\(([^()]*)\))?`
)

var (
	// opposedVotes: « par 43 voix contre 27 », « vingt-quatre voix contre neuf », « 50 voix
	// (groupes) contre 9 (groupe) », « 12 voix pour et 3 contre » comes with countFirst.
	opposedVotes = lazily(`(?i)\b(` + amountOf + `)\s+(?:voix|suffrages?|votes?)(?:\s+pour)?` + inBrackets + `\s*,?\s+contre\s+(` + amountOf + `)(?:\s+voix)?` + inBrackets)
	labelFirst   = lazily(`(?i)\b(ne\s+prenn?(?:d|ent)\s+pas\s+part(?:\s+au\s+vote)?|n['’](?:ont|a|ayant)\s+pas\s+pris\s+part(?:\s+au\s+vote)?|non[- ]participation|nppv|refus\s+de\s+vote|votes?\s+pour|votes?\s+contre|voix\s+pour|voix\s+contre|pour|contre|abstentions?|abstenus?|favorables?|défavorables?|votants|suffrages\s+exprimés|exprimés)(?:\s+(?:l['’]avis|le\s+projet|le\s+rapport|la\s+délibération))?(?:\s*\(s\))?\s*[:=,–]\s*(` + amountOf + `)\b(?:\s+` + votersNoun + `)?` + inBrackets)
	countFirst   = lazily(`(?i)\b(` + amountOf + `)\s+(?:` + votersNoun + `\s+)?(?:(?:ont|a|ayant)\s+voté\s+|(?:votent|votant|vote)\s+|se\s+(?:sont|prononcent)\s+(?:prononcé(?:e|s|es)?\s+)?|s['’](?:étant|est|abstenant|abstiennent|abstient)\s*|se\s+sont\s+)?[«"“]?\s*(pour|contre|abstentions?|abstenu(?:e|s|es)?|favorables?|défavorables?|blancs?|nuls?|nppv|ne\s+(?:prend|prennent|prenant)\s+pas\s+part|n['’](?:ont|a|ayant)\s+pas\s+pris\s+part)\b(?:\s+(?:du|de la|des|de l['’])\s+[^.,;()]{0,10})?` + inBrackets)
	abstaining   = lazily(`(?i)\b(` + amountOf + `)\s+(?:` + votersNoun + `\s+)?(?:s['’]abstenant|s['’]abstiennent|s['’]abstient)` + inBrackets)
	gathered     = lazily(`(?i)(?:recueille|recueillent|obtient|élue?s?\s+(?:par|avec)|(?:adopté|approuvé)(?:e|s|es)?\s+par|favorable\s+par)\s+(` + amountOf + `)\s+(?:voix|suffrages|votes)(?:\s+pour)?` + inBrackets)
	// listed: « Pour 22 Contre 3 Abstention 2 », without a sign between.
	listedVotes = lazily(`(?i)\bpour\s+(` + amountOf + `)\s*[,;/–-]?\s*contre\s+(` + amountOf + `)(?:\s*[,;/–-]?\s*abst(?:entions?|\.)?\s+(` + amountOf + `))?`)
	// ofVoters: « 53 voix sur 92 », a secret ballot.
	ofVoters  = lazily(`(?i)\b(?:voix|suffrages)\s+sur\s+(` + amountOf + `)\b`)
	unanimity = lazily(`(?i)(?:à\s+l['’]\s*unanimité|unanimité|unanimement|unanimes?|par\s+(?:l['’]ensemble|la\s+totalité)\s+des\s+(?:conseillers|élus|membres|présents|votants))(?:\s+(?:des|de\s+ses|de\s+l['’]ensemble\s+des)\s+(?:(` + amountOf + `)\s+)?(?:membres\s+présents|membres|votants|suffrages|présents|conseillers|voix|votes)(?:\s+(exprimés?))?)?`)
	// decisions are the words that a result is stated with.
	decisions = lazily(`(?i)\b(?:(adopt(?:e|ent|é|ée|és|ées)|approuv(?:e|ent|é|ée|és|ées)|entérin(?:e|é|ée))|(rejet(?:te|é|ée|és|ées)|repouss(?:e|é|ée|és|ées)|n['’](?:est|a)\s+pas\s+(?:été\s+)?adopt(?:é|ée))|((?:avis|vote)\s+(?:du\s+[^.;:]{0,50}\s+)?(?:est\s+)?(?:réputé\s+)?favorable|en\s+faveur)|((?:avis|vote)\s+(?:du\s+[^.;:]{0,70}\s+)?(?:est\s+)?(?:réputé\s+)?défavorable))|(à\s+la\s+majorité)`)
	sameVote  = lazily(`(?i)\bmême(?:s)?\s+votes?\b`)
	collegeOf = lazily(`(?i)\b(?:collège|représentants)\s+(?:(?:des|du)\s+représentants\s+)?(?:du|de\s+la|de\s+l['’]|des)\s*(personnels?|collectivité|administration|employeurs?|agents|élus)`)
	twoBodies = lazily(`(?i)\bdeux\s+collèges\b`)
)

// Tally gives the numbers for, against and abstaining, with nobody for a position that a
// complete list leaves out, and everybody for a unanimous vote whose voters are known.
// The last value is false when the record does not state enough.
func (v Vote) Tally() (int, int, int, bool) {
	value := func(n *int) int {
		if n == nil {
			return 0
		}
		return *n
	}
	switch {
	case v.Complete:
		return value(v.For), value(v.Against), value(v.Abstain), true
	case v.Unanimous && !v.Expressed && v.Voters != nil && v.Abstain == nil && v.Against == nil:
		if v.Result == "rejeté" || v.Result == "défavorable" {
			return 0, *v.Voters, 0, true
		}
		return *v.Voters, 0, 0, true
	}
	return 0, 0, 0, false
}

// countStems and resultStems are what a text holds that counts votes or states a result:
// most hold none, and the patterns are dear. « Pour : 7 » may stand on a line of its own.
var (
	countStems  = []string{"abst", "blanc", "contre", "favorable", "nppv", "nul", "part au", "suffrage", "vot", "voix"}
	resultStems = []string{"adopt", "approuv", "entérin", "faveur", "favorable", "majorité", "même", "rejet", "repouss", "unanim"}
)

func hasAny(lower string, stems []string) bool {
	for _, stem := range stems {
		if strings.Contains(lower, stem) {
			return true
		}
	}
	return false
}

// Counted says that the record states a number for the vote, or enough to know one: a mere
// « Adopté à l'unanimité » does not.
func (v Vote) Counted() bool {
	_, _, _, known := v.Tally()
	return known || v.For != nil || v.Against != nil || v.Abstain != nil
}

// talliesIn finds the numbers of votes that a text names, in order.
func talliesIn(text string) []tally {
	if lower := strings.ToLower(text); !hasAny(lower, countStems) && (len(text) > 60 || !strings.Contains(lower, "pour")) {
		return nil
	}
	var found []tally
	taken := func(s Span) bool {
		for _, t := range found {
			if t.Overlaps(s) {
				return true
			}
		}
		return false
	}
	add := func(at []int, pos position, count, who Span, opposed bool) {
		s := Span{Start: at[0], End: at[1]}
		n, ok := readCount(count.In(text))
		if percent.MatchString(text[at[1]:]) || count.Start > 0 && strings.ContainsRune("-/.,", rune(text[count.Start-1])) {
			return
		}
		if !ok || taken(s) || pos == "" {
			return
		}
		t := tally{Span: s, position: pos, count: n, opposed: opposed}
		if who.Start >= 0 {
			t.who = who.In(text)
		}
		found = append(found, t)
	}
	for _, m := range opposedVotes.FindAllStringSubmatchIndex(text, -1) {
		cut := m[3]
		add([]int{m[0], cut}, voteFor, span(m, 1), span(m, 2), true)
		add([]int{cut, m[1]}, voteAgainst, span(m, 3), span(m, 4), true)
	}
	for _, m := range listedVotes.FindAllStringSubmatchIndex(text, -1) {
		none := Span{Start: -1}
		add([]int{m[0], m[3]}, voteFor, span(m, 1), none, true)
		add([]int{m[3], m[5]}, voteAgainst, span(m, 2), none, true)
		if m[6] >= 0 {
			add([]int{m[5], m[7]}, voteAbstain, span(m, 3), none, true)
		}
	}
	for _, m := range gathered.FindAllStringSubmatchIndex(text, -1) {
		add(m[:2], voteFor, span(m, 1), span(m, 2), true)
	}
	for _, m := range countFirst.FindAllStringSubmatchIndex(text, -1) {
		if labelAhead.MatchString(text[m[5]:]) {
			continue // « Votants : 4 Pour : 3 »: the 4 is that of the label before it
		}
		add(m[:2], positionOf(span(m, 2).In(text)), span(m, 1), span(m, 3), false)
	}
	for _, m := range abstaining.FindAllStringSubmatchIndex(text, -1) {
		add(m[:2], voteAbstain, span(m, 1), span(m, 2), false)
	}
	for _, m := range labelFirst.FindAllStringSubmatchIndex(text, -1) {
		add(m[:2], positionOf(span(m, 1).In(text)), span(m, 2), span(m, 3), true)
	}
	sortTallies(found)
	return found
}

// labelAhead is what follows a word that names the number after it, in « Pour : 61 voix
// Contre : 4 voix », and not the one before.
var labelAhead = lazily(`(?i)^(?:\s*\(s\))?\s*[:=]\s*` + amountOf + `(?:[^\pL\d]|$)`)

// percent is what follows « pour » in « 90 pour cent ».
var percent = lazily(`^\s+(?i:cent|mille|100|1\s?000)\b`)

func span(m []int, group int) Span { return Span{Start: m[2*group], End: m[2*group+1]} }

func sortTallies(t []tally) {
	for i := 1; i < len(t); i++ {
		for j := i; j > 0 && t[j].Start < t[j-1].Start; j-- {
			t[j], t[j-1] = t[j-1], t[j]
		}
	}
}

func positionOf(word string) position {
	w := plain(fold(word))
	switch {
	case strings.HasPrefix(w, "ne pr"), strings.HasPrefix(w, "n'"), strings.HasPrefix(w, "nppv"), strings.HasPrefix(w, "non"), strings.HasPrefix(w, "refus"):
		return voteNoPart
	case strings.HasPrefix(w, "votants"):
		return voteVoters
	case strings.HasSuffix(w, "contre"), strings.HasPrefix(w, "defavorable"):
		return voteAgainst
	case strings.HasSuffix(w, "pour"), strings.HasPrefix(w, "favorable"):
		return voteFor
	case strings.HasPrefix(w, "absten"), strings.HasPrefix(w, "abstenu"):
		return voteAbstain
	}
	return ""
}

// ballots gathers the numbers that belong to one vote: near each other, each position once,
// with no other college between them.
func ballots(text string, all []tally) [][]tally {
	var groups [][]tally
	for _, t := range all {
		if n := len(groups); n > 0 && joins(text, groups[n-1], t) {
			groups[n-1] = append(groups[n-1], t)
			continue
		}
		groups = append(groups, []tally{t})
	}
	return groups
}

var bracketed = lazily(`\([^()]*\)`)

func joins(text string, group []tally, t tally) bool {
	for _, g := range group {
		if g.position == t.position {
			return false
		}
	}
	last := group[len(group)-1]
	if t.Start < last.End {
		return true
	}
	between := bracketed.ReplaceAllString(text[last.End:t.Start], "")
	return len(between) <= 70 && !collegeOf.MatchString(between) && !decisions.MatchString(between)
}
