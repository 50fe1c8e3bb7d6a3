//go:build !unix

package pdf

import "context"

// withMapping leaves the engine's memory to Go.
func withMapping(ctx context.Context) context.Context { return ctx }
