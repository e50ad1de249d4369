package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

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

func (a *app) dataAll(asJSON bool) error {
	dir, files, err := a.folderOf()
	if err != nil {
		return err
	}
	list := states(files)
	if asJSON {
		err = writeJSON(a.out, dataJSONOf(dir, list))
	} else {
		err = a.writeData(dir, files != nil, list)
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
	if damaged > 0 {
		return differs("%s damaged: get it again, or take it away", plural(damaged, "file"))
	}
	return nil
}

func (a *app) writeData(dir string, there bool, list []fileState) error {
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

func (a *app) dataImport() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import FILE...",
		Short: "Put files that you have into the folder of data",
		Long: "Recognises files by their bytes, whatever their names, and tables of your own by the ending .csv, and writes them into the\n" +
			"folder of data, uncompressed. Where one of them is neither, none is written.",
		Example: "  perceptarium data import train-images-idx3-ubyte.gz train-labels-idx1-ubyte.gz",
		Args:    atLeast(1, "a FILE"),
		RunE:    func(_ *cobra.Command, args []string) error { return a.importFiles(args) },
	}
	a.dataFlag(cmd)
	return cmd
}

// imported is a file that was recognised: where it belongs, and what it is.
type imported struct {
	path, what string
	data       []byte
}

func (a *app) importFiles(names []string) error {
	dir, _ := dataFolder(a.dataDir)
	if dir == "" {
		return fmt.Errorf("no folder of data: want --data DIR or %s", dataVariable)
	}
	var list []imported
	for _, name := range names {
		f, err := recognise(name)
		if err != nil {
			return err
		}
		list = append(list, f)
	}
	for _, f := range list {
		if err := f.writeTo(dir); err != nil {
			return err
		}
		if _, err := fmt.Fprintf(a.out, "%s: %s\n", filepath.Join(dir, filepath.FromSlash(f.path)), f.what); err != nil {
			return err
		}
	}
	return nil
}

func recognise(name string) (imported, error) {
	f, err := os.Open(name)
	if err != nil {
		return imported{}, fmt.Errorf("%s: %w", name, reason(err))
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return imported{}, fmt.Errorf("%s: a folder; want files, as in %s", name, filepath.Join(name, "*"))
	}
	known, data, err := dataset.Recognise(name, f)
	if !errors.Is(err, dataset.ErrUnknownFile) {
		return imported{known.Path(), known.Doc, data}, err
	}
	path, table, ok, wrong := dataset.OwnTable(name, data)
	if !ok || wrong != nil {
		return imported{}, cmp.Or(wrong, err)
	}
	what := fmt.Sprintf("a table of %s and %s", plural(table.Rows(), "row"), plural(table.Cols, "column"))
	return imported{path, what, data}, nil
}

// writeTo writes the file where it is looked for first, under its name only
// when it is whole.
func (f *imported) writeTo(dir string) error {
	name := filepath.Join(dir, filepath.FromSlash(f.path))
	err := os.MkdirAll(filepath.Dir(name), 0o777)
	if err == nil {
		err = os.WriteFile(name+".part", f.data, 0o666)
	}
	if err == nil {
		err = os.Rename(name+".part", name)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, reason(err))
	}
	return nil
}

// dataJSON is data --json; docs/json.md is its schema.
type dataJSON struct {
	Folder string     `json:"folder"`
	Files  []fileJSON `json:"files"`
	Sets   []setJSON  `json:"sets"`
}

type fileJSON struct {
	Set    string `json:"set"`
	File   string `json:"file"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
	From   string `json:"from"`
	State  string `json:"state"`
	Path   string `json:"path,omitempty"`
	Error  string `json:"error,omitempty"`
}

type setJSON struct {
	Name     string        `json:"name"`
	Text     string        `json:"text"`
	Settings []settingJSON `json:"settings"`
}

type settingJSON struct {
	Name    string `json:"name"`
	Default string `json:"default"`
	Want    string `json:"want"`
	Text    string `json:"text"`
}

func dataJSONOf(dir string, list []fileState) dataJSON {
	v := dataJSON{Folder: dir}
	for i := range list {
		f := &list[i]
		row := fileJSON{Set: f.Set, File: f.Name, Bytes: f.Bytes, SHA256: f.SHA256, From: f.From, State: f.state(), Path: f.path}
		if f.err != nil {
			row.Error = f.err.Error()
		}
		v.Files = append(v.Files, row)
	}
	for _, r := range dataset.Recipes() {
		v.Sets = append(v.Sets, setJSONOf(r))
	}
	return v
}

func setJSONOf(r dataset.Recipe) setJSON {
	v := setJSON{Name: r.Name, Text: r.Doc, Settings: []settingJSON{}}
	for _, p := range r.Params {
		v.Settings = append(v.Settings, settingJSON{p.Name, p.Default, p.Want(), p.Doc})
	}
	return v
}
