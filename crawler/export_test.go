package crawler

// CheckAddress is the guard of connections, for its table of addresses.
func CheckAddress(address string, loopback bool) error { return checkAddress(address, loopback) }

// ReadFeed and ReadSitemap are the parsers of strangers' bytes, for fuzzing.
var (
	ReadFeed    = readFeed
	ReadSitemap = readSitemap
	DecodePage  = decodePage
)
