package cli

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"perceptarium/internal/era"
)

func (a *app) computers() *cobra.Command {
	return &cobra.Command{
		Use:   "computers [MULTIPLY-ADDS]",
		Short: "The time machine: historic computers, and what a number of multiply-adds takes on each",
		Long: "Lists the computers that replays reckon with, by year, and what so many multiply-adds take on each: time, energy, and the\n" +
			"share of its price. Every figure has the mark of the weakest that it was made of; what nobody knows is unknown.\n" +
			"docs/time-machine.md says more.",
		Example: "  perceptarium computers\n  perceptarium computers 32.5e9",
		Args:    atMost(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return a.listComputers()
			}
			macs, err := strconv.ParseFloat(strings.ReplaceAll(args[0], ",", ""), 64)
			if err != nil || !(macs > 0) || math.IsInf(macs, 0) {
				return fmt.Errorf("%q is no number of multiply-adds, as in 32530000000 or 32.5e9", args[0])
			}
			return a.takenOnAll(macs)
		},
	}
}

func (a *app) listComputers() error {
	t := table{gap: 2, wrap: true}
	t.row("computer", "year", "name", "peak", "of it", "mark", "remark")
	for _, c := range era.Table() {
		peak, share, mark := "unknown", "", ""
		if c.Peak.Known() {
			peak, share, mark = era.Speed(c.Peak.Value), percent(c.Share), c.Rate().Mark.String()
		}
		t.row(c.Key, strconv.Itoa(c.Year), c.Name, peak, share, mark, c.Note)
	}
	return t.write(a.out)
}

func percent(f era.Figure) string { return fmt.Sprintf("%.3g %%", 100*f.Value) }

func (a *app) takenOnAll(macs float64) error {
	t := table{gap: 2, wrap: true}
	for _, c := range era.Table() {
		t.row(strconv.Itoa(c.Year), c.Name, taken(&c, era.MACs(macs)))
	}
	return t.write(a.out)
}
