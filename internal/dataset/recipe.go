package dataset

import (
	"errors"
	"io/fs"

	"perceptarium/modern/examples"
	"perceptarium/sim"
	"perceptarium/sim/rng"
)

// Recipe makes the sets of examples of one name. docs/data.md lists all.
type Recipe struct {
	Name, Doc string
	Params    []Param
	make      func(*settings, fs.FS) (*examples.Set, error)
}

// Recipes lists all recipes, always in the same order.
func Recipes() []Recipe {
	var list []Recipe
	list = append(list, imageRecipes()...)
	list = append(list, planeRecipes()...)
	list = append(list, patternRecipes()...)
	return append(append(list, sequenceRecipes()...), csvRecipe())
}

// RecipeNames lists the names of all recipes.
func RecipeNames() []string {
	var names []string
	for _, r := range Recipes() {
		names = append(names, r.Name)
	}
	return names
}

// FindRecipe returns the recipe of that name, or an error that suggests one.
func FindRecipe(name string) (Recipe, error) {
	for _, r := range Recipes() {
		if r.Name == name {
			return r, nil
		}
	}
	return Recipe{}, errors.New(sim.Unknown("no data set", name, RecipeNames()))
}

// Make makes the set, the same for the same arguments and files on every
// processor. files is where the folders of Files lie; nil is a place without
// any. An argument that is unknown, given twice or out of range is an error
// that names the valid ones.
func (r Recipe) Make(args []Arg, files fs.FS) (*examples.Set, error) {
	s, err := settle(r.Name, r.Params, args, 0)
	if err != nil {
		return nil, err
	}
	if s.has("seed") {
		s.seed = uint64(s.num("seed"))
	}
	set, err := r.make(s, files)
	if err != nil {
		return nil, err
	}
	return set, set.Check()
}

// Parameters that many recipes share.
func seedParam(doc string) Param {
	return Param{Name: "seed", Kind: Number, Default: "1", Max: 1<<31 - 1, Doc: doc}
}

func countParam(name, standard string, lowest, highest int64, doc string) Param {
	return Param{Name: name, Kind: Number, Default: standard, Min: lowest, Max: highest, Doc: doc}
}

// testSeed is the seed of the examples for testing where those for training are
// drawn with seed: they do not change with the number of the others.
func testSeed(seed uint64) uint64 {
	st := rng.New(seed).Stream("recipe.test")
	return st.Uint64()
}

// quotient is a/b, rounded once: float64 has more than twice the digits, so
// that rounding twice is rounding once.
func quotient(a, b int64) float32 { return float32(float64(a) / float64(b)) }
