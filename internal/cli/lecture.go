package cli

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"perceptarium/internal/lecture"
	"perceptarium/tui"
)

func (a *app) lecture() *cobra.Command {
	var asJSON, ascii, full, prepare bool
	cmd := &cobra.Command{
		Use:   "lecture",
		Short: "Open the screen on the lecture, slide by slide",
		Long: "Opens the screen on the slides of the lecture in their order, each with the scenarios that show it.\n" +
			"Without a terminal it lists them. docs/lecture.md says more.\n" +
			"With --prepare it computes every mark that takes long, on all cores, and stores it, so that the screen is there\n" +
			"at once; interrupted and called again, it goes on. perceptarium snapshots says what is stored.",
		Args: atMost(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case asJSON && prepare:
				return errors.New("--prepare computes, and --json lists: one of them")
			case prepare:
				return a.prepare(cmd.Context(), full)
			case asJSON:
				return writeJSON(a.out, lecture.Slides())
			case a.onScreen():
				return a.screen(cmd.Context(), tui.Options{Lecture: true, Full: full, ASCII: ascii})
			}
			return writeLecture(a.out, lecture.Slides())
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "an array of {number, title, says, scenes, deviations}")
	cmd.Flags().BoolVar(&ascii, "ascii", false, "draw with ASCII characters only")
	cmd.Flags().BoolVar(&prepare, "prepare", false, "compute the marks that take long, and store them")
	fullFlag(cmd, &full)
	a.dataFlag(cmd)
	return cmd
}

// writeLecture lists the slides, their scenes, and what these correct.
func writeLecture(w io.Writer, slides []lecture.Slide) error {
	t := table{gap: 2, wrap: true}
	for _, s := range slides {
		t.row(strconv.Itoa(s.Number), s.Title, sceneList(s.Scenes))
		for _, d := range s.Deviations {
			t.row("", "", "corrected: "+d)
		}
	}
	if err := t.write(w); err != nil {
		return err
	}
	_, err := fmt.Fprint(w, "\nperceptarium replay SCENARIO    plays one of them here, without a screen\n")
	return err
}

func sceneList(scenes []lecture.Scene) string {
	var list []string
	for _, c := range scenes {
		text := c.Scenario
		switch {
		case c.NotYet:
			text += " (not yet)"
		case c.Last == c.Act:
			text += " act " + strconv.Itoa(c.Act)
		case c.Last > c.Act:
			text += fmt.Sprintf(" acts %d-%d", c.Act, c.Last)
		}
		list = append(list, text)
	}
	return strings.Join(list, ", ")
}
