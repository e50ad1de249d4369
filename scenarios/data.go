package scenarios

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"perceptarium/internal/dataset"
	"perceptarium/modern/examples"
	"perceptarium/modern/model"
	"perceptarium/sim/script"
)

// WithData is the house with the folder in which the files of data sets lie
// (internal/dataset.Files lists them).
func WithData(files fs.FS) House { return House{&shelf{files: files}} }

// HasFiles reports whether the house was given a folder of data.
func (h House) HasFiles() bool { return h.data != nil }

// Takes reports whether the data of a scenario come from files in this house:
// whether it asks for sets that do, and their files are here, all of them.
func (h House) Takes(sc *script.Scenario) bool {
	sets := fileSets(sc)
	missing := func(set string) bool { return h.data == nil || !dataset.Present(h.data.files, set) }
	return len(sets) > 0 && !slices.ContainsFunc(sets, missing)
}

// TakesFiles reports whether the data of a scenario come from files where they
// are.
func TakesFiles(sc *script.Scenario) bool { return len(fileSets(sc)) > 0 }

// fileSets lists the sets of files that a scenario takes its data from.
func fileSets(sc *script.Scenario) (sets []string) {
	for _, act := range sc.Acts {
		for _, o := range act.Options {
			base, _, _ := strings.Cut(o.Value, "(")
			if set := dataset.FilesOf(base); set != "" {
				sets = append(sets, set)
			}
		}
	}
	return sets
}

// DataSets implements script.House: the names of recipes and of nets.
func (House) DataSets() []string { return append(dataset.RecipeNames(), model.Names()...) }

// Data implements script.House: an encoded examples.Set, made by the recipe of
// that name (docs/data.md has the names and their settings), or the text of the
// net of that name.
func (h House) Data(name string) (data []byte, ok bool, err error) {
	base, list, call := strings.Cut(name, "(")
	recipe, err := dataset.FindRecipe(base)
	if err != nil && !call {
		text := model.Text(name)
		return text, text != nil, nil // else it may be a file
	}
	if err != nil {
		return nil, false, err
	}
	args, err := dataArgs(name, list, call)
	if err != nil {
		return nil, false, err
	}
	if h.data == nil {
		h.data = &drawn
	}
	data, err = h.data.get(name, recipe, args)
	return data, err == nil, err
}

// dataArgs reads KEY=VALUE,KEY=VALUE) of a name.
func dataArgs(name, list string, call bool) (args []dataset.Arg, err error) {
	list, closed := strings.CutSuffix(list, ")")
	if call != closed {
		return nil, fmt.Errorf("want NAME or NAME(KEY=VALUE,KEY=VALUE) without blanks, not %q", name)
	}
	if list == "" {
		return nil, nil
	}
	for _, text := range strings.Split(list, ",") {
		key, value, ok := strings.Cut(text, "=")
		if !ok || key == "" || value == "" {
			return nil, fmt.Errorf("want KEY=VALUE, not %q, in %s", text, name)
		}
		args = append(args, dataset.Arg{Key: key, Value: value})
	}
	return args, nil
}

// shelfBytes is how much a shelf holds before it drops what was made first.
const shelfBytes = 128 << 20

// shelf keeps the sets that were made, for the next act or seed that asks for
// the same. Whoever gets one reads it only.
type shelf struct {
	files fs.FS
	mu    sync.Mutex
	sets  []shelved
}

type shelved struct {
	name string
	data []byte
}

// drawn is the shelf of houses without files.
var drawn shelf

func (s *shelf) get(name string, recipe dataset.Recipe, args []dataset.Arg) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	held := 0
	for _, set := range s.sets {
		if set.name == name {
			return set.data, nil
		}
		held += len(set.data)
	}
	set, err := recipe.Make(args, s.files)
	if err != nil {
		return nil, err
	}
	data := examples.Encode(set)
	for len(s.sets) > 0 && held+len(data) > shelfBytes {
		held -= len(s.sets[0].data)
		s.sets = s.sets[1:]
	}
	s.sets = append(s.sets, shelved{name, data})
	return data, nil
}
