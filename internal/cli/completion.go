package cli

import (
	"errors"

	"github.com/spf13/cobra"

	"perceptarium/sim"
)

var shells = []string{"bash", "zsh", "fish", "powershell"}

func (a *app) completion() *cobra.Command {
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "Write a script that completes verbs, flags and scenarios in bash, zsh, fish or powershell",
		Long: "Writes a script to stdout that teaches a shell to complete verbs, flags, scenarios and machines.\n" +
			"SHELL is bash, zsh, fish or powershell.",
		Example: "  source <(perceptarium completion bash)\n" +
			"  perceptarium completion zsh > \"${fpath[1]}/_perceptarium\"\n" +
			"  perceptarium completion fish > ~/.config/fish/completions/perceptarium.fish\n" +
			"  perceptarium completion powershell | Out-String | Invoke-Expression",
		Args:                  one("a SHELL: bash, zsh, fish or powershell"),
		ValidArgs:             shells,
		DisableFlagsInUseLine: true,
		RunE:                  func(cmd *cobra.Command, args []string) error { return a.complete(cmd.Root(), args[0]) },
	}
}

func (a *app) complete(root *cobra.Command, shell string) error {
	switch shell {
	case "bash":
		return root.GenBashCompletionV2(a.out, true)
	case "zsh":
		return root.GenZshCompletion(a.out)
	case "fish":
		return root.GenFishCompletion(a.out, true)
	case "powershell":
		return root.GenPowerShellCompletionWithDesc(a.out)
	}
	return errors.New(sim.Unknown("no completion for the shell", shell, shells))
}
