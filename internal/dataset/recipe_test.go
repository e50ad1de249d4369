package dataset

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"math/bits"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"perceptarium/modern/examples"
)

// args reads "key=value key=value".
func recipeArgs(text string) (list []Arg) {
	for _, word := range strings.Fields(text) {
		key, value, _ := strings.Cut(word, "=")
		list = append(list, Arg{key, value})
	}
	return list
}

func cook(t testing.TB, files fs.FS, name, args string) *examples.Set {
	t.Helper()
	r, err := FindRecipe(name)
	if err != nil {
		t.Fatal(err)
	}
	set, err := r.Make(recipeArgs(args), files)
	if err != nil {
		t.Fatalf("%s(%s): %v", name, args, err)
	}
	return set
}

// recipeRows are sets that need no files: sizes, and the range of their inputs.
var recipeRows = []struct {
	name, args           string
	shape                []int
	steps, outs, classes int
	train, test          int
	lo, hi               float32
}{
	{"digits", "", []int{1, 16, 16}, 1, 0, 10, 1000, 500, -1, 1},
	{"digits", "size=28 train=30 test=20 low=0", []int{1, 28, 28}, 1, 0, 10, 30, 20, 0, 1},
	{"digits", "size=28 train=30 test=0 low=-0.1 high=1.175 pad=2", []int{1, 32, 32}, 1, 0, 10, 30, 0, -0.1, 1.175},
	{"digits", "size=14 train=30 test=20", []int{1, 14, 14}, 1, 0, 10, 30, 20, -1, 1},
	{"digits", "size=10 train=30 test=20", []int{1, 10, 10}, 1, 0, 10, 30, 20, -1, 1},
	{"zip-codes", "train=700", []int{1, 16, 16}, 1, 0, 10, 700, 2007, -1, 1},
	{"handwriting", "drawn=40 size=14", []int{1, 14, 14}, 1, 0, 10, 40, 10, -1, 1},
	{"handwriting", "train=40 test=20 low=0 size=14", []int{1, 14, 14}, 1, 0, 10, 40, 20, 0, 1},
	{"playground-circle", "", []int{2}, 1, 1, 2, 250, 250, -5, 5},
	{"playground-xor", "noise=50 count=100", []int{2}, 1, 1, 2, 50, 50, -5.3, 5.3},
	{"playground-gauss", "split=80", []int{2}, 1, 1, 2, 400, 100, -9, 9},
	{"playground-spiral", "", []int{2}, 1, 1, 2, 250, 250, -5, 5},
	{"playground-plane", "count=1200", []int{2}, 1, 1, 0, 600, 600, -6, 6},
	{"playground-multi-gauss", "", []int{2}, 1, 1, 0, 250, 250, -6, 6},
	{"spirals", "", []int{2}, 1, 1, 2, 194, 192, -6.5, 6.5},
	{"parity", "", []int{4}, 1, 1, 2, 16, 0, 0, 1},
	{"symmetry", "low=-1", []int{6}, 1, 1, 2, 64, 0, -1, 1},
	{"xor", "", []int{2}, 1, 1, 2, 4, 0, 0, 1},
	{"encoder", "", []int{8}, 1, 8, 8, 8, 0, 0, 1},
	{"bars-and-stripes", "", []int{1, 4, 4}, 1, 16, 0, 30, 0, 0, 1},
	{"family-trees", "", []int{36}, 1, 24, 0, 100, 4, 0, 1},
	{"motif", "train=20 test=10", []int{1, 1, 128}, 1, 1, 2, 20, 10, -2.5, 2.5},
	{"addition", "bits=8 test-bits=64 train=20 test=10", []int{2}, 65, 1, 0, 20, 10, 0, 1},
	{"ridges", "train=20 test=10", []int{5}, 1, 1, 0, 20, 10, -1, 1},
	{"ridges", "inputs=2 degree=3 train=20 test=10", []int{9}, 1, 1, 0, 20, 10, -3, 3},
	{"rare-words", "words=40 train=20 test=10", []int{40}, 1, 1, 2, 20, 10, 0, 1},
	{"adding", "train=20 test=10", []int{2}, 50, 1, 0, 20, 10, 0, 1},
	{"addition", "train=20 test=10", []int{2}, 9, 1, 0, 20, 10, 0, 1},
	{"waves", "", []int{3}, 16, 1, 0, 3, 0, 0, 1},
	{"reversal", "train=20 test=10", []int{2}, 12, 1, 0, 20, 10, 0, 1},
	{"amounts", "train=20 test=10 drawn=100", []int{1, 20, 64}, 1, 15, 0, 20, 10, 0, 1},
	{"amounts", "rows=12 cols=24 height=12 digits=1..12 train=20 test=10 drawn=100", []int{1, 12, 24}, 1, 36, 0, 20, 10, 0, 1},
	{"text", "", []int{1}, 64, 1, 47, 1405, 157, 0, 46},
}

