package cli

import "github.com/spf13/cobra"

func (a *app) help() *cobra.Command {
	return &cobra.Command{
		Use:   "help [VERB]",
		Short: "Help about a verb",
		ValidArgsFunction: func(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
			return verbsOf(cmd.Root()), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			verb, left, err := cmd.Root().Find(args)
			if err != nil || len(left) > 0 {
				return unknownVerb(verb, left[0])
			}
			verb.InitDefaultHelpFlag()
			return verb.Help()
		},
	}
}
