package main

import (
	"strings"
	"testing"
)

// TestTitlesDoNotSteerTheTerminal: what sites write is said in a terminal.
func TestTitlesDoNotSteerTheTerminal(t *testing.T) {
	var told strings.Builder
	terminal{err: &told}.say("lu : « %s »\n\tsuite", "\x1b]0;titre\aPV\x1b[2J\u009b31m de séance")
	if want := "lu : « ]0;titrePV[2J31m de séance »\n\tsuite\n"; told.String() != want {
		t.Errorf("said %q, want %q", told.String(), want)
	}
}