func TestRecipes(t *testing.T) {
	seen := map[string]bool{"mnist": true, "usps": true, "csv": true}
	for _, row := range recipeRows {
		seen[row.name] = true
		s := cook(t, nil, row.name, row.args)
		if !slices.Equal(s.Shape, row.shape) || s.Steps != row.steps || s.Outputs != row.outs || s.Classes != row.classes || s.Train.N != row.train || s.Test.N != row.test {
			t.Errorf("%s(%s): shape %v, %d steps, %d outputs, %d classes, %d + %d examples; want %+v", row.name, row.args, s.Shape, s.Steps, s.Outputs, s.Classes, s.Train.N, s.Test.N, row)
		}
		all := append(slices.Clone(s.Train.X), s.Test.X...)
		if lo, hi := slices.Min(all), slices.Max(all); lo < row.lo || hi > row.hi {
			t.Errorf("%s(%s): inputs in %v..%v; want %v..%v", row.name, row.args, lo, hi, row.lo, row.hi)
		}
		if err := s.Check(); err != nil {
			t.Errorf("%s(%s): %v", row.name, row.args, err)
		}
	}
	for _, r := range Recipes() {
		if !seen[r.Name] {
			t.Errorf("%s is in no row of this test", r.Name)
		}
	}
}

// TestRecipeRange: bare ground and full ink come out exactly as the settings say.
func TestRecipeRange(t *testing.T) {
	for _, row := range []struct {
		args   string
		lo, hi float32
	}{{"", -1, 1}, {"low=0", 0, 1}, {"low=-0.1 high=1.175", -0.1, 1.175}} {
		x := cook(t, nil, "digits", "size=28 train=300 test=0 "+row.args).Train.X
		if lo, hi := slices.Min(x), slices.Max(x); lo != row.lo || hi != row.hi {
			t.Errorf("digits(%s): %v..%v", row.args, lo, hi)
		}
	}
}

// TestRecipeDigest pins generated sets: same bytes on every processor.
func TestRecipeDigest(t *testing.T) {
	for _, row := range []struct{ name, args, want string }{
		{"digits", "train=20 test=10", "070091a7a30dc593"},
		{"playground-spiral", "noise=10", "a2b15707da917798"},
		{"adding", "train=20 test=10", "8f463e10059afcc2"},
		{"amounts", "train=20 test=10 drawn=100", "9230cf3b21097482"},
		{"text", "train=100 test=10", "6b7c7b19d7e3e042"},
	} {
		sum := sha256.Sum256(examples.Encode(cook(t, nil, row.name, row.args)))
		if got := hex.EncodeToString(sum[:8]); got != row.want {
			t.Errorf("%s(%s): digest %s, want %s", row.name, row.args, got, row.want)
		}
	}
}

// TestRecipeSeed: another seed is another set, and the part for testing does
// not change with the size of that for training.
func TestRecipeSeed(t *testing.T) {
	a := cook(t, nil, "digits", "train=20 test=10")
	b := cook(t, nil, "digits", "train=40 test=10")
	c := cook(t, nil, "digits", "train=20 test=10 seed=2")
	if !slices.Equal(a.Test.X, b.Test.X) || slices.Equal(a.Test.X, c.Test.X) || slices.Equal(a.Train.X[:256], a.Test.X[:256]) {
		t.Error("the digits for testing depend on something else than the seed, or are those for training")
	}
}

func TestRecipeMeaning(t *testing.T) {
	p := cook(t, nil, "parity", "bits=3 low=-1")
	for i, y := range p.Train.Y {
		if int(y) != bits.OnesCount(uint(i))&1 || p.Train.Class[i] != int32(y) || p.Train.X[3*i] != float32(2*(i&1)-1) {
			t.Errorf("parity, row %d: %v is %v", i, p.Train.X[3*i:3*i+3], y)
		}
	}
	a := cook(t, nil, "adding", "steps=5 train=3 test=3")
	for i := range 3 {
		x, y, sum := a.Input(&a.Train, i), a.Wanted(&a.Train, i), float32(0)
		for k := range 5 {
			if x[2*k+1] == 1 {
				sum += x[2*k]
			}
		}
		if y[4] != sum || y[0] != 0 {
			t.Errorf("adding: %v wants %v", x, y)
		}
	}
	s := cook(t, nil, "text", "steps=7")
	if !slices.Equal(s.Train.X[1:7], s.Train.Y[:6]) || float32(s.Train.Class[0]) != s.Train.X[7] || s.Train.Y[6] != s.Train.X[7] {
		t.Error("text: the next character is not what is wanted")
	}
}

func TestRecipeMistakes(t *testing.T) {
	for _, row := range []struct{ name, args, want string }{
		{"digits", "szie=16", `did you mean "size"`},
		{"digits", "size=7", "size=7; want a whole number in 8..28"},
		{"digits", "size=16 size=14", "given twice"},
		{"digits", "low=x", "low=x; want a number in -10..10"},
		{"parity", "low=2", "low cannot be"},
		{"playground-xor", "count=3", "want an even number"},
		{"mnist", "", "PERCEPTARIUM_DATA with mnist/train-images"},
		{"text", "steps=4096 train=100", "train=100: there are 21 sequences"},
	} {
		r, err := FindRecipe(row.name)
		if err == nil {
			_, err = r.Make(recipeArgs(row.args), nil)
		}
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s(%s): got %v, want %s", row.name, row.args, err, row.want)
		}
	}
	if _, err := FindRecipe("digts"); err == nil || !strings.Contains(err.Error(), `did you mean "digits"`) {
		t.Errorf("got %v", err)
	}
}

