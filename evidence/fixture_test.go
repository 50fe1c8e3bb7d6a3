package evidence_test

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"contredit/claims"
	"contredit/document"
	"contredit/evidence"
)

const (
	speech = "Mesdames, messieurs.\nNous avons travaillé en co-construction avec les organisations syndicales.\nMerci."
	record = "Ouverture de la séance.\nLe point est présenté pour information. Aucune organisation n’a été consultée.\nLa séance est levée."
)

var house = evidence.Publisher{Name: "Veille Exemple", URL: "https://veille.exemple/", Base: "https://veille.exemple/paires-publiees/"}

func spanOf(text, words string) claims.Span {
	i := strings.Index(text, words)
	return claims.Span{Start: i, End: i + len(words)}
}

func digestOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// confirmedPair is a pair that a person confirmed, with a reply and a correction.
func confirmedPair() evidence.Pair {
	said, written := "Nous avons travaillé en co-construction avec les organisations syndicales.", "Le point est présenté pour information. Aucune organisation n’a été consultée."
	c := claims.Claim{ID: "00000000000000c1", URL: "https://region.exemple/discours", Span: spanOf(speech, said), Quote: said, Speaker: "Odile Tranchant",
		Function: "vice-présidente chargée du numérique", Date: "2026-01-14", Topic: "Dialogue social", Locator: document.Locator{Timed: true, At: 724}, Visibility: document.Public,
		Before: "Mesdames, messieurs.", After: "Merci."}
	e := claims.Evidence{URL: "https://region.exemple/pv.pdf", Title: "Procès-verbal du CST", Body: "CST", Date: "2026-02-03", Role: document.RoleRecord, Span: spanOf(record, written),
		Quote: written, Locator: document.Locator{Page: 3}, Visibility: document.Public, Before: "Ouverture de la séance.", After: "La séance est levée."}
	support := e
	support.Quote, support.Span, support.Locator = "La séance est levée.", spanOf(record, "La séance est levée."), document.Locator{Page: 4}
	l := claims.Link{ID: "00000000000000aa", Claim: c, Kind: claims.KindScope, Score: .8, Calibration: "initiale", Visibility: document.Public, Evidence: []claims.Evidence{e}, Support: &support,
		Reasons: []claims.Reason{{Rule: "PARTICIPATION-1", Kind: claims.KindScope, ClaimSpan: spanOf(said, "co-construction"), EvidenceSpan: spanOf(written, "pour information"),
			Text: "La déclaration dit « co-construction » ; le procès-verbal dit « pour information », deux degrés plus bas."}}}
	return evidence.Pair{
		Link: l, Status: claims.StatusConfirmed, Found: "2026-02-10T08:00:00Z", Decided: "2026-02-12T09:30:00Z", Body: "Région Exemple", Title: "Discours du 14 janvier",
		Replies:     []evidence.Note{{At: "2026-02-20T10:00:00Z", Text: "La concertation a eu lieu avant, par courriel."}},
		Corrections: []evidence.Note{{At: "2026-02-21T10:00:00Z", Text: "La page citée est la 3 et non la 4."}},
		Captures: map[string]evidence.Capture{
			c.URL: {SHA256: digestOf(speech), FetchedAt: "2026-02-09T06:00:00Z", MediaType: "text/vtt", Text: speech},
			e.URL: {SHA256: digestOf(record), FetchedAt: "2026-02-09T06:00:10Z", MediaType: "application/pdf", Text: record},
		},
	}
}
