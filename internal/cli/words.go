package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"perceptarium/scenarios"
	"perceptarium/sim"
)

func unknownVerb(cmd *cobra.Command, word string) error {
	return errors.New(sim.Unknown("no verb", word, verbsOf(cmd)))
}

func verbsOf(cmd *cobra.Command) (verbs []string) {
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() || c.Name() == "help" {
			verbs = append(verbs, c.Name())
		}
	}
	return verbs
}

// flagError says which flags there are where one is unknown.
func flagError(cmd *cobra.Command, err error) error {
	var none *pflag.NotExistError
	if !errors.As(err, &none) || len(none.GetSpecifiedName()) < 2 {
		return fmt.Errorf("%s: %w", cmd.CommandPath(), err)
	}
	var flags []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { flags = append(flags, "--"+f.Name) })
	return errors.New(sim.Unknown(cmd.CommandPath()+" has no flag", "--"+none.GetSpecifiedName(), flags))
}

// aScenario is what a verb needs that plays one.
const aScenario = "a SCENARIO: a name or a file; perceptarium list shows them all"

// atLeast refuses fewer words than n; what says what the verb takes.
func atLeast(n int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < n {
			return fmt.Errorf("%s needs %s", cmd.CommandPath(), what)
		}
		return nil
	}
}

// one refuses all but one word.
func one(what string) cobra.PositionalArgs {
	return cobra.MatchAll(atLeast(1, what), atMost(1))
}

// atMost refuses more words than n.
func atMost(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > n {
			return fmt.Errorf("%s: one word too many: %q", cmd.CommandPath(), args[n])
		}
		return nil
	}
}

// completeScenarios offers the names of the house's scenarios, and files.
func completeScenarios(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return scenarios.Names(), cobra.ShellCompDirectiveDefault
}

func completeStudies(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return append(scenarios.House{}.Machines(), scenarios.Names()...), cobra.ShellCompDirectiveNoFileComp
}

// wrap breaks text into lines of at most width characters, at spaces.
func wrap(text string, width int) []string {
	var lines []string
	line, used := "", 0
	for _, word := range strings.Fields(text) {
		n := len([]rune(word))
		if used > 0 && used+1+n > width {
			lines = append(lines, line)
			line, used = "", 0
		}
		if used > 0 {
			line, used = line+" ", used+1
		}
		line, used = line+word, used+n
	}
	return append(lines, line)
}

// plural is "1 line", "2 lines".
func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
