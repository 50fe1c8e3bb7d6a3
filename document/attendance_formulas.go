package document

import (
	"strings"
)

var presenceWord = lazily(`(?i)^(?:(présente?|x présente?)|(excusée?)|(absente?(?:\s+excusée?)?))(?:$|[\s.,;:(]\.?)(.*)$`)

// printedRow is a line of a table whose cells the page sets apart by white space alone.
var printedRow = lazily(`(?i)( )(?:présente?|excusée?|absente?(?: excusée?)?)$`)

// row reads one line of an attendance table: a name, what they are, and whether they came.
func (c *rollCall) row(p Passage, text string) bool {
	if m := printedRow.FindStringSubmatchIndex(text); m != nil && !strings.Contains(text, ";") {
		text = text[:m[2]] + ";" + text[m[2]+1:]
	}
	cells := strings.FieldsFunc(text, func(ch rune) bool { return ch == ';' || ch == '\n' || ch == '|' || ch == '\t' })
	if len(cells) < 2 {
		return false
	}
	var a Attendee
	offset := 0
	for _, cell := range cells {
		at := offset + strings.Index(text[offset:], cell)
		offset = at + len(cell)
		cell = strings.TrimSpace(cell)
		people := personsIn(cell)
		switch m := presenceWord.FindStringSubmatch(cell); {
		case m != nil:
			switch {
			case m[1] != "":
				a.Presence = Present
			case m[2] != "" || strings.Contains(strings.ToLower(m[3]), "excus"):
				a.Presence = Excused
			default:
				a.Presence = Absent
			}
			if g := gaveProxy.FindStringSubmatch(m[4]); g != nil {
				a.Proxy = g[1]
			}
		case a.Name == "" && len(people) > 0:
			a.Name, a.Civility = readableName(people[0].Name), people[0].Civility
			a.Span = people[0].Span.Shift(p.Start + at + strings.Index(text[at:], cell))
		case a.Name == "":
			a.Group = either(a.Group, cell)
		case isAcronym(cell):
			a.Group = cell
		case a.Function == "":
			a.Function = cell
		}
	}
	if a.Name == "" || a.Presence == "" {
		return false
	}
	c.listed = true
	c.add(a)
	if a.Proxy != "" {
		c.addProxy(a.Proxy)
	}
	return true
}

const oneName = `((?:` + civilityWord + `)\s+` + nameWords + `)`

var (
	// bareProxy: « Luc SORIN donne pouvoir à Anne PRÉVERT », a line of its own.
	bareProxy = lazily(`^(?:` + civilities + `\s+)?(` + nameWords + `)\s*,?\s+(?:(?:qui\s+)?(?:a\s+|ayant\s+)?donn(?:e|é|ée)\s+(?:(?:son|sa)\s+)?(?:pouvoir|procuration|mandat)|pouvoir|procuration|représentée?)\s+(?:à|par)\s+((?:` + civilities + `\s+)?` + nameWords + `)`)
	proxyPair = lazily(oneName + `[^;:.]{0,60}?(?:\s+à\s+|\s+par\s+|\s*(?:=>|→|➔)\s*)` + oneName)
	// The formulas with which a record says who leads, who writes and who came.
	chairFormula = lazily(`(?i:sous la présidence (?:effective )?(?:de|d['’])|présidée? par|(?:est |, )?présidence (?:de|d['’])|présidence est assurée par|ouverte? (?:à .{1,25}? )?par)\s+` + oneName)
	// chairOffice: « sous la présidence de Monsieur le Maire, Luc SORIN ».
	chairOffice   = lazily(`(?i:présidence\s+(?:de|d['’])|présidée?\s+par)\s*(` + civilityWord + `)\s+(?i:l[ea]\s+(?:maire|présidente?))\s*,?\s*(?:` + civilityWord + `\s+)?(` + nameWords + `)`)
	clerkFormula  = lazily(`(?:` + oneName + `[^.;]{0,60}?(?i:(?:est|a\s+été|sont|ayant\s+été)\s+(?:élue?|désignée?|nommée?|désigné\(e\)|choisie?)s?\s+(?:[\pL'’]+\s+){0,6}?secrétaire)|(?i:secrétaire\s+(?:de\s+(?:la\s+)?séance)?\s*(?:est|,|:|–|-)?|(?:désigne|nomme|élit|choisit)\s+(?:(?:comme|en\s+qualité\s+de|pour)\s+secrétaire[^.;:]{0,30})?)\s*` + oneName + `)`)
	standsFor     = lazily(`(?i:est|était)\s+représentée?\s+par\s+` + oneName)
	heldAway      = lazily(oneName + `[^.;]{0,20}?,?\s+(?i:retenue?|empêchée?|qui se fait représenter|qui s['’]est fait excuser|qui prie|s['’]est excusée?|qui s['’]excuse)`)
	takesPart     = lazily(`(?:^|[.;:]\s+|\n|[Ii]nterviennent\s+(?:encore\s+)?|et\s+|question de\s+|remarque de\s+|demande de\s+)` + oneName + `(?:\s*,[^,.;:]{2,90},)?(?:\s+(?:ne\s+|n['’]|en\s+|s['’]y\s+|lui\s+|leur\s+|s['’]|se\s+)?([\pL]+)\b)?`)
	theyIntervene = lazily(`[Ii]nterviennent\s+(?:encore\s+|ensuite\s+|successivement\s+)?((?:[^.:;]|\b(?:M|MM)\.)+)`)
)

