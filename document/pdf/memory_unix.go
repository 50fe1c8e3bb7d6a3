//go:build unix

package pdf

import (
	"context"
	"syscall"

	"github.com/tetratelabs/wazero/experimental"
)

// withMapping has the engine's memory mapped by the system: pages that a file does not touch are
// neither cleared nor collected, and growing copies nothing. Go would clear 16 MB for each file.
func withMapping(ctx context.Context) context.Context {
	return experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(func(_, most uint64) experimental.LinearMemory {
		space, err := syscall.Mmap(-1, 0, int(most), syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
		if err != nil {
			space = nil // the engine cannot start then, and says so
		}
		return &mapping{space}
	}))
}

// mapping is the memory of one instance, as large as it may ever become; what is used of it takes room.
type mapping struct{ space []byte }

func (m *mapping) Reallocate(size uint64) []byte {
	if size > uint64(len(m.space)) {
		return nil
	}
	return m.space[:size]
}

func (m *mapping) Free() {
	// What the system does not take back goes with the process.
	_ = syscall.Munmap(m.space)
	m.space = nil
}
