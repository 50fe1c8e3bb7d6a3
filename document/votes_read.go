package document

import (
	"slices"
	"strings"
)

// voteReader gathers the votes of a record, passage by passage.
type voteReader struct {
	r       *Reading
	votes   []Vote
	section []int // votes stated under the current heading
	voters  *int  // present or represented, as the record states
	body    bool  // the record is that of a commission: its opinion is its vote
	items   []AgendaItem
}

var attendingCount = lazily(`(?i)(?:nombre\s+de\s+votants|votants|présents\s+ou\s+représentés|membres\s+présents\s+et\s+représentés)\s*(?::|les)\s*(` + amountOf + `)\b`)

// readVotes reads the votes that the text states, with what each was about.
func readVotes(r *Reading, items []AgendaItem) []Vote {
	v := &voteReader{r: r, items: items}
	v.body = r.Minutes != nil && strings.HasPrefix(r.Minutes.Body, "Commission")
	for i := 0; i < len(r.Passages); i++ {
		p := r.Passages[i]
		text := p.In(r.Text)
		if startsItem(items, p) {
			v.section = nil
		}
		switch {
		case p.Kind == KindHeading && len(text) < 200 && len(talliesIn(text)) == 0 && !boldResult.MatchString(text):
			v.section = nil
			continue
		case isVoteHead(text):
			i = v.table(i)
			continue
		}
		// Voters named with the numbers of one vote are those of that vote alone: people come and go.
		if m := attendingCount.FindStringSubmatch(text); m != nil && len(text) < 4*headLength && !holdsBallot(text) {
			if n, ok := readCount(m[1]); ok && n > 1 {
				v.voters = &n
			}
		}
		v.passage(p, text)
	}
	v.settleResult()
	return v.votes
}

// boldResult is a result that an act sets in bold on a line of its own, which looks like a heading:
// « **Le Conseil adopte.** », « **ADOPTÉ À L’UNANIMITÉ** ».
var boldResult = lazily(`(?i)^\W*(?:(?:le|la|l['’])\s*(?:conseil|assemblée|comité|commission|bureau)(?:\s+\pL+){0,2}\s+(?:adopte|approuve|entérine|rejette|repousse)|(?:délibération\s+)?(?:adopt|approuv|rejet)ée?s?)(?:\s+à\s+(?:l['’]\s*unanimité|la\s+majorité)(?:\s+\pL+){0,4})?\W*$`)

func holdsBallot(text string) bool {
	for _, t := range talliesIn(text) {
		if t.position != voteVoters {
			return true
		}
	}
	return false
}

func startsItem(items []AgendaItem, p Passage) bool {
	return slices.ContainsFunc(items, func(it AgendaItem) bool { return it.Span.Start == p.Start })
}

func (v *voteReader) passage(p Passage, text string) {
	groups := ballots(text, talliesIn(text))
	from := 0
	for gi, g := range groups {
		to := len(text)
		if gi+1 < len(groups) {
			to = groups[gi+1][0].Start
		}
		v.ballot(p, text, g, sentenceAround(text, Span{Start: max(from, 0), End: g[0].Start}, to, g[len(g)-1].End))
		from = g[len(g)-1].End
	}
	if !hasAny(strings.ToLower(text), resultStems) {
		return
	}
	for _, s := range sentencesOf(text) {
		if !overlapsAny(s, groups) {
			v.stated(p, text, s)
		}
	}
}

func overlapsAny(s Span, groups [][]tally) bool {
	for _, g := range groups {
		if s.Start < g[len(g)-1].End && g[0].Start < s.End {
			return true
		}
	}
	return false
}

// sentenceAround is the stretch that a ballot's words are looked for in: from the end of
// the last ballot, or of the sentence before, to the end of its own sentence.
func sentenceAround(text string, before Span, limit, end int) Span {
	start := before.Start
	for _, s := range sentencesOf(text) {
		if s.Start > before.Start && s.Start <= before.End {
			start = s.Start
		}
	}
	stop := limit
	for _, s := range sentencesOf(text) {
		if s.End >= end {
			stop = min(limit, s.End)
			break
		}
	}
	return Span{Start: start, End: max(stop, end)}
}

