package review

import (
	"net/http"

	"contredit/digest"
	"contredit/store"
)

// ticketed are the pages whose address proves who asks: the links of a mail, the feed of a view. No form token is
// asked for there, since a mail program posts without having seen a page (RFC 8058).
var ticketed = map[string]bool{"GET /courrier/{ticket}": true, "POST /courrier/{ticket}": true, "GET /flux/{token}": true}

// answerPage is what a reader confirms, or has confirmed.
type answerPage struct {
	Digest    string
	Recipient string
	Answer    digest.Answer
	Quote     string // of the claim; "" for an answer about the digest, and for a pair that is not shown any more
	Hidden    bool   // the pair is private by now, or was withdrawn
	Done      bool
	Back      string // address that takes it back; "" when that is not offered
	Muted     []mutedClaim
}

// mutedClaim is what a reader muted in a digest.
type mutedClaim struct {
	Quote string // "" for what is not shown any more
	Back  string // address that takes it back
}

// mailAnswer asks a reader who followed a link of a mail to confirm: programs that look at links
// follow them, too, so that a visit changes nothing.
func (p *pages) mailAnswer(r *request) error {
	t, view, err := p.ticket(r)
	if err != nil {
		return err
	}
	if r.Method == http.MethodGet {
		return r.show("courrier", "Répondre au bulletin", view)
	}
	if err := p.takeAnswer(r, t); err != nil {
		return err
	}
	view.Done = true
	if back, ok := takesBack[t.Answer]; ok {
		view.Back = p.ticketPath(t, t.Item, back)
	}
	return r.show("courrier", "C’est noté", view)
}

// takesBack is the answer that takes another one back.
var takesBack = map[digest.Answer]digest.Answer{digest.AnswerStop: digest.AnswerResume, digest.AnswerMute: digest.AnswerHear, digest.AnswerHear: digest.AnswerMute}

// ticketPath is where the same reader gives another answer. It ends when the first ticket does.
func (p *pages) ticketPath(t digest.Ticket, item string, a digest.Answer) string {
	t.Item, t.Answer = item, a
	return "/courrier/" + p.AnswerKey.Sign(t)
}

// mutedBy lists what a reader muted in the digest of a ticket.
func (p *pages) mutedBy(r *request, t digest.Ticket) (list []mutedClaim, err error) {
	mutes, err := p.DB.Mutes(r.Context(), t.Digest, t.Recipient)
	if err != nil {
		return nil, err
	}
	for _, m := range mutes {
		shown, err := p.shown(r, m.Item)
		if err != nil {
			return nil, err
		}
		c := mutedClaim{Back: p.ticketPath(t, m.Item, digest.AnswerHear)}
		if shown {
			c.Quote = m.Quote
		}
		list = append(list, c)
	}
	return list, nil
}

// shown says whether a pair may be quoted to a reader. A mail is kept for months: what it quoted may
// have become private since.
func (p *pages) shown(r *request, item string) (bool, error) {
	ids, err := p.DB.News(r.Context(), store.NewsFilter{IDs: []string{item}, Archive: true, PrivateSources: p.privateSources()})
	return len(ids) > 0, err
}

func (p *pages) ticket(r *request) (digest.Ticket, answerPage, error) {
	if len(p.AnswerKey) == 0 {
		return digest.Ticket{}, answerPage{}, errNotHere
	}
	// Nothing is counted against who brings a wrong one: a signature of 256 bits is not guessed, and
	// all readers may come from the one address of a proxy. The same answer again writes nothing.
	t, err := p.AnswerKey.Open(r.PathValue("ticket"), p.Now())
	if err != nil {
		return t, answerPage{}, err
	}
	view := answerPage{Digest: t.Digest, Recipient: t.Recipient, Answer: t.Answer}
	if t.Item != "" {
		l, err := p.DB.Queued(r.Context(), t.Item)
		if err != nil {
			return t, view, err
		}
		shown, err := p.shown(r, l.ID)
		if err != nil {
			return t, view, err
		}
		if view.Hidden = !shown; shown {
			view.Quote = l.Claim.Quote
		}
		return t, view, nil
	}
	// Every mail has this link, those too that carry nothing of what was muted.
	view.Muted, err = p.mutedBy(r, t)
	return t, view, err
}

func (p *pages) privateSources() (names []string) {
	for _, s := range p.Sources {
		if s.Private {
			names = append(names, s.Name)
		}
	}
	return names
}

// takeAnswer keeps what the reader confirmed.
func (p *pages) takeAnswer(r *request, t digest.Ticket) error {
	switch t.Answer {
	case digest.AnswerStop:
		return p.DB.StopMail(r.Context(), t.Recipient, t.Digest, "désinscription par le lien du bulletin", p.Now())
	case digest.AnswerResume:
		_, err := p.DB.ResumeMail(r.Context(), t.Recipient, t.Digest)
		return err
	case digest.AnswerUseful, digest.AnswerWrong, digest.AnswerMute, digest.AnswerHear:
		return p.DB.SaveAnswer(r.Context(), store.ReaderAnswer{Digest: t.Digest, Recipient: t.Recipient, Item: t.Item, Answer: t.Answer, At: p.Now()})
	}
	return errBadRequest
}

// answerCount is how many readers gave an answer.
type answerCount struct {
	Answer digest.Answer
	N      int
}

// answerNames are the answers as reviewers read them.
var answerNames = map[string]string{"useful": "utile", "wrong": "pas une contradiction", "mute": "pas pour moi"}

// readersOf counts what readers of the mails said of a flag, without their addresses: those are
// nobody's business here.
func (p *pages) readersOf(r *request, link string) ([]answerCount, error) {
	answers, err := p.DB.AnswersOf(r.Context(), link)
	if err != nil {
		return nil, err
	}
	var list []answerCount
	for _, a := range []digest.Answer{digest.AnswerUseful, digest.AnswerWrong, digest.AnswerMute} {
		c := answerCount{Answer: a}
		for _, given := range answers {
			if given.Answer == a {
				c.N++
			}
		}
		if c.N > 0 {
			list = append(list, c)
		}
	}
	return list, nil
}
