package claims

// compareVoteWords compares what a sentence says of a vote with the vote that another
// sentence records.
func compareVoteWords(claim, record *Assertion) []Reason { return nil }
