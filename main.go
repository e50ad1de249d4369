// Perceptarium makes the history of neural computing run again.
package main

import (
	"context"
	"os"

	"perceptarium/internal/cli"
)

func main() {
	os.Exit(cli.Run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
