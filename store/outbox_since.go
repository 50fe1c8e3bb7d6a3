package store

import (
	"context"
	"fmt"

	"contredit/evidence"
)

// followupPrefix begins the ledger's name of a remark.
const followupPrefix = "remark "

// FollowupID is the name under which the ledger has a remark that a letter told.
func FollowupID(remark int64) string { return fmt.Sprint(followupPrefix, remark) }

// RemarksSince are the replies and corrections on pairs that letters of a digest carried to a
// recipient, made after those left and not told to them yet; oldest first. What was erased is left out.
func (db *DB) RemarksSince(ctx context.Context, digestName, recipient string) ([]Remark, error) {
	rows, err := db.r.QueryContext(ctx, `SELECT a.id, a.link, a.reviewer, a.kind, a.text, a.at FROM mail_item i JOIN mail m ON m.id = i.mail JOIN review_act a ON a.link = i.item
		WHERE i.digest = ?1 AND i.recipient = ?2 AND m.state = 'sent' AND a.kind IN (?3, ?4) AND a.at > m.ended_at AND a.text <> ?5
			AND NOT EXISTS (SELECT 1 FROM mail_item had WHERE had.digest = ?1 AND had.recipient = ?2 AND had.item = ?6 || a.id)
		ORDER BY a.id`, digestName, recipient, RemarkReply, RemarkCorrection, evidence.Erased, followupPrefix)
	if err != nil {
		return nil, fmt.Errorf("look for what was answered to what %s had: %w", recipient, err)
	}
	defer rows.Close()
	var all []Remark
	for rows.Next() {
		var r Remark
		if err := rows.Scan(&r.ID, &r.Link, &r.Reviewer, &r.Kind, &r.Text, &r.At); err != nil {
			return nil, fmt.Errorf("look for what was answered to what %s had: %w", recipient, err)
		}
		all = append(all, r)
	}
	return all, rows.Err()
}
