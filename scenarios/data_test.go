package scenarios

import (
	"strings"
	"testing"
	"testing/fstest"

	"perceptarium/modern/examples"
	"perceptarium/sim/script"
)

func TestData(t *testing.T) {
	data, ok, err := House{}.Data("zip-codes(train=20,test=10,seed=3)")
	if !ok || err != nil {
		t.Fatal(ok, err)
	}
	set, err := examples.Decode(data)
	if err != nil || set.Name != "digits, drawn, 16 x 16" || set.Train.N != 20 || set.Test.N != 10 {
		t.Fatalf("got %+v, %v", set, err)
	}
	again, _, _ := House{}.Data("zip-codes(train=20,test=10,seed=3)")
	if &again[0] != &data[0] {
		t.Error("the same set is made twice")
	}
	if _, _, err := WithData(fstest.MapFS{"usps/zip.test": {}}).Data("zip-codes"); err == nil {
		t.Error("a folder with half of the files makes a set")
	}
	if _, ok, err := (House{}).Data("my-own.csv"); ok || err != nil {
		t.Errorf("a file of one's own: %v, %v", ok, err)
	}
}

// TestTakes: a house takes files for a scenario where it has all that it asks for.
func TestTakes(t *testing.T) {
	mnist := WithData(fstest.MapFS{"mnist/t10k-labels-idx1-ubyte": {}})
	both := WithData(fstest.MapFS{"t10k-labels-idx1-ubyte.gz": {}, "usps/zip.test": {}})
	for _, row := range []struct {
		scenario string
		house    House
		want     bool
	}{
		{"lenet-5-1998", mnist, true},
		{"zip-codes-1989", mnist, false}, // it wants usps too
		{"zip-codes-1989", both, true},
		{"zip-codes-1989", House{}, false},
		{"symmetry-1986", both, false},
	} {
		sc, err := Load(row.scenario)
		if err != nil {
			t.Fatal(err)
		}
		if got := row.house.Takes(sc); got != row.want {
			t.Errorf("%s: %t, want %t", row.scenario, got, row.want)
		}
	}
}

// TestDataMistakes: what a machine line may get wrong about data, with its place.
func TestDataMistakes(t *testing.T) {
	for _, row := range []struct{ data, want string }{
		{"digts", `did you mean "digits"`},
		{"digts(size=16)", `no data set "digts"; did you mean "digits"`},
		{"digits(sise=16)", `digits has no setting "sise"; did you mean "size"`},
		{"digits(size=99)", "digits: size=99; want a whole number in 8..28"},
		{"digits(size=16", "without blanks"},
		{"digits(size)", `want KEY=VALUE, not "size", in digits(size)`},
		{"mnist", "PERCEPTARIUM_DATA"},
	} {
		sc, err := script.Parse("x.scenario", []byte("+++\ntitle = \"x\"\nyear = 2000\n+++\n\nmachine perceptron examples="+row.data+"\nrun 1\n"))
		if err == nil {
			_, err = script.Open(sc, House{}, script.Options{})
		}
		if err == nil || !strings.HasPrefix(err.Error(), "x.scenario:6: ") || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: got %v, want %s", row.data, err, row.want)
		}
	}
}
