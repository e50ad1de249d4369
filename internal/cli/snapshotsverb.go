package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

func (a *app) snapshotsVerb() *cobra.Command {
	var clear bool
	cmd := &cobra.Command{
		Use:   "snapshots",
		Short: "The stored marks from which the screen opens scenarios that compute for long",
		Long: "Says how much is stored of marks that took more than 2 s to reach, and where; --clear takes it away. The screen\n" +
			"stores such marks as it passes them, and lecture --prepare those of the lecture. " + snapshotsVariable + " names\n" +
			"another folder; " + snapshotsOff + " means none. docs/checkpoints.md says more.",
		Args: atMost(0),
		RunE: func(*cobra.Command, []string) error { return a.snapshots(clear) },
	}
	cmd.Flags().BoolVar(&clear, "clear", false, "take all stored marks away")
	return cmd
}

func (a *app) snapshots(clear bool) error {
	s := theSnapshots()
	if clear {
		var errs []error
		for _, f := range s.files() {
			errs = append(errs, s.remove(f))
		}
		if err := errors.Join(errs...); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(a.out, s.words())
	return err
}