var sentenceEnd = lazily(`[.!?…]["»)]*(?:\s+|$)|\n`)

// sentencesOf cuts a passage at sentence ends; « M. » and initials end nothing.
func sentencesOf(text string) []Span {
	var found []Span
	start := 0
	for _, m := range sentenceEnd.FindAllStringIndex(text, -1) {
		if m[1] < len(text) && text[m[0]] == '.' && endsAbbreviation(text[start:m[0]]) {
			continue
		}
		found = append(found, Span{Start: start, End: m[1]})
		start = m[1]
	}
	if start < len(text) {
		found = append(found, Span{Start: start, End: len(text)})
	}
	return found
}

// ballot reads one vote from its numbers and the words around them.
func (v *voteReader) ballot(p Passage, text string, group []tally, around Span) {
	words := around.In(text)
	if toldOfAnother.MatchString(text[around.Start:group[0].Start]) {
		return
	}
	vote := Vote{Span: Span{Start: p.Start + around.Start, End: p.Start + trimEnd(text, around)}}
	vote.decide(words)
	for _, t := range group {
		vote.count(t)
		vote.Complete = vote.Complete || (t.opposed && t.position != voteVoters)
	}
	if !vote.Complete && vote.For != nil && (vote.Against != nil || vote.Abstain != nil) {
		vote.Complete = true // « 19 pour, 7 contre, 9 abstentions »
	}
	if m := ofVoters.FindStringSubmatch(words); m != nil && vote.Voters == nil {
		if n, ok := readCount(m[1]); ok {
			vote.Voters = &n
		}
		if elected.MatchString(words) && vote.Result == "" {
			vote.Result = "élu"
		}
		vote.Complete = false // blank ballots are neither against nor abstentions
	}
	if isOnlyPart(vote) {
		return
	}
	if vote.For != nil && vote.Against != nil && vote.Result == "rejeté" && opposedIn(group) {
		// « rejeté par 43 voix contre 34 »: the larger number is that of the opponents.
		vote.For, vote.Against = vote.Against, vote.For
		swapGroups(vote.Groups)
	}
	vote.College = collegeIn(text[:group[0].Start])
	vote.Item = v.itemOf(p, text, around)
	vote.Commission = !v.body && commissionOpinion.MatchString(words)
	v.keep(vote)
}

var commissionOpinion = lazily(`(?i)\bcommissions?\b[^.;]{0,80}\b(?:avis|émis|prononcée?|favorable)`)

// isOnlyPart says that the numbers are a detail of a vote: some members' position, without
// a result and without the votes for.
func isOnlyPart(v Vote) bool {
	return v.For == nil && v.Result == "" && !v.Complete
}

func opposedIn(group []tally) bool {
	for _, t := range group {
		if t.position == voteAgainst && t.opposed {
			return group[0].position == voteFor
		}
	}
	return false
}

func swapGroups(groups []GroupVote) {
	for i := range groups {
		switch groups[i].Position {
		case string(voteFor):
			groups[i].Position = string(voteAgainst)
		case string(voteAgainst):
			groups[i].Position = string(voteFor)
		}
	}
}

func trimEnd(text string, s Span) int {
	return s.Start + len(strings.TrimRight(s.In(text), " \n"))
}

func collegeIn(before string) string {
	all := collegeOf.FindAllStringSubmatch(before, -1)
	if len(all) == 0 {
		return ""
	}
	return strings.ToLower(all[len(all)-1][1])
}

