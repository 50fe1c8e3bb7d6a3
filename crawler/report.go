package crawler

import "time"

// Report is what a run over one source did.
type Report struct {
	Source  string
	Started time.Time
	Ended   time.Time

	Requests  int   // sent, robots.txt and redirects included
	Bytes     int64 // of bodies received
	Listings  int   // pages of links, feeds and sitemaps looked at
	Found     int   // documents named by them
	Fetched   int   // documents whose bytes came
	Unchanged int   // documents that are as they were
	New       int
	Changed   int
	Pending   int  // left for the next run
	First     bool // the first run over this source that found something: an import of its past

	Problems []Problem // met for the first time
	Standing []Problem // told by an earlier run, and still there
	Mended   []string  // addresses whose problem ended
	Alarms   []Alarm   // that began or ended with this run
}