// TestRecipeFiles: a folder without the file, one with a spoiled file, and one
// in which only some files are.
func TestRecipeFiles(t *testing.T) {
	spoiled := fstest.MapFS{"usps/zip.train": {Data: []byte("1" + strings.Repeat(" 0", 256) + "\n")}}
	for _, row := range []struct {
		name  string
		files fs.FS
		want  string
	}{
		{"usps", fstest.MapFS{}, "has no usps/zip.train, with or without .gz; it can be had from https://hastie"},
		{"usps", spoiled, "usps/zip.train: SHA-256 "},
		{"zip-codes", spoiled, "usps/zip.train: SHA-256 "},
		{"handwriting", fstest.MapFS{"mnist/t10k-labels-idx1-ubyte.gz": {}}, "has no mnist/train-images-idx3-ubyte"},
	} {
		r, _ := FindRecipe(row.name)
		if _, err := r.Make(nil, row.files); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: got %v, want %s", row.name, err, row.want)
		}
	}
	if set := cook(t, fstest.MapFS{}, "zip-codes", "train=20 test=10"); set.Name != "digits, drawn, 16 x 16" {
		t.Errorf("without files: %s", set.Name)
	}
}

// TestRecipesOfTrueFiles runs where PERCEPTARIUM_DATA names a folder.
func TestRecipesOfTrueFiles(t *testing.T) {
	dir := os.Getenv("PERCEPTARIUM_DATA")
	if dir == "" {
		t.Skip("no PERCEPTARIUM_DATA")
	}
	for _, row := range []struct {
		name, args, want string
		train, test      int
	}{
		{"usps", "", "USPS zip codes, 16 x 16", 7291, 2007},
		{"zip-codes", "train=100 test=50 seed=3", "USPS zip codes, 16 x 16", 100, 50},
		{"mnist", "from=test size=16", "MNIST-10k, 16 x 16", 8000, 2000},
		{"handwriting", "train=500 test=100 pad=2", "MNIST, 32 x 32", 500, 100},
	} {
		set := cook(t, os.DirFS(dir), row.name, row.args)
		if set.Name != row.want || set.Train.N != row.train || set.Test.N != row.test {
			t.Errorf("%s(%s): %s, %d + %d", row.name, row.args, set.Name, set.Train.N, set.Test.N)
		}
	}
}

// TestShakespeare: the set's name says whether the file is the published one.
func TestShakespeare(t *testing.T) {
	files := fstest.MapFS{"text/tinyshakespeare.txt": {Data: []byte(strings.Repeat("To be, or not to be. ", 20))}}
	if set := cook(t, files, "text", "steps=10"); set.Name != "tiny Shakespeare in another edition, 10 different characters" {
		t.Errorf("got %q", set.Name)
	}
}

func TestCopies(t *testing.T) {
	r, err := FindRecipe("playground-gauss")
	if err != nil {
		t.Fatal(err)
	}
	once, err := r.Make([]Arg{{"count", "20"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	thrice, err := r.Make([]Arg{{"count", "20"}, {"copies", "3"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if thrice.Train.N != 30 || thrice.Test.N != once.Test.N {
		t.Fatalf("%d points for training and %d for tests, want 30 and %d", thrice.Train.N, thrice.Test.N, once.Test.N)
	}
	for i, x := range thrice.Train.X {
		if x != once.Train.X[i%len(once.Train.X)] {
			t.Fatalf("number %d is %v, not a copy", i, x)
		}
	}
}

// TestMovedAndDealt moves the pixels of all pictures alike, and deals out the
// labels: nothing is lost, and the pictures for testing keep their labels.
func TestMovedAndDealt(t *testing.T) {
	plain := cook(t, nil, "digits", "train=40 test=20")
	moved := cook(t, nil, "digits", "train=40 test=20 pixels=3")
	place := map[int]int{}
	for i := range 256 {
		for k := range 256 {
			same := true
			for n := range 20 {
				same = same && moved.Test.X[n*256+i] == plain.Test.X[n*256+k] && moved.Train.X[n*256+i] == plain.Train.X[n*256+k]
			}
			if same {
				place[i] = k
			}
		}
	}
	if len(place) != 256 {
		t.Errorf("%d of 256 pixels are found again", len(place))
	}
	dealt := cook(t, nil, "digits", "train=40 test=20 labels=5")
	if slices.Equal(dealt.Train.Class, plain.Train.Class) || !slices.Equal(dealt.Test.Class, plain.Test.Class) {
		t.Error("the labels for training, and no others, are dealt out anew")
	}
	a, b := slices.Sorted(slices.Values(dealt.Train.Class)), slices.Sorted(slices.Values(plain.Train.Class))
	if !slices.Equal(a, b) {
		t.Error("labels are lost")
	}
}
