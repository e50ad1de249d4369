//go:build amd64 && !amd64.v3

package cli_test

// flagged says whether GODEBUG can take a feature of the processor away: not
// where the program is compiled for processors that all have it.
const flagged = true
