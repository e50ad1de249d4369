package cli

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"perceptarium/internal/dataset"
)

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
	return imported{path, "a table of " + tableSize(table), data}, nil
}

// writeTo writes the file where it is looked for first, under its name only
// when it is whole.
func (f *imported) writeTo(dir string) error {
	name := filepath.Join(dir, filepath.FromSlash(f.path))
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return fmt.Errorf("%s: %w", name, reason(err))
	}
	return replaceFile(name, f.data)
}
