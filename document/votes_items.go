package document

import (
	"strings"
)

var (
	// leadItem is a subject at the start of a paragraph: « 25.05.377 – Association syndicale. »,
	// « Point 3. Schéma directeur. ».
	leadItem  = lazily(`^(?:(?:[Pp]oint|[Dd]ossier|[Rr]apport|[Dd]élibération)\s+(?:n°\s*)?)?(\d+(?:[.-]\d+)*|[IVX]+)\s*(?:[.)–—:]|\s-)\s*([^.]{3,160}?(?:n°\s*[\d.]+[^.]{0,60})?)\s*[.:]`)
	sideItem  = lazily(`(?i)\b((?:sous-amendements?|amendements?|motions?|vœux?|voeux?|questions? préalables?)\b[^.;:]{0,140}?)\s*(?:,\s*(?:présenté|déposé|motif|tendant)|\bdéposée?|\best\b|\bsont\b|\bété\b|[:.;]|$)`)
	itemNoise = lazily(`^(?:[Pp]oint\s+)?(?:n°\s*)?(?:\d{1,2}\s*[.)–-]\s*(?:\d{1,2}\s*[.)-]\s*)?|[IVX]+\s*[.)–-]\s*)`)
)

var negated = lazily(`\s+n['’]$`)

// headingOf is the heading above a passage, without its number.
func (v *voteReader) headingOf(p Passage) string {
	heading := ""
	for i := len(v.items) - 1; i >= 0; i-- {
		if v.items[i].Span.Start <= p.Start && p.Start < v.items[i].Span.End {
			return strings.TrimSpace(v.items[i].Number + " " + v.items[i].Title)
		}
	}
	for _, q := range v.r.Passages {
		if q.Start > p.Start {
			break
		}
		if q.Kind == KindHeading {
			heading = q.In(v.r.Text)
		}
	}
	if heading == "" {
		heading = v.r.Title
	}
	return itemNoise.ReplaceAllString(heading, "")
}

// itemOf says what was voted on, as near as the text does.
func (v *voteReader) itemOf(p Passage, text string, around Span) string {
	if m := sideItem.FindStringSubmatch(around.In(text)); m != nil {
		if side := strings.TrimSpace(negated.ReplaceAllString(m[1], "")); strings.Contains(side, " ") {
			return side // a lone « le vœu » is the one of the heading
		}
	}
	if m := leadItem.FindStringSubmatch(text); m != nil {
		number := m[1] + " "
		if len(m[1]) < 4 {
			number = ""
		}
		return number + strings.TrimSpace(m[2])
	}
	return v.headingOf(p)
}

// keep adds a vote, unless the record states the same one twice under one heading: a table
// and the sentence that sums it up, a result after its numbers.
func (v *voteReader) keep(vote Vote) {
	if n := len(v.votes); n > 0 && v.nextLine(v.votes[n-1], vote) {
		v.votes[n-1].join(vote)
		return
	}
	for _, i := range v.section {
		old := &v.votes[i]
		if old.College != "" && vote.College != "" && old.College != vote.College {
			continue
		}
		if sameNumbers(*old, vote) || (bare(vote) && !bare(*old) && old.Item == vote.Item && !vote.Inherited) {
			if old.Result == "" || old.Result == "majorité" || old.Result == "unanimité" {
				old.Result = either(vote.Result, old.Result)
			}
			old.Groups = append(old.Groups, newGroups(*old, vote)...)
			return
		}
	}
	for i := range v.votes {
		told := bare(vote) && !vote.Inherited && !bare(v.votes[i]) && vote.Result == v.votes[i].Result && vote.College == ""
		if (told || sameNumbers(v.votes[i], vote)) && sameSubject(v.votes[i].Item, vote.Item+" "+vote.Span.In(v.r.Text)) {
			v.votes[i].Groups = append(v.votes[i].Groups, newGroups(v.votes[i], vote)...)
			return // the table of results and the account of the debate
		}
	}
	if v.numbersOf(vote) {
		return
	}
	if vote.Unanimous && vote.Voters == nil {
		vote.Voters = v.votersOf(vote.College)
	}
	v.section = append(v.section, len(v.votes))
	v.votes = append(v.votes, vote)
}

// sameSubject says that most of the long words of an item's title come back in a sentence.
func sameSubject(item, sentence string) bool {
	words := map[string]bool{}
	for _, w := range longWord.FindAllString(plain(sentence), -1) {
		words[w] = true
	}
	shared, all := 0, 0
	for _, w := range longWord.FindAllString(plain(item), -1) {
		if w[0] <= '9' {
			continue
		}
		all++
		if words[w] {
			shared++
		}
	}
	return shared >= 2 && shared*10 >= all*7
}

// votersOf is how many vote in a college, as its last complete vote counted them, or in
// the meeting, as the record states.
func (v *voteReader) votersOf(college string) *int {
	if college == "" {
		return v.voters
	}
	for i := len(v.votes) - 1; i >= 0; i-- {
		old := v.votes[i]
		if old.College != college || !old.Complete {
			continue
		}
		a, b, c, _ := old.Tally()
		n := a + b + c
		return &n
	}
	return nil
}

// nextLine says that a vote is only the next line of a list of positions: « Pour : 7 »,
// « Contre : 6 », « Abstention : 0 ».
func (v *voteReader) nextLine(last, vote Vote) bool {
	if last.Span.End > vote.Span.Start || strings.TrimSpace(v.r.Text[last.Span.End:vote.Span.Start]) != "" || vote.Result != "" || vote.Span.Len() > 90 {
		return false
	}
	for _, pair := range [][2]*int{{last.For, vote.For}, {last.Against, vote.Against}, {last.Abstain, vote.Abstain}, {last.NoPart, vote.NoPart}} {
		if pair[0] != nil && pair[1] != nil {
			return false
		}
	}
	return !bare(vote) && last.College == vote.College
}

func (vote *Vote) join(next Vote) {
	for _, pair := range []struct{ into, from **int }{{&vote.For, &next.For}, {&vote.Against, &next.Against}, {&vote.Abstain, &next.Abstain}, {&vote.NoPart, &next.NoPart}} {
		if *pair.into == nil {
			*pair.into = *pair.from
		}
	}
	vote.Groups = append(vote.Groups, next.Groups...)
	vote.Complete = vote.Complete || next.Complete
	vote.Span.End = next.Span.End
}

func newGroups(old, vote Vote) []GroupVote {
	if len(old.Groups) > 0 {
		return nil
	}
	return vote.Groups
}

func bare(v Vote) bool { return v.For == nil && v.Against == nil && v.Abstain == nil }

// sameNumbers says that what the second vote states, the first states too.
func sameNumbers(old, vote Vote) bool {
	if bare(vote) || bare(old) || vote.Inherited {
		return false
	}
	stated := 0
	for _, pair := range [][2]*int{{old.For, vote.For}, {old.Against, vote.Against}, {old.Abstain, vote.Abstain}} {
		if pair[1] == nil {
			continue
		}
		if pair[0] == nil && *pair[1] == 0 && old.Complete {
			continue
		}
		if pair[0] == nil || *pair[0] != *pair[1] {
			return false
		}
		stated++
	}
	return stated > 0 && (stated > 1 || vote.Against != nil)
}
