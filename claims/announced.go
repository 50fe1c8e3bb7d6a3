package claims

import (
	"regexp"
	"slices"
	"strings"

	"contredit/document"
	"contredit/french"
)

// An item of the agenda is announced in speech by its kind and number (« Rapport 402, l'assistant … »), or by
// the words with which a chair goes on to it. Written by hand from captions and verbatim reports, November 2026.
var (
	itemNumber  = regexp.MustCompile(`(?i)\b(?:rapport|délibération|dossier|point)\s+(?:n°\s*|numéro\s+)?(?:\d[\d./-]*|(?:` + numberWord + `)(?:[ -](?:et[ -])?(?:` + numberWord + `))*)(?:[\s,:–—-]|$)`)
	nextItem    = regexp.MustCompile(`(?i)\b(?:nous (?:passons|en venons|en arrivons|abordons)|on passe|l['’]ordre du jour appelle|j['’]appelle|je vous propose d['’]examiner)\s+(?:maintenant\s+|à présent\s+|donc\s+)?(?:(?:aux?|à|les?|la|sur)\s+|l['’])+`)
	itemEnds    = regexp.MustCompile(`(?i)[.!?;…]|\b(?:monsieur|madame|m\.|mme|vous avez la parole|je (?:vous )?(?:donne|laisse|cède|passe)|la parole|qui (?:demande|souhaite)|y a-t-il)\b`)
	itemOpens   = regexp.MustCompile(`^[\s,:.–—-]+`)
	noItem      = regexp.MustCompile(`(?i)^(?:vote|voix|questions?(?:\s+(?:orales?|diverses|d['’]actualité))?|suite|suivante?s?|ordre du jour|(?:premier|première|deuxième|second|seconde|troisième|dernier|dernière)?\s*(?:rapport|point|dossier|délibération)s?(?:\s+(?:suivante?|n°\s*)?[\d./-]*)?)$`)
	longestItem = 90 // bytes
)

const numberWord = `un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante|cinquante|soixante|cent|cents|mille`

// announced is an item of the agenda as speech announces it, and from where it is spoken of.
type announced struct {
	from int // byte of the text
	item string
}

// longestSilence is how many seconds may lie between two stretches of speech on one item: more is an
// extract of another hour.
const longestSilence = 300

// announcements are the items that a recording without headings announces, in order.
func announcements(r *document.Reading) []announced {
	var list []announced
	last := 0.0
	for _, p := range r.Passages {
		if p.Kind != document.KindCue || p.Heading != "" {
			continue
		}
		if p.Locator.Timed && p.Locator.At-last > longestSilence && len(list) > 0 {
			list = append(list, announced{from: p.Start})
		}
		last = p.Locator.At
		if n := len(p.Marks); n > 0 {
			last = p.Marks[n-1].Locator.At
		}
		text := p.In(r.Text)
		for _, form := range [...]*regexp.Regexp{itemNumber, nextItem} {
			for _, m := range form.FindAllStringIndex(text, -1) {
				list = addItem(list, p.Start+m[0], text[m[1]:])
			}
		}
	}
	slices.SortStableFunc(list, func(a, b announced) int { return a.from - b.from })
	return list
}

func addItem(list []announced, from int, rest string) []announced {
	rest = rest[len(itemOpens.FindString(rest)):]
	if m := itemEnds.FindStringIndex(rest); m != nil {
		rest = rest[:m[0]]
	}
	if len(rest) > longestItem {
		rest = rest[:strings.LastIndexByte(rest[:longestItem], ' ')+1]
	}
	rest = strings.Join(strings.Fields(strings.ToValidUTF8(strings.TrimRight(rest, " ,:–—-"), "")), " ")
	if len(french.Words(rest)) == 0 || noItem.MatchString(rest) {
		rest = "" // the item before is over, and the next one not told
	}
	return append(list, announced{from, rest})
}

// itemAt is the item that was announced last before a place; "" when none was.
func itemAt(list []announced, at int) string {
	item := ""
	for _, a := range list {
		if a.from > at {
			break
		}
		item = a.item
	}
	return item
}
