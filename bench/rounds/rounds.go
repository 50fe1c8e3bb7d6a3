// Package rounds runs programs in turn, one round after the other, so that what else the machine does
// falls on all of them alike, and sums up what they took. What to run is left to the benchmarks.
package rounds

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Sample is what one run of a program took.
type Sample struct {
	Wall      time.Duration
	Processor time.Duration // of the program and of the children that it waited for
	Resident  int64         // KiB at the peak of the largest of them
	Out       []byte        // what it printed
}

// Spend runs a command and measures it. An error holds what the program said of it.
func Spend(ctx context.Context, command ...string) (Sample, error) {
	c := exec.CommandContext(ctx, command[0], command[1:]...)
	var out, said bytes.Buffer
	c.Stdout, c.Stderr = &out, &said
	start := time.Now()
	err := c.Run()
	s := Sample{Wall: time.Since(start), Out: out.Bytes()}
	if err != nil {
		return s, fmt.Errorf("run %s: %w: %s", command[0], err, said.String())
	}
	if usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage); ok {
		s.Processor, s.Resident = Processor(usage), usage.Maxrss
	}
	return s, nil
}

// Processor is the processor time that a usage counts, of the program and of the system for it.
func Processor(u *syscall.Rusage) time.Duration {
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// Own is the processor time of this process and its peak memory in KiB.
func Own() (time.Duration, int64) {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0, 0
	}
	return Processor(&u), u.Maxrss
}

// Resident is the memory that this process holds now, in KiB; 0 where the system does not say.
func Resident() int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kilobytes, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			if err != nil {
				return 0
			}
			return kilobytes
		}
	}
	return 0
}

// Figures are measures of one thing, in the order of the rounds.
type Figures []float64

// Quantile is the figure that the given share, from 0 to 1, of all do not exceed.
func (f Figures) Quantile(share float64) float64 {
	if len(f) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(f))
	return sorted[min(int(share*float64(len(sorted))), len(sorted)-1)]
}

// Median is the middle figure.
func (f Figures) Median() float64 { return f.Quantile(0.5) }

// Spread writes the median with the least and the greatest figure, with so many digits after the point.
func (f Figures) Spread(digits int) string {
	if len(f) == 0 {
		return ""
	}
	return fmt.Sprintf("%.*f (%.*f–%.*f)", digits, f.Median(), digits, slices.Min(f), digits, slices.Max(f))
}

// Over divides figures by those of another, round by round.
func (f Figures) Over(other Figures) Figures {
	var ratios Figures
	for i := range min(len(f), len(other)) {
		if other[i] != 0 {
			ratios = append(ratios, f[i]/other[i])
		}
	}
	return ratios
}

// Load is the machine's load over the last minute, of so many processors; what waits for one counts too.
func Load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Fields(string(text))[0]
}

// Version is the first line that a program prints of itself, "" when it is not installed.
func Version(command ...string) string {
	out, err := exec.Command(command[0], command[1:]...).CombinedOutput()
	if err != nil && len(out) == 0 {
		return ""
	}
	line, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	return line
}
