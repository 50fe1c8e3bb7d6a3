package claims

// Rule is what a page of rules tells about a comparator's rule.
type Rule struct {
	ID   string // « VOTE-UNANIMITE-1 »: as in Reason.Rule
	Kind Kind   // the kind it mostly finds
	Text string // one French sentence: when it speaks
}