// narration are the verbs with which minutes report what a member did in the room, in the
// third person. Sorted; from regional, municipal and staff committee minutes.
var narration = wordSet(`accepte ajoute annonce approuve appelle attribue avance confirme conclut constate
conteste convient critique croit demande dénonce déclare déplore dépose détaille donne déplore émet engage estime évoque
explique expose exprime fait félicite indique informe inquiète insiste interpelle interroge intervient introduit
invite juge justifie lit maintient mentionne met note objecte observe ouvre parle plaide pose précise présente
propose proteste quitte rappelle rapporte rapproche reconnaît réclame refuse regrette relève remarque remercie rend
renchérit répète répond reprend s'abstient salue se félicite signale soulève souhaite souligne soutient suggère
s'étonne s'inquiète s'interroge tient trouve veut vote voudrait ajourne étonne félicite abstient oppose interrogé`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// bareProxies reads a line that is nothing but a proxy given.
func (c *rollCall) bareProxies(p Passage, text string) bool {
	m := bareProxy.FindStringSubmatchIndex(text)
	if m == nil || len(text) > m[1]+60 {
		return false
	}
	c.listed = true
	civility := ""
	if m[2] > 0 {
		civility = civilityOf(firstWord(text))
	}
	c.add(Attendee{Name: readableName(trimName(text[m[2]:m[3]])), Civility: civility, Presence: Excused, Proxy: text[m[4]:m[5]],
		Span: Span{Start: p.Start + m[2], End: p.Start + m[3]}})
	c.addProxy(text[m[4]:m[5]])
	return true
}

// proxies reads « Mme A à M. B ; M. C à Mme D »: the first is away, the second is there. It
// returns how many it found.
func (c *rollCall) proxies(text string, offset int) int {
	pairs := 0
	for _, m := range proxyPair.FindAllStringSubmatchIndex(text, -1) {
		from, to := personsIn(text[m[2]:m[3]]), personsIn(text[m[4]:m[5]])
		if len(from) != 1 || len(to) != 1 {
			continue
		}
		c.listed = true
		pairs++
		giver := Attendee{Name: readableName(from[0].Name), Civility: from[0].Civility, Presence: Excused,
			Proxy: text[m[4]:m[5]], Span: from[0].Span.Shift(offset + m[2])}
		if i, known := c.find(giver.Civility, giver.Name); known {
			c.people[i].Presence, c.people[i].Proxy = Excused, giver.Proxy
		} else {
			c.add(giver)
		}
		c.add(Attendee{Name: readableName(to[0].Name), Civility: to[0].Civility, Presence: Present, Span: to[0].Span.Shift(offset + m[4])})
	}
	return pairs
}

// formulas reads what stands in sentences: the chair, the secretary, who stands for whom,
// who sent word. Then those whom the minutes show speaking: they were there.
func (c *rollCall) formulas(r *Reading, speech []bool) {
	for i, p := range r.Passages {
		if speech[i] {
			continue
		}
		text := p.In(r.Text)
		if m := chairFormula.FindStringSubmatchIndex(text); m != nil && c.chair == "" {
			c.chair = c.note(p, text, Span{Start: m[2], End: m[3]}, Present)
			c.listed = true
		}
		if m := chairOffice.FindStringSubmatchIndex(text); m != nil && c.chair == "" {
			if name := readableName(fold(trimName(text[m[4]:m[5]]))); name != "" {
				c.chair = c.add(Attendee{Name: name, Civility: civilityOf(text[m[2]:m[3]]), Presence: Present, Span: Span{Start: p.Start + m[4], End: p.Start + m[5]}})
				c.listed = true
			}
		}
		if m := clerkFormula.FindStringSubmatchIndex(text); m != nil && c.clerk == "" && strings.Contains(plain(text), "secretaire") {
			if m[2] < 0 {
				m[2], m[3] = m[4], m[5]
			}
			c.clerk = c.note(p, text, Span{Start: m[2], End: m[3]}, Present)
		}
		for _, m := range standsFor.FindAllStringSubmatchIndex(text, -1) {
			c.note(p, text, Span{Start: m[2], End: m[3]}, Present)
		}
		for _, m := range heldAway.FindAllStringSubmatchIndex(text, -1) {
			c.note(p, text, Span{Start: m[2], End: m[3]}, Excused)
		}
	}
	if !c.listed {
		return
	}
	for i, p := range r.Passages {
		if p.Kind != KindHeading && !speech[i] {
			c.moves(p.In(r.Text))
			c.speakers(p, p.In(r.Text))
		}
	}
}

var (
	// cameLate: « Arrivée de M. X à 18h42 », « Mme Y rejoint la séance à 19 h 05 ».
	cameLate = lazily(`(?:^|[.;:(\n]\s*)(?:(?i:arrivée|entrée)\s+(?:en\s+séance\s+)?de\s+` + oneName + `|` + oneName + `\s*,?\s+(?i:arrive|rejoint|entre|intègre)(?:\s+(?i:en|la|l['’]|dans\s+la)\s*(?i:séance|réunion|assemblée|salle))?)\s*(?:,|:)?\s*à\s+(\d{1,2}\s*[hH:](?:\s*\d{2})?)`)
	// leftEarly: « Départ de Mme X à 19h10 », « M. Y quitte la séance à 19 h 20 ».
	leftEarly = lazily(`(?:^|[.;:(\n]\s*)(?:(?i:départ|sortie)\s+de\s+` + oneName + `|` + oneName + `\s*,?\s+(?i:quitte|part)(?:\s+(?i:définitivement\s+)?(?i:la|l['’])\s*(?i:séance|réunion|assemblée|salle))?)\s*(?:,|:)?\s*à\s+(\d{1,2}\s*[hH:](?:\s*\d{2})?)`)
)

// moves reads who came and left in the middle of the sitting, of those whom the list names.
func (c *rollCall) moves(text string) {
	for _, move := range []struct {
		form *pattern
		came bool
	}{{cameLate, true}, {leftEarly, false}} {
		for _, m := range move.form.FindAllStringSubmatch(text, -1) {
			people := personsIn(either(m[1], m[2]))
			if len(people) != 1 {
				continue
			}
			i, known := c.find(people[0].Civility, people[0].Name)
			if !known {
				continue
			}
			q := &c.people[i]
			if q.Presence != Present && !move.came {
				continue // who was away does not leave
			}
			if q.Presence = Present; move.came {
				q.From = either(q.From, m[3])
			} else {
				q.Until = either(q.Until, m[3])
			}
		}
	}
}

// note adds the person of a formula and returns their name.
func (c *rollCall) note(p Passage, text string, at Span, presence Presence) string {
	people := personsIn(at.In(text))
	if len(people) == 0 {
		return ""
	}
	who := people[0]
	return c.add(Attendee{Name: readableName(who.Name), Civility: who.Civility, Presence: presence, Span: who.Span.Shift(p.Start + at.Start)})
}

func (c *rollCall) speakers(p Passage, text string) {
	for _, m := range theyIntervene.FindAllStringSubmatchIndex(text, -1) {
		for _, who := range personsIn(text[m[2]:m[3]]) {
			c.note(p, text, who.Span.Shift(m[2]), Present)
		}
	}
	for at := 0; at < len(text); {
		m := takesPart.FindStringSubmatchIndex(text[at:])
		if m == nil {
			return
		}
		asked := strings.Contains(text[at+m[0]:at+m[2]], " de")
		if verb := ""; asked || m[4] >= 0 {
			if m[4] >= 0 {
				verb = strings.ToLower(text[at+m[4] : at+m[5]])
			}
			if asked || narration[verb] {
				c.note(p, text, Span{Start: at + m[2], End: at + m[3]}, Present)
			}
		}
		at += m[2] + 1
	}
}
