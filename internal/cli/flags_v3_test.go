//go:build !amd64 || amd64.v3

package cli_test

const flagged = false
