package document

// Minutes is what a meeting record states formally.
type Minutes struct {
	Body       string // « CST », « Conseil régional », « Commission permanente »… as far as the text says
	Date       string // ISO day of the meeting; "" when unknown
	Opened     string // « 14:05 »; "" when unsaid
	Closed     string
	Chair      string // resolved name; "" when unknown
	Secretary  string
	Members    int // members of the body in exercise, as the record states; 0 unsaid
	Attendance []Attendee
	Items      []AgendaItem
	Votes      []Vote
	Directions []Direction
}

// Presence says how a member attended.
type Presence string

// A proxy is not a presence; a late arrival is one, from an item on.
const (
	Present Presence = "present"
	Excused Presence = "excused"
	Absent  Presence = "absent"
)

// Attendee is one line of the attendance list.
type Attendee struct {
	Name     string // as printed without civility: « Nadège Fourcaud »
	Civility string // « M. », « Mme »
	Function string // « vice-présidente », « directeur du numérique »
	Group    string // union, political group, college
	Presence Presence
	Proxy    string // who votes in their name; "" when nobody
	From     string // arrived at this item or hour; "" from the start
	Until    string // left at this item or hour
	Span     Span
}

// AgendaItem is a point of the agenda, and what became of it.
type AgendaItem struct {
	Number  string // « 3 », « III », « 25.03.118 »
	Title   string
	Nature  string // "information", "avis", "deliberation", "" unknown
	Outcome string // "adopted", "rejected", "withdrawn", "postponed", "noted", "favorable", "defavorable", ""
	Span    Span   // from its heading to the next item
}

// Vote is one result. A nil count was not stated: nothing is inferred from silence.
type Vote struct {
	Item       string // what was voted on, as near as the text says
	College    string // « personnel », « collectivité »; "" when one body votes
	Result     string // "adopté", "rejeté", "favorable", "défavorable", "unanimité", "majorité", "élu" as stated
	For        *int
	Against    *int
	Abstain    *int
	NoPart     *int // ne prend pas part au vote: not against
	Unanimous  bool
	Expressed  bool // « des suffrages exprimés »: abstentions are compatible with unanimity
	Groups     []GroupVote
	Inherited  bool // « même vote »
	Commission bool // opinion of a commission: not a decision
	Complete   bool // positions were listed or opposed (« 43 voix contre 27 »): one left out got nobody
	Voters     *int // number of voters as the record states it for this vote, college or meeting
	Span       Span
}

// GroupVote is how one group, union or named person voted.
type GroupVote struct {
	Name     string
	Position string // "for", "against", "abstain", "no_part"
	Count    *int
}

// Direction is a stage direction, cut out of speech and kept.
type Direction struct {
	Text string
	Span Span
}