// decide reads the result and the unanimity that a sentence states.
func (vote *Vote) decide(words string) {
	for _, m := range decisions.FindAllStringSubmatch(words, -1) {
		switch {
		case m[2] != "":
			vote.Result = "rejeté"
		case m[4] != "":
			vote.Result = byOpinion(m[4], "défavorable", "rejeté")
		case m[3] != "" && vote.Result == "":
			vote.Result = byOpinion(m[3], "favorable", "adopté")
		case m[1] != "" && vote.Result == "":
			vote.Result = "adopté"
		case m[5] != "" && vote.Result == "":
			vote.Result = "majorité"
		}
	}
	if m := unanimity.FindStringSubmatch(words); m != nil && !notUnanimous.MatchString(words) && !nearlyAll.MatchString(words) {
		vote.Unanimous = true
		vote.Expressed = m[2] != "" || strings.Contains(strings.ToLower(m[0]), "exprimé")
		if n, ok := readCount(m[1]); ok && m[1] != "" {
			vote.Voters = &n
		}
		if vote.Result == "" {
			vote.Result = "unanimité"
		}
	}
}

// byOpinion tells an opinion from a vote: « Vote favorable » adopts.
func byOpinion(words, opinion, vote string) string {
	if strings.HasPrefix(strings.ToLower(words), "vote") {
		return vote
	}
	return opinion
}

// nearlyAll: « à l'unanimité moins une abstention » is not unanimous.
var nearlyAll = lazily(`(?i)\bunanimité\s+(?:moins|sauf)\s`)

var elected = lazily(`(?i)\bélu|^élu|\sélu`)

var notUnanimous = lazily(`(?i)\b(?:pas|non|sans|ni|défaut|faute)\b[^.;]{0,40}\bunanim`)

func (vote *Vote) count(t tally) {
	n := t.count
	switch t.position {
	case voteFor:
		vote.For = &n
	case voteAgainst:
		vote.Against = &n
	case voteAbstain:
		vote.Abstain = &n
	case voteNoPart:
		vote.NoPart = &n
	case voteVoters:
		vote.Voters = &n
	}
	if t.who == "" || t.position == voteVoters {
		return
	}
	names := groupSeparator.Split(t.who, -1)
	for _, name := range names {
		if name = strings.TrimSpace(severalOf.ReplaceAllString(name, "")); name != "" {
			g := GroupVote{Name: name, Position: string(t.position)}
			if len(names) == 1 {
				g.Count = &n
			}
			vote.Groups = append(vote.Groups, g)
		}
	}
}

// severalOf opens names that the list cuts apart: « Mmes Fauvel et Hamel ».
var severalOf = lazily(`^\s*(?:MM\.?|Mmes|Mesdames|Messieurs)(?:\s+et\s+(?:MM\.?|Mmes|Mesdames|Messieurs))?\s+`)

var groupSeparator = lazily(`\s*[,;]\s*|\s+et\s+(?:la\s+|le\s+|du\s+|de\s+)?`)

// collegeParts is how many parts of a sentence, cut at semicolons, speak of a college.
func collegeParts(words string) int {
	parts := strings.Split(words, ";")
	n := 0
	for _, part := range parts {
		if collegeOf.MatchString(part) {
			n++
		}
	}
	if len(parts) < 2 {
		return 0
	}
	return n
}

