package store_test

import (
	"context"
	"errors"
	"testing"

	"contredit/claims"
	"contredit/document"
	"contredit/evidence"
	"contredit/store"
)

// versioned keeps some versions of one address, a day apart from « day » on, each read.
func versioned(t *testing.T, db *store.DB, url string, texts ...string) (kept []store.Kept) {
	t.Helper()
	for i, text := range texts {
		snap := snapshotOf(url, text)
		snap.FetchedAt = day.AddDate(0, 0, i)
		k, err := db.SaveSnapshot(context.Background(), document.Document{URL: url, Source: "essai", Role: document.RoleStatement}, "", snap)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.SaveReading(context.Background(), k.Snapshot, "1", reading(text)); err != nil {
			t.Fatal(err)
		}
		kept = append(kept, k)
	}
	return kept
}

// TestRetirementNeverTakesWhatIsCited holds which versions stay, and that what goes is in the journal.
func TestRetirementNeverTakesWhatIsCited(t *testing.T) {
	ctx := context.Background()
	db := mustOpen(t)
	plain := versioned(t, db, "https://exemple.test/simple", "Simple 1.", "Simple 2.", "Simple 3.")
	recent := versioned(t, db, "https://exemple.test/recent", "R 1.", "R 2.", "R 3.", "R 4.", "R 5.", "R 6.")
	claimed := versioned(t, db, "https://exemple.test/dit", "Le comité a été consulté.", "Autre.", "Encore autre.")
	unlinked := versioned(t, db, "https://exemple.test/seul", "La voirie sera refaite.", "Rien.", "Rien du tout.")
	cited := versioned(t, db, "https://exemple.test/cite", "Cité 1.", "Cité 2.", "Cité 3.")
	shared := versioned(t, db, "https://exemple.test/partage", "Cité 1.", "Partagé 2.")
	c := claims.Claim{ID: "c1", URL: "https://exemple.test/dit", Quote: "Le comité a été consulté.", Span: claims.Span{End: len("Le comité a été consulté.")}, Worth: true}
	if err := db.SaveExtraction(ctx, claimed[0].Document, claimed[0].Snapshot, []claims.Claim{c}, nil); err != nil {
		t.Fatal(err)
	}
	alone := claims.Claim{ID: "c2", URL: "https://exemple.test/seul", Quote: "La voirie sera refaite.", Span: claims.Span{End: len("La voirie sera refaite.")}, Worth: true}
	if err := db.SaveExtraction(ctx, unlinked[0].Document, unlinked[0].Snapshot, []claims.Claim{alone}, nil); err != nil {
		t.Fatal(err)
	}
	link := claims.Link{ID: "l1", Claim: c, Kind: claims.KindVote, Visibility: document.Public,
		Evidence: []claims.Evidence{{URL: "https://exemple.test/cite", Quote: "Cité 1.", Span: claims.Span{End: len("Cité 1.")}}}}
	if err := db.SaveLinks(ctx, "c1", []claims.Link{link}); err != nil {
		t.Fatal(err)
	}
	if err := db.SaveLinks(ctx, "c1", nil); err != nil { // withdrawn: cited all the same
		t.Fatal(err)
	}
	before := day.AddDate(0, 0, 3)
	would, err := db.RetireVersions(ctx, before, true)
	if err != nil {
		t.Fatal(err)
	}
	done, err := db.RetireVersions(ctx, before, false)
	if err != nil || done != would || done.Versions != 5 || done.Bytes == 0 {
		t.Fatalf("retired %+v, said before %+v, %v; want 5 versions", done, would, err)
	}
	holdsVersions(t, db, "simple", plain, true, true, false)
	holdsVersions(t, db, "recent", recent, true, true, false, false, false, false)
	holdsVersions(t, db, "claimed and paired", claimed, false, false, false)
	holdsVersions(t, db, "claimed alone", unlinked, false, true, false)
	holdsVersions(t, db, "cited", cited, false, false, false)
	holdsVersions(t, db, "shared", shared, false, false)
	if versions, err := db.Versions(ctx, plain[0].Document); err != nil || len(versions) != 3 || versions[0].SHA256 == "" || versions[0].Size == 0 {
		t.Errorf("versions = %+v, %v; want all three still told", versions, err)
	}
	if again, err := db.RetireVersions(ctx, before, false); err != nil || again.Versions != 0 {
		t.Errorf("again: %+v, %v; want nothing left to retire", again, err)
	}
	entries := 0
	if err := db.EachEntry(ctx, func(e evidence.JournalEntry) error {
		if e.Kind == evidence.JournalRetirement {
			entries++
		}
		return nil
	}); err != nil || entries != 1 {
		t.Errorf("%d retirement(s) in the journal, %v; want 1", entries, err)
	}
	if done, faults := check(t, db.Path()); faults != "" || done.Retired != 5 {
		t.Errorf("check = %+v\n%s", done, faults)
	}
}

// holdsVersions checks which versions of a document lost their bytes and their reading.
func holdsVersions(t *testing.T, db *store.DB, name string, kept []store.Kept, gone ...bool) {
	t.Helper()
	for i, k := range kept {
		_, err := db.Snapshot(context.Background(), k.Snapshot)
		if is := errors.Is(err, store.ErrRetired); is != gone[i] || err != nil && !is {
			t.Errorf("%s, version %d: %v", name, i+1, err)
		}
		if _, err := db.ReadingOf(context.Background(), k.Snapshot); (err != nil) != gone[i] {
			t.Errorf("%s, reading %d: %v", name, i+1, err)
		}
	}
}

// TestRetiredBytesMayComeBack keeps a page whole that goes back to what it said long ago.
func TestRetiredBytesMayComeBack(t *testing.T) {
	ctx := context.Background()
	db := mustOpen(t)
	versioned(t, db, "https://exemple.test/a", "Un.", "Deux.")
	if done, err := db.RetireVersions(ctx, day.AddDate(1, 0, 0), false); err != nil || done.Versions != 1 {
		t.Fatalf("retired %+v, %v", done, err)
	}
	snap := snapshotOf("https://exemple.test/a", "Un.")
	snap.FetchedAt = day.AddDate(1, 0, 0)
	k, err := db.SaveSnapshot(ctx, document.Document{URL: snap.URL, Source: "essai", Role: document.RoleStatement}, "", snap)
	if err != nil {
		t.Fatal(err)
	}
	if s, err := db.Snapshot(ctx, k.Snapshot); err != nil || string(s.Content) != "Un." {
		t.Errorf("content = %q, %v", s.Content, err)
	}
}

// TestBytesThatVanishAreNoRetirement finds bytes that were emptied without an entry in the journal.
func TestBytesThatVanishAreNoRetirement(t *testing.T) {
	db := mustOpen(t)
	versioned(t, db, "https://exemple.test/a", "Un.", "Deux.")
	mustForge(t, db, "UPDATE content SET packed = x''")
	if done, faults := check(t, db.Path()); faults == "" || done.Retired != 0 {
		t.Errorf("check = %+v, faults %q; want the vanished bytes named", done, faults)
	}
}
