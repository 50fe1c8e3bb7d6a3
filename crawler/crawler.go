// Package crawler finds and fetches what sources publish, politely, and hands over
// snapshots. It does not read documents beyond their links, and keeps nothing itself:
// what must survive a run goes to its Archive.
package crawler
