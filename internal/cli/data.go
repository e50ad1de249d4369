package cli

import (
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"perceptarium/internal/dataset"
)

func (a *app) data() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "data [SET] | data import FILE...",
		Short: "The data sets: which there are, which files are here and whole, where they can be had",
		Long: "Lists the files that data sets are made of: where each is looked for, whether it is there, and whether its uncompressed\n" +
			"bytes have the SHA-256 that is known; then the sets. With the name of a SET: its settings. docs/data.md says more.\n" +
			"The exit status is 1 where a file is damaged.",
		Example: "  perceptarium data\n  perceptarium data usps\n  perceptarium data import ~/Downloads/zip.train.gz",
		Args:    atMost(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return dataset.RecipeNames(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 1 {
				return a.dataSet(args[0], asJSON)
			}
			return a.dataAll(asJSON)
		},
	}
	a.dataFlag(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "as JSON (docs/json.md)")
	cmd.AddCommand(a.dataImport())
	return cmd
}

// fileState is a known file and what is here of it.
type fileState struct {
	dataset.File
	path  string // in the folder of data; empty where there is none
	other bool   // another edition, good all the same
	err   error  // what is wrong with it
}

// state says it in short.
func (f *fileState) state() string {
	switch {
	case f.path == "":
		return "missing"
	case f.err != nil:
		return "damaged"
	case f.other:
		return "other edition"
	}
	return "right"
}

// folderOf is the folder of data, and its files; nil where there is none yet.
func (a *app) folderOf() (dir string, files fs.FS, err error) {
	if err := a.withData(); err != nil {
		return "", nil, err
	}
	dir, _ = dataFolder(a.dataDir)
	if a.house.HasFiles() {
		files = os.DirFS(dir)
	}
	return dir, files, nil
}

func states(files fs.FS) (list []fileState) {
	for _, f := range dataset.Files() {
		path, other, err := f.Look(files)
		list = append(list, fileState{f, path, other, err})
	}
	return list
}

// ownState is a table of the user's own in the folder of data.
type ownState struct {
	path  string
	table *dataset.Numbers
	err   error
}

func ownStates(files fs.FS) (list []ownState) {
	for _, path := range dataset.OwnPaths(files) {
		table, err := dataset.ReadOwn(files, path)
		list = append(list, ownState{path, table, err})
	}
	return list
}

func (o *ownState) what() string {
	if o.err != nil {
		return o.err.Error()
	}
	return tableSize(o.table)
}

func tableSize(n *dataset.Numbers) string {
	return plural(n.Rows(), "row") + " and " + plural(n.Cols, "column")
}

func ownRows(list []ownState) table {
	t := newSection()
	for i := range list {
		state := "right"
		if list[i].err != nil {
			state = "damaged"
		}
		t.row(state, list[i].path, list[i].what())
	}
	return t
}

func (a *app) dataAll(asJSON bool) error {
	dir, files, err := a.folderOf()
	if err != nil {
		return err
	}
	list, own := states(files), ownStates(files)
	if asJSON {
		err = writeJSON(a.out, dataJSONOf(dir, list, own))
	} else {
		err = a.writeData(dir, files != nil, list, own)
	}
	if err != nil {
		return err
	}
	damaged := 0
	for i := range list {
		if list[i].err != nil {
			damaged++
		}
	}
	for i := range own {
		if own[i].err != nil {
			damaged++
		}
	}
	if damaged > 0 {
		return differs("%s damaged: get it again, or take it away", plural(damaged, "file"))
	}
	return nil
}

func (a *app) writeData(dir string, there bool, list []fileState, own []ownState) error {
	if dir == "" {
		dir = "(no folder: want --data DIR or " + dataVariable + ")"
	} else if !there {
		dir += " (not there yet)"
	}
	if _, err := fmt.Fprintf(a.out, "Files, looked for in %s\n", dir); err != nil {
		return err
	}
	if err := stateRows(list).write(a.out); err != nil {
		return err
	}
	w := &sectionWriter{w: a.out}
	w.section("Tables of your own, for data=csv(file=NAME)", ownRows(own))
	w.section("Where they can be had", originRows(list))
	w.section("Sets, by the names of a machine line's data=NAME(KEY=VALUE,...)", setRows())
	if w.err != nil {
		return w.err
	}
	_, err := fmt.Fprint(a.out, "\nperceptarium data SET shows the settings of one; perceptarium data import FILE... puts files into the folder\n")
	return err
}

func stateRows(list []fileState) *table {
	t := newSection()
	for i := range list {
		what := list[i].Doc
		if list[i].err != nil {
			what = list[i].err.Error()
		}
		t.row(list[i].state(), list[i].Path(), what)
	}
	return &t
}

func originRows(list []fileState) table {
	t := newSection()
	for i := range list {
		if i == 0 || list[i].From != list[i-1].From {
			t.row(list[i].Set, list[i].From)
		}
	}
	return t
}

func setRows() table {
	t := newSection()
	for _, r := range dataset.Recipes() {
		t.row(r.Name, r.Doc)
	}
	return t
}

func (a *app) dataSet(name string, asJSON bool) error {
	r, err := dataset.FindRecipe(name)
	if err != nil {
		return err
	}
	if asJSON {
		return writeJSON(a.out, setJSONOf(r))
	}
	if _, err := fmt.Fprintf(a.out, "%s: %s\n", r.Name, r.Doc); err != nil {
		return err
	}
	t := newSection()
	for _, p := range r.Params {
		t.row(p.Name+"="+p.Default, p.Want(), p.Doc)
	}
	return t.write(a.out)
}
