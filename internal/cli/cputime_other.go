//go:build !linux

package cli

import "time"

// threadSeconds is the time of the clock, where the system does not tell the
// processor time of a thread.
func threadSeconds() float64 { return float64(time.Now().UnixMicro()) / 1e6 }
