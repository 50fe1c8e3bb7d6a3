package digest

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// inARow is how many recipients one after another a server may refuse before that is its own
// fault: a wrong relay, a lost directory, a blocked sender. A hook is left alone for the round after
// as many failures, since each may take its whole timeout.
const inARow = 3

// round is one round of sending by one way.
type round struct {
	*Sender
	way  Way
	d    *Delivery
	down map[string]int // failures in a row of hooks, by their recipient

	refused []refusal // since the last mail that was taken: nothing is concluded from them yet
	denied  int       // refused since then for a reason that is not the address
}

// refusal is a mail whose recipient the server says not to know.
type refusal struct {
	mail Mail
	err  error
}

// deliver hands over one mail and notes what became of it. It returns false when the round is over:
// nothing more can be handed over for now.
func (r *round) deliver(ctx context.Context, mail Mail) (goOn bool, err error) {
	if r.down[mail.Recipient] >= inARow {
		return true, r.delay(ctx, mail, errors.New("not tried, since this hook failed several times a moment ago"))
	}
	answer, err := r.hand(ctx, mail)
	// What the server answered is noted even while we are being stopped.
	ctx = context.WithoutCancel(ctx)
	switch {
	case err == nil:
		r.d.Sent++
		if err := r.Ledger.EndMail(ctx, mail.ID, StateSent, answer, r.now()); err != nil {
			return false, fmt.Errorf("note the mail to %s: %w", mail.Recipient, err)
		}
		r.denied = 0
		delete(r.down, mail.Recipient)
		return true, r.conclude(ctx)
	case r.way == WayHook && errors.Is(err, ErrRefused):
		return true, r.suspend(ctx, refusal{mail, err})
	case r.way == WayHook:
		r.down[mail.Recipient]++
		return true, r.delay(ctx, mail, err)
	case errors.Is(err, ErrRefused):
		r.refused = append(r.refused, refusal{mail, err})
		return r.stillOwnFault(ctx, err)
	case errors.Is(err, ErrDenied):
		r.denied++
		if err := r.delay(ctx, mail, err); err != nil {
			return false, err
		}
		return r.stillOwnFault(ctx, err)
	case errors.Is(err, ErrUnreachable):
		// A server that went away said nothing of those before: they are asked again.
		return false, errors.Join(r.delay(ctx, mail, err), r.takeBack(ctx, err))
	}
	return true, r.delay(ctx, mail, err)
}

// stillOwnFault says whether refusals may be the recipients' own. When too many came in a row they
// are the server's: nobody is suspended, and the round is over.
func (r *round) stillOwnFault(ctx context.Context, last error) (bool, error) {
	if len(r.refused)+r.denied < inARow {
		return true, nil
	}
	err := fmt.Errorf("%w: %d recipients in a row were refused, which is the server's fault: %w", ErrUnreachable, len(r.refused)+r.denied, last)
	r.d.Trouble = err
	return false, r.takeBack(ctx, err)
}

// takeBack queues the refused ones again.
func (r *round) takeBack(ctx context.Context, err error) error {
	var faults error
	for _, one := range r.refused {
		faults = errors.Join(faults, r.delay(ctx, one.mail, err))
	}
	r.refused = nil
	return faults
}

// conclude suspends those whom the server refused: it took a mail for another, or the round is over
// and they are too few to be its own fault.
func (r *round) conclude(ctx context.Context) error {
	for _, one := range r.refused {
		if err := r.suspend(ctx, one); err != nil {
			return err
		}
	}
	r.refused = nil
	return nil
}

func (r *round) suspend(ctx context.Context, one refusal) error {
	reason := one.err.Error()
	r.d.Refused = append(r.d.Refused, one.mail.Recipient+" : "+reason)
	err := r.Ledger.EndMail(ctx, one.mail.ID, StateRefused, reason, r.now())
	if err == nil {
		err = r.Ledger.SuspendAddress(ctx, one.mail.Recipient, reason, r.now())
	}
	if err != nil {
		return fmt.Errorf("note the mail to %s: %w", one.mail.Recipient, err)
	}
	return nil
}

func (r *round) delay(ctx context.Context, mail Mail, why error) error {
	r.d.Delayed++
	r.d.Trouble = why
	if err := r.Ledger.DelayMail(ctx, mail.ID, r.now().Add(Backoff(mail.Attempts)), strings.ToValidUTF8(why.Error(), "")); err != nil {
		return fmt.Errorf("note the mail to %s: %w", mail.Recipient, err)
	}
	return nil
}
