package claims

// structure compares a claim with the minutes of every record: who attended, who voted how,
// what no meeting mentions. Its links carry the score of the rule that made them, by how
// directly the record states it; the fitted weights are for pairs of sentences.
func (l *Linker) structure(c Claim, a *Assertion) []Link {
	links := l.structureVotes(c, a)
	links = append(links, l.structureAttendance(c, a)...)
	return append(links, l.structureAbsence(c, a)...)
}

// structureLink makes a link whose score is the first term, weakened by the others: each is
// from 0 to 1.
func structureLink(kind Kind, evidence []Evidence, reasons []Reason, terms ...Term) Link {
	score := terms[0].Value
	for i := range terms {
		if terms[i].Weight = 1; i > 0 {
			terms[i].Weight = 0.25
			score -= terms[i].Weight * (1 - terms[i].Value)
		}
	}
	return Link{Kind: kind, Evidence: evidence, Reasons: reasons, Terms: terms, Score: min(max(score, 0.5), 0.95)}
}
