package dataset

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

var ownFiles = fstest.MapFS{
	"own/iris.csv":   {Data: []byte("length,width,kind\n1,10,0\n3,10,1\n2,10,2\n9,11,1\n")},
	"own/half.csv":   {Data: []byte("1,2,0.5\n")},
	"own/one.csv":    {Data: []byte("1\n2\n")},
	"own/spoilt.csv": {Data: []byte("a,b\n1,NaN\n")},
}

func TestCSVRecipe(t *testing.T) {
	for _, row := range []struct{ args, x, y, class, test string }{
		{"file=iris", "[1 10 3 10 2 10 9 11]", "[]", "[0 1 2 1]", "[]"},
		{"file=iris test=1 scale=yes", "[-1 0 1 0 0 0]", "[]", "[0 1 2]", "[7 0]"},
		{"file=iris wanted=numbers columns=2", "[1 3 2 9]", "[10 0 10 1 10 2 11 1]", "[]", "[]"},
	} {
		s := cook(t, ownFiles, "csv", row.args)
		if got := fmt.Sprint(s.Train.X, s.Train.Y, s.Train.Class, s.Test.X); got != row.x+" "+row.y+" "+row.class+" "+row.test {
			t.Errorf("%s: got %s", row.args, got)
		}
	}
	s := cook(t, ownFiles, "csv", "file=iris seed=3")
	if s.Train.N != 4 || fmt.Sprint(s.Train.Class) == "[0 1 2 1]" && s.Train.X[0] == 1 {
		t.Errorf("shuffled: %v %v", s.Train.X, s.Train.Class)
	}
}

func TestCSVRecipeRefuses(t *testing.T) {
	r, err := FindRecipe("csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		args  string
		files fs.FS
		want  string
	}{
		{"", nil, "csv: no folder of data is given; want --data DIR"},
		{"file=none", ownFiles, "csv: the folder of data has no own/none.csv, with or without .gz"},
		{"file=../iris", ownFiles, "csv: file=../iris; want a letter, then letters, digits, - or _"},
		{"file=spoilt", ownFiles, `own/spoilt.csv:2: column 2: "NaN" is not a number`},
		{"file=half", ownFiles, "csv: half has the class 0.5; want whole numbers"},
		{"file=one", ownFiles, "csv: one has 1 columns; want 1 that are wanted"},
		{"file=iris wanted=numbers columns=3", ownFiles, "csv: iris has 3 columns; want 3"},
		{"file=iris test=4", ownFiles, "csv: test=4: there are 4 rows"},
	} {
		if _, err := r.Make(recipeArgs(row.args), row.files); err == nil || !strings.HasPrefix(err.Error(), row.want) {
			t.Errorf("%s: got %v, want %s...", row.args, err, row.want)
		}
	}
}

func TestOwnTable(t *testing.T) {
	for _, row := range []struct{ name, text, file, err string }{
		{"a/b/iris.csv.gz", "1,2\n", "own/iris.csv", ""},
		{`C:\my\iris.csv`, "1,2\n", "own/iris.csv", ""},
		{"my iris.csv", "1,2\n", "", "my iris.csv: want a name"},
		{"iris.csv", "1,x\n", "own/iris.csv", `iris.csv:1: column 2: "x" is not a number`},
		{"iris.txt", "1,2\n", "", ""},
	} {
		file, _, ok, err := OwnTable(row.name, []byte(row.text))
		if file != row.file || ok != (row.name != "iris.txt") || (err == nil) != (row.err == "") || err != nil && !strings.HasPrefix(err.Error(), row.err) {
			t.Errorf("%s: %q, %v, %v", row.name, file, ok, err)
		}
	}
}
