package claims

import "testing"

// A noun that reads like a verb of saying reports nobody's words; the verb itself does.
func TestNounsOfSayingReportNothing(t *testing.T) {
	for head, want := range map[string]bool{
		"Anne Morel rapporte":                                               true,
		"Le maire leur a demandé":                                           true,
		"La présidente annonce":                                             true,
		"Le conseil a adopté le rapport":                                    false,
		"Anne Morel ne lira ni ce rapport":                                  false,
		"La section a retiré sa demande":                                    false,
		"Il n’y a dans la salle que des conseillers":                        false,
		"Le groupe ne compte plus parmi ses membres, conseillère comprise,": false,
	} {
		if got := endsReporting(head); got != want {
			t.Errorf("endsReporting(%q) = %v, want %v", head, got, want)
		}
	}
}
