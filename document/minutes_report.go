package document

import (
	"fmt"
	"slices"
	"strings"
)

// longTurn is how many bytes one may speak for before a person is asked whether the record
// forgot to say who came next: about forty minutes read aloud.
const longTurn = 40_000

// examine adds to the report what a person should look at: speakers who are not known,
// turns without end, votes without an item and votes that do not add up.
func (r *Reading) examine(t *turnReader) {
	r.examineTurns(t)
	r.examineSittings()
	m := r.Minutes
	for _, v := range m.Votes {
		if strings.TrimSpace(v.Item) == "" || (len(m.Items) > 0 && !v.Inherited && !v.Commission && !insideAnItem(m.Items, v.Span)) {
			r.report("vote_without_item", v.Span, fmt.Sprintf("Vote sans objet reconnu : « %s ».", excerpt(v.Span.In(r.Text))))
		}
		if text := sumFinding(v, m); text != "" {
			r.report("vote_sum", v.Span, text)
		}
	}
	if len(m.Attendance) == 0 && (len(m.Votes) > 1 || t.count() > 1) && !r.isCaptions() {
		r.report("no_attendance", Span{}, "Aucune liste de présence n’a été reconnue.")
	}
}

// sittingOf is the formula that opens the record of a sitting, with its day in words or figures.
var sittingOf = lazily(`(?i)\bl['’]an\s+(?:deux|20\d\d)[^.;]{10,200}?réuni`)

// examineSittings says that a register holds the sittings of several days: they are read as one.
func (r *Reading) examineSittings() {
	days, second := map[string]bool{}, Span{}
	for _, at := range sittingOf.FindAllStringIndex(r.Text, -1) {
		found := daysIn(r.Text[at[0]:at[1]])
		if len(found) == 0 || days[found[0].ISO] {
			continue
		}
		if days[found[0].ISO] = true; len(days) == 2 {
			second = Span{Start: at[0], End: at[1]}
		}
	}
	if len(days) > 1 {
		r.report("several_sittings", second, fmt.Sprintf("Ce document réunit les séances de %d jours : présences et votes y sont lus comme ceux d’une seule.", len(days)))
	}
}

func (r *Reading) isCaptions() bool {
	return slices.ContainsFunc(r.Passages, func(p Passage) bool { return p.Kind == KindCue })
}

func insideAnItem(items []AgendaItem, s Span) bool {
	return slices.ContainsFunc(items, func(it AgendaItem) bool { return it.Span.Contains(s) })
}

func (r *Reading) report(code string, at Span, text string) {
	f := Finding{Code: code, Text: text, Span: at}
	if at.Len() > 0 {
		f.Page = r.LocatorAt(at.Start).Page
	}
	r.Report = append(r.Report, f)
}

func (r *Reading) examineTurns(t *turnReader) {
	unknown := map[string]int{}
	var first []Turn // of each label that is not known, in order
	for _, u := range r.Turns {
		if u.Speaker == "" && u.Label != "" && !isSeveral(u.Label) {
			if unknown[u.Label]++; unknown[u.Label] == 1 {
				first = append(first, u)
			}
		}
		if u.Len() > longTurn {
			r.report("open_turn", Span{Start: u.Start, End: u.Start + len(firstWords(cutAt(u.In(r.Text), 80), 8))},
				fmt.Sprintf("Prise de parole très longue (« %s », %d signes) : un changement d’orateur a pu être manqué.", u.Label, u.Len()))
		}
	}
	for _, u := range first {
		text := fmt.Sprintf("Orateur non identifié : « %s » (%s).", u.Label, times(unknown[u.Label]))
		code := "unknown_speaker"
		if names := t.homonyms[t.nameOf(u.Label)]; len(names) > 1 {
			code = "homonym"
			text = fmt.Sprintf("« %s » (%s) peut désigner %s : à préciser.", u.Label, times(unknown[u.Label]), orList(names))
		}
		r.report(code, u.Span, text)
	}
	if n := len(r.Turns); n > 0 && t.open && !r.isCaptions() {
		last := r.Turns[n-1]
		r.report("open_turn", last.Span, fmt.Sprintf("La dernière prise de parole (« %s ») court jusqu’à la fin du document : aucune clôture de séance n’a été reconnue.", last.Label))
	}
}

// nameOf is the name that a label prints, as homonyms are kept under.
func (t *turnReader) nameOf(printed string) string {
	l, ok := parseLabel(printed, 0)
	if !ok {
		return ""
	}
	return fold(l.person.Civility + " " + l.person.Name)
}

func isSeveral(printed string) bool {
	l, ok := parseLabel(printed, 0)
	return ok && l.several
}

func times(n int) string {
	if n == 1 {
		return "une prise de parole"
	}
	return fmt.Sprintf("%d prises de parole", n)
}

func orList(names []string) string {
	return strings.Join(names[:len(names)-1], ", ") + " ou " + names[len(names)-1]
}

// excerpt is the start of a stretch, for a line of the report.
func excerpt(text string) string {
	words := strings.Fields(text)
	if len(words) <= 18 {
		return strings.Join(words, " ")
	}
	return strings.Join(words[:18], " ") + " …"
}

// sumFinding says in one line what does not add up in a vote: more votes than members or
// voters, groups that make another total than the one printed. "" when it adds up.
func sumFinding(v Vote, m *Minutes) string {
	total, parts := 0, []string{}
	for _, n := range []*int{v.For, v.Against, v.Abstain, v.NoPart} {
		if n != nil {
			total += *n
			parts = append(parts, fmt.Sprint(*n))
		}
	}
	sum := strings.Join(parts, " + ")
	cast := total - count(v.NoPart)
	switch {
	case len(parts) == 0:
	case m.Members > 0 && v.College == "" && total > m.Members:
		return fmt.Sprintf("%s = %d voix pour %d membres en exercice.", sum, total, m.Members)
	case v.Voters != nil && v.College == "" && cast > *v.Voters:
		return fmt.Sprintf("%s = %d voix pour %d votants annoncés.", sum, total, *v.Voters)
	}
	for _, side := range []struct {
		position position
		name     string
		printed  *int
	}{{voteFor, "pour", v.For}, {voteAgainst, "contre", v.Against}, {voteAbstain, "abstentions", v.Abstain}} {
		groups, counted := 0, 0
		for _, g := range v.Groups {
			if g.Position == string(side.position) && g.Count != nil {
				groups += *g.Count
				counted++
			}
		}
		if side.printed != nil && counted > 1 && groups != *side.printed {
			return fmt.Sprintf("Les groupes totalisent %d (%s), le résultat imprimé dit %d.", groups, side.name, *side.printed)
		}
	}
	return ""
}

func count(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}
