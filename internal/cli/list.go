package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"perceptarium/scenarios"
	"perceptarium/tui"
)

func (a *app) list() *cobra.Command {
	var asJSON, full bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the scenarios by year",
		Args:  atMost(0),
		RunE: func(*cobra.Command, []string) error {
			list, err := scenarios.List()
			if err != nil {
				return err
			}
			if asJSON {
				return writeJSON(a.out, list)
			}
			if full {
				return writeFull(a.out, list)
			}
			return writeList(a.out, list)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "an array of {name, year, title, machine, full}")
	cmd.Flags().BoolVar(&full, "full", false, "those that have a full form, of the published length, and what it is")
	return cmd
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

func writeList(w io.Writer, list []scenarios.Entry) error {
	t := table{gap: 2}
	for _, s := range list {
		t.row(strconv.Itoa(s.Year), s.Name, s.Title, s.Machine)
	}
	return t.write(w)
}

// writeFull lists the full forms and what they are.
func writeFull(w io.Writer, list []scenarios.Entry) error {
	t := table{gap: 2, wrap: true}
	for _, s := range list {
		if s.Full != "" {
			t.row(strconv.Itoa(s.Year), s.Name, s.Full)
		}
	}
	return t.write(w)
}

// hall is what a call without a verb opens: the screen, or where there is none
// the list and how to go on.
func (a *app) hall(cmd *cobra.Command, ascii bool) error {
	if a.onScreen() {
		return a.screen(cmd.Context(), tui.Options{ASCII: ascii})
	}
	list, err := scenarios.List()
	if err != nil {
		return err
	}
	if err := writeList(a.out, list); err != nil {
		return err
	}
	_, err = fmt.Fprint(a.out, `
perceptarium replay SCENARIO    plays one of them here, without a screen
perceptarium play SCENARIO      opens the screen on one, in a terminal
`)
	return err
}
