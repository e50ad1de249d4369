package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"perceptarium/sim/neuron"
)

// netBytesMax is the longest net file or expression that is read.
const netBytesMax = 1 << 20

func (a *app) net() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "net compile EXPRESSION | net solve FILE",
		Short: "Make a net of 1943 from an expression, or the expression of a net",
		Long: "Nets of formal neurons and temporal propositional expressions, there and back (McCulloch and Pitts 1943,\n" +
			"theorems 1 to 3). docs/nets.md describes the text format of nets.",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownVerb(cmd, args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.netCompile(), a.netSolve())
	return cmd
}

func (a *app) netCompile() *cobra.Command {
	return &cobra.Command{
		Use:     "compile EXPRESSION",
		Short:   "Print the net that realises an expression; - reads it from stdin",
		Example: "  perceptarium net compile 'out(t) = a(t-1) v (b(t-3) . ~b(t-2))'\n  perceptarium net compile 'a . ~b' > and-not.net",
		Args:    needs("an EXPRESSION, as in 'a(t-1) . ~b(t-1)'"),
		RunE: func(_ *cobra.Command, args []string) error {
			name, src := "expression", []byte(args[0])
			if args[0] == "-" {
				var err error
				if name, src, err = a.readNet("-"); err != nil {
					return err
				}
			}
			n, err := neuron.Compile(name, string(src))
			if err != nil {
				return err
			}
			_, err = fmt.Fprint(a.out, n)
			return err
		},
	}
}

func (a *app) netSolve() *cobra.Command {
	return &cobra.Command{
		Use:     "solve FILE",
		Short:   "Print the expression that a net without circles realises; - reads it from stdin",
		Example: "  perceptarium net solve and-not.net",
		Args:    needs("a FILE with a net"),
		RunE: func(_ *cobra.Command, args []string) error {
			name, src, err := a.readNet(args[0])
			if err != nil {
				return err
			}
			n, err := neuron.Read(name, src)
			if err != nil {
				return err
			}
			sentences, err := neuron.Solve(n)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			_, err = fmt.Fprintln(a.out, sentences)
			return err
		},
	}
}

// readNet reads a file, or stdin where its name is -.
func (a *app) readNet(file string) (name string, src []byte, err error) {
	if file != "-" {
		src, err = readAtMost(file, netBytesMax)
		return file, src, err
	}
	src, err = io.ReadAll(io.LimitReader(a.in, netBytesMax+1))
	if err == nil && len(src) > netBytesMax {
		err = fmt.Errorf("stdin: more than %d bytes", netBytesMax)
	}
	return "stdin", src, err
}

// needs refuses all but one word.
func needs(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != 1 {
			return fmt.Errorf("%s needs %s, one word; got %d", cmd.CommandPath(), what, len(args))
		}
		return nil
	}
}
