package digest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Ledger keeps what was queued and what became of it. Each method is whole or not at all.
type Ledger interface {
	// QueueIssue enters a mail for every recipient, and notes the items of the letter as carried
	// to each of them. A run that was entered is not entered again: it then returns 0. Nor is an agenda
	// or a sign of life that a recipient had meanwhile; points of which some were told are an error.
	QueueIssue(ctx context.Context, issue Issue, now time.Time) (int, error)
	// TakeMail returns the mail that has waited longest among those of a way whose time has come,
	// without what was dropped from it, and keeps others from taking it for the lease; false when
	// none is due.
	TakeMail(ctx context.Context, way Way, now time.Time, lease time.Duration) (Mail, bool, error)
	// DropItems notes that a mail does not carry these items after all. They count as carried no more.
	DropItems(ctx context.Context, id int64, dropped []Drop, now time.Time) error
	// WithdrawMail notes that a mail does not leave, and why. What it carried counts so no more.
	WithdrawMail(ctx context.Context, id int64, reason string, now time.Time) error
	// EndMail notes what became of a mail for good, with the server's answer.
	EndMail(ctx context.Context, id int64, state State, answer string, now time.Time) error
	// DelayMail queues a mail again.
	DelayMail(ctx context.Context, id int64, until time.Time, answer string) error
	// SuspendAddress sends nothing more to an address, and withdraws what waits for it.
	SuspendAddress(ctx context.Context, address, reason string, now time.Time) error
}

// Mailer hands one message to whoever delivers it. It returns the server's answer. An error
// that wraps ErrRefused will not get better by trying again; any other one may.
type Mailer interface {
	Send(ctx context.Context, m *Message) (answer string, err error)
}

// ErrRefused says that the recipient's address does not exist, or that a hook is gone: the server
// will never take the message for it.
var ErrRefused = errors.New("refused for good")

// ErrDenied says that the server does not take the message for this recipient, for a reason that
// is not the address: relaying, policy, a full mailbox. Somebody may mend it.
var ErrDenied = errors.New("not taken for this recipient")

// lease is how long one attempt may take before a mail under way counts as not sent.
const lease = 10 * time.Minute

// Sender takes what waits in the ledger to the mailer.
type Sender struct {
	Ledger Ledger
	Mailer Mailer
	Writer Writer
	Hooks  Hooks            // webhooks by their name
	Now    func() time.Time // clock; nil for the machine's

	// Recheck says what of a mail may leave now; nil to send each as it was queued. It is asked right
	// before each attempt, since a mail may have waited for days.
	Recheck func(ctx context.Context, mail Mail) (Rechecked, error)
}

// Rechecked is what of a mail may leave.
type Rechecked struct {
	Letter   Letter // as it is to be sent
	Dropped  []Drop // what is left out of it, since it was queued or last tried
	Withdraw string // why nothing leaves; "" when something does
}

// Delivery is what a round of sending came to.
type Delivery struct {
	Sent      int
	Delayed   int      // tried in vain, queued again
	Withdrawn int      // that may not leave any more
	Refused   []string // addresses whose server refused for good, each with the reason
	Trouble   error    // why the last delayed one was; nil when none was
}

// Deliver sends everything that is due, by both ways at once, on each one after another. After a
// server that cannot be reached mails wait, and hooks go on. An error means that the ledger could not
// be read or written.
func (s *Sender) Deliver(ctx context.Context) (Delivery, error) {
	var hooks Delivery
	ended := make(chan error, 1)
	go func() { ended <- s.deliverBy(ctx, WayHook, &hooks) }()
	var d Delivery
	err := errors.Join(s.deliverBy(ctx, WayMail, &d), <-ended)
	d.Sent += hooks.Sent
	d.Delayed += hooks.Delayed
	d.Withdrawn += hooks.Withdrawn
	d.Refused = append(d.Refused, hooks.Refused...)
	if d.Trouble == nil {
		d.Trouble = hooks.Trouble
	}
	return d, err
}

func (s *Sender) deliverBy(ctx context.Context, way Way, d *Delivery) error {
	r := &round{Sender: s, way: way, d: d, down: map[string]int{}}
	for ctx.Err() == nil {
		mail, ok, err := s.Ledger.TakeMail(ctx, way, s.now(), lease)
		if err != nil {
			return fmt.Errorf("take the next mail: %w", err)
		}
		if !ok {
			return r.conclude(context.WithoutCancel(ctx))
		}
		leaves, err := s.recheck(ctx, &mail, d)
		if err != nil {
			return err
		}
		if !leaves {
			continue
		}
		goOn, err := r.deliver(ctx, mail)
		if err != nil {
			return err
		}
		if !goOn {
			return nil
		}
	}
	// We are being stopped: what comes after the refusals will not be seen.
	return errors.Join(r.takeBack(context.WithoutCancel(ctx), ctx.Err()), ctx.Err())
}

// recheck leaves out of a mail what may not be told any more, and notes it before anything is sent.
func (s *Sender) recheck(ctx context.Context, mail *Mail, d *Delivery) (leaves bool, err error) {
	if s.Recheck == nil {
		return true, nil
	}
	now, err := s.Recheck(ctx, *mail)
	if err != nil {
		return false, fmt.Errorf("look whether the mail to %s may leave: %w", mail.Recipient, err)
	}
	if len(now.Dropped) > 0 {
		if err := s.Ledger.DropItems(ctx, mail.ID, now.Dropped, s.now()); err != nil {
			return false, err
		}
	}
	mail.Letter = now.Letter
	if now.Withdraw == "" && mail.Letter.Empty() {
		now.Withdraw = "rien de ce que ce courriel portait ne peut plus être dit"
	}
	if now.Withdraw == "" {
		return true, nil
	}
	d.Withdrawn++
	return false, s.Ledger.WithdrawMail(ctx, mail.ID, now.Withdraw, s.now())
}

// ErrUnreachable says that no mail can be handed over for now, whoever it is for.
var ErrUnreachable = errors.New("the mail server cannot be reached")

// hand gives a letter to the webhook or the mailer that its recipient names.
func (s *Sender) hand(ctx context.Context, mail Mail) (answer string, err error) {
	if strings.HasPrefix(mail.Recipient, HookPrefix) {
		return s.Hooks.Post(ctx, mail, s.now())
	}
	message, err := s.Writer.Write(mail)
	if err != nil {
		return "", err
	}
	return s.Mailer.Send(ctx, message)
}

func (s *Sender) now() time.Time {
	if s.Now != nil {
		return s.Now()
	}
	return time.Now()
}

// Bounds of the wait after a mail that could not be handed over.
const (
	firstWait = time.Minute
	mostWait  = 6 * time.Hour
)

// Backoff is how long a mail waits after so many attempts: it doubles, and never gives up.
func Backoff(attempts int) time.Duration {
	wait := firstWait
	for range min(attempts-1, 12) {
		wait *= 2
	}
	return min(wait, mostWait)
}
