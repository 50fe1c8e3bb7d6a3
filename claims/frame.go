package claims

// compareFrames compares the values that two sentences give to one theme on one scale.
func compareFrames(claim, record *Assertion) []Reason { return nil }
