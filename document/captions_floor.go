package document

// lowFloor gives the floor to a name in small letters, as recognised speech writes it.
var lowFloor = lazily(`(?i:la\s+parole\s+(?:est\s+)?à|(?:donne|passe|laisse|cède|rends?)\s+la\s+parole\s+à)\s+((?:monsieur|madame)\s+(?:de\s+|le\s+)?\p{Ll}[\pL'’-]{2,})`)

// repliesToChair is how those who were given the floor begin.
var repliesToChair = lazily(`(?i)(?:^|\s)merci\s+(?:beaucoup\s+)?(?:monsieur|madame)\s+l[ea]\s+présidente?\b`)

// floorReach is how many bytes may follow a name in the words that give the floor: « pour répondre à
// cette question ».
const floorReach = 60

// changesSpeaker says that, in captions without punctuation, somebody else begins with a line: the floor
// was given at the end of what stands before, the line gives it, or it answers whoever chairs.
func (t *cueText) changesSpeaker(line string) bool {
	if t.sentences {
		return false
	}
	said := t.text.String()[t.r.Passages[len(t.r.Passages)-1].Start:]
	tail := said[max(0, len(said)-160):]
	return floorEnd(tail) >= len(tail)-floorReach || floorEnd(line) > 0 || repliesToChair.MatchString(line) && toChair.MatchString(line)
}

// floorEnd is where the last words end that give somebody the floor; -1000 without any.
func floorEnd(text string) int {
	end := -1000
	for _, form := range []*pattern{givesFloor, lowFloor} {
		for _, m := range form.FindAllStringIndex(text, -1) {
			end = max(end, m[1])
		}
	}
	return end
}

// cutAfterFloor is where, in a line that gives the floor, the one who has it begins; -1 when nowhere.
func cutAfterFloor(line string) int {
	end := floorEnd(line)
	if end < 0 {
		return -1
	}
	if m := repliesToChair.FindStringIndex(line[end:]); m != nil && line[end+m[0]] == ' ' {
		return end + m[0]
	}
	return -1
}
