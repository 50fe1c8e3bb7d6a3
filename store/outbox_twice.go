package store

import (
	"context"
	"database/sql"
	"fmt"

	"contredit/digest"
)

// toldMeanwhile says whether a letter of an agenda, or a sign of life, has nothing left to say to a
// recipient: another composer, a command beside the daemon, was faster. Points of which some were told
// are an error, which undoes the issue: it is to be composed anew.
func toldMeanwhile(ctx context.Context, tx *sql.Tx, issue digest.Issue, recipient string) (bool, error) {
	if issue.Letter.Life != nil {
		var last sql.NullString
		err := tx.QueryRowContext(ctx, "SELECT max(queued_at) FROM mail WHERE digest = ? AND recipient = ?", issue.Letter.Digest, recipient).Scan(&last)
		if err != nil {
			return false, fmt.Errorf("look up the last mail: %w", err)
		}
		return parseStamp(last.String).After(issue.Quiet), nil
	}
	told := 0
	for _, point := range issue.Letter.Agenda {
		news := false
		for _, item := range point.Carries() {
			var had bool
			err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM mail_item WHERE digest = ? AND recipient = ? AND item = ?)",
				issue.Letter.Digest, recipient, item).Scan(&had)
			if err != nil {
				return false, fmt.Errorf("look up %s: %w", item, err)
			}
			news = news || !had
		}
		if !news {
			told++
		}
	}
	if told > 0 && told < len(issue.Letter.Agenda) {
		return false, fmt.Errorf("%d of %d points were queued meanwhile; try again", told, len(issue.Letter.Agenda))
	}
	return told > 0, nil
}
