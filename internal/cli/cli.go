// Package cli holds the verbs of the program, one a file. Without a verb it
// opens the screen.
//
// Exit status: 0 all as expected; 1 an expectation failed or a trace differs;
// 2 wrong usage or input; 130 interrupted.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"

	"charm.land/fang/v2"
	"github.com/spf13/cobra"

	"perceptarium/scenarios"
)

// The exit statuses besides 0.
const (
	statusDiffers     = 1
	statusUsage       = 2
	statusInterrupted = 130
)

// app is one run of the program.
type app struct {
	in       io.Reader
	out, err io.Writer
	house    scenarios.House // without files of data, until withData
	dataDir  string          // as --data says
}

// Run runs the program with these words and returns its exit status. The words
// do not include the program's own name.
func Run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	a := &app{in: stdin, out: stdout, err: stderr}
	root := a.root()
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	dress(ctx, root)
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	root.SetArgs(args)
	err := chooseKernel()
	if err == nil {
		err = root.ExecuteContext(ctx)
	}
	if err != nil {
		fmt.Fprintf(stderr, "perceptarium: %v\n", err)
	}
	return statusOf(err)
}

// dress has fang give the root its help in colours, its manual and its version,
// by the way of a verb that does nothing. The arguments proper are not left to
// fang: before it prints an error it asks the terminal for its colours, which
// writes into one that does not understand, and waits four seconds for it.
func dress(ctx context.Context, root *cobra.Command) {
	plain := root.HelpFunc()
	nothing := &cobra.Command{Use: "nothing", Hidden: true, Run: func(*cobra.Command, []string) {}}
	root.AddCommand(nothing)
	root.SetArgs([]string{nothing.Use})
	_ = fang.Execute(ctx, root, fang.WithVersion(version()))
	root.RemoveCommand(nothing)
	if os.Getenv("TERM") == "dumb" {
		root.SetHelpFunc(plain)
	}
}

func (a *app) root() *cobra.Command {
	var ascii bool
	root := &cobra.Command{
		Use:   "perceptarium",
		Short: "The history of neural computing runs again",
		Long: "The history of neural computing runs again: machines from 1943 on, their scenarios, their failures.\n" +
			"Without a verb it opens the screen.",
		Example: "  perceptarium\n  perceptarium play xor-failure-1969\n  perceptarium replay --trace - gates-1943\n  perceptarium check",
		Args:    a.noVerb,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.hall(cmd, ascii) },
	}
	a.dataFlag(root)
	root.Flags().BoolVar(&ascii, "ascii", false, "draw with ASCII characters only")
	root.SetFlagErrorFunc(flagError)
	root.SetHelpCommand(a.help())
	root.AddCommand(a.list(), a.lecture(), a.playVerb(), a.replay(), a.check(), a.sheet(), a.net(), a.data(), a.computers(), a.study(), a.snapshotsVerb(), a.kernels(), a.speed(), a.completion())
	return root
}

// noVerb refuses a first word that is no verb, and says which one was meant.
func (a *app) noVerb(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	for _, name := range scenarios.Names() {
		if name == args[0] {
			return fmt.Errorf("%q is a scenario, not a verb; did you mean \"play %s\"?", name, name)
		}
	}
	return unknownVerb(cmd, args[0])
}

// failure is an error with its exit status; every other error is wrong usage or
// input.
type failure struct {
	status int
	text   string
}

func (f *failure) Error() string { return f.text }

func differs(format string, args ...any) error {
	return &failure{statusDiffers, fmt.Sprintf(format, args...)}
}

func notAsExpected(bad, all int) error {
	return differs("not as expected: %d of %s", bad, plural(all, "scenario"))
}

func interrupted(format string, args ...any) error {
	return &failure{statusInterrupted, "interrupted " + fmt.Sprintf(format, args...)}
}

func statusOf(err error) int {
	var f *failure
	switch {
	case err == nil:
		return 0
	case errors.As(err, &f):
		return f.status
	}
	return statusUsage
}

// version is that of the module and the revision it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	text := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			text += " " + s.Value
		}
	}
	return text
}
