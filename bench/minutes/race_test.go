//go:build race

package minutes_test

// raced says that the race detector is on: it makes the measures ten times slower and finds
// nothing that the readers' own tests do not.
const raced = true