// stated reads a vote without numbers: « Adopté à l'unanimité », « Avis favorable ».
func (v *voteReader) stated(p Passage, text string, s Span) {
	words := s.In(text)
	if parts := collegeParts(words); parts > 1 {
		at := s.Start
		for _, part := range strings.SplitAfter(words, ";") {
			lead := len(part) - len(strings.TrimLeft(part, " "))
			v.stated(p, text, Span{Start: at + lead, End: at + len(part)})
			at += len(part)
		}
		return
	}
	if sameVote.MatchString(words) && len(v.votes) > 0 {
		vote := v.votes[len(v.votes)-1]
		vote.Inherited, vote.Item = true, v.itemOf(p, text, s)
		vote.Span = Span{Start: p.Start + s.Start, End: p.Start + trimEnd(text, s)}
		v.keep(vote)
		return
	}
	vote := Vote{Span: Span{Start: p.Start + s.Start, End: p.Start + trimEnd(text, s)}}
	vote.decide(words)
	about := words
	if len(words) < 40 {
		about = cutTail(text[:s.Start], 120) + words // « Il est approuvé. » says it of what comes before
	}
	if !formalResult(words, vote) || v.isOpinionOf(p) || (bare(vote) && ofMinutes.MatchString(plain(about))) {
		return
	}
	vote.Item = v.itemOf(p, text, s)
	vote.Commission = !v.body && commissionOpinion.MatchString(words)
	if twoBodies.MatchString(words) {
		for _, college := range []string{"personnel", "collectivité"} {
			vote.College = college
			v.keep(vote)
		}
		return
	}
	vote.College = collegeIn(words)
	v.keep(vote)
}

// ofMinutes are the words of what every sitting begins with, the minutes of the one before,
// its secretary, its agenda: said elsewhere in Minutes, and no vote on anything.
var ofMinutes = lazily(`\b(?:proces[- ]verbal|compte[- ]rendu|secretaire de seance|ordre du jour)\b`)

var shortResult = lazily(`(?i)^\W*(?:(?:le|la|les|l['’])\s*)?(?:\S+\s+){0,6}?(?:est\s+|sont\s+|ainsi\s+)?(?:adopté|approuvé|rejeté|repoussé|avis\s+(?:favorable|défavorable))`)

// decides: « Le conseil, après en avoir délibéré, décide à l'unanimité de… » states a vote;
// « nous avons choisi à l'unanimité de… » tells of one.
var decides = lazily(`(?i)\b(?:conseil|assemblée|comité|commission|bureau|membres)\b[^.;]{0,160}\b(?:décid|délibér|autoris|accept|valid|émet|donn|fix|désign|accord|se\s+prononc|prend|vot|retien|confirm|arrêt)|\bunanimité\s+des\s+(?:membres|suffrages|votants|voix|présents)`)

// actResult: « La délibération, mise aux voix, est adoptée à la majorité… ».
var actResult = lazily(`(?i)^\W*(?:mise?s?\s+aux\s+voix|(?:(?:ce|cette|le|la|les)\s+|l['’]\s*)(?:présente?\s+)?(?:amendement|article|avenant|budget|compte|contrat|convention|délibération|ensemble|motion|plan|projet|proposition|rapport|schéma|texte|vœu|voeu))[^.;]{0,160}?\b(?:est|sont|a\s+été|ont\s+été)\s+(?:ainsi\s+|donc\s+|alors\s+)?(?:adopt|approuv|rejet|repouss)|^\W*(?:le\s+|la\s+|l['’]\s*)(?:conseil|assemblée|comité|commission|bureau)(?:\s+\pL+){0,2}\s+(?:adopte|approuve|entérine|rejette|repousse)(?:\s|[.;]|$)`)

// formalResult says that a sentence states the result of a vote, and does not tell of one:
// unanimity with a decision, or a short sentence that is all decision.
// elsewhen opens a sentence that tells of another sitting: « Lors de sa réunion du 20 avril, le conseil a décidé ».
var elsewhen = lazily(`(?i)^\W*lors\s+de\s+(?:sa|la|cette|une|notre)\s+(?:dernière\s+|précédente\s+)?(?:réunion|séance|session|assemblée)`)

func formalResult(words string, v Vote) bool {
	if v.Result == "" || elsewhen.MatchString(words) {
		return false
	}
	if v.Result == "majorité" && decides.MatchString(words) {
		return true
	}
	if v.Result == "majorité" && len(words) > 160 {
		return false
	}
	if v.Unanimous {
		return v.Result != "unanimité" || len(words) < 80 || decides.MatchString(words)
	}
	n := len(strings.Fields(words))
	return n <= 12 && shortResult.MatchString(words) || n <= 30 && actResult.MatchString(words)
}
