// Command contredit watches what a council says in public and what its meetings recorded,
// and puts the pairs that disagree in front of a person who decides. This package reads
// the command line and the configuration, wires the other packages, keeps the schedule,
// and is the only one that prints or exits.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // a container without zone files still knows Europe/Paris
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// The first signal lets what is under way finish, the second one cuts.
	context.AfterFunc(ctx, stop)
	code := Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
