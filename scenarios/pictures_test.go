package scenarios

import (
	"fmt"
	"strings"
	"testing"

	"perceptarium/sim/script"
)

// shown opens a scenario that shows a picture to a Mark I, and returns the four
// corners of its retina.
func shown(picture string) (corners string, err error) {
	text := "+++\ntitle = \"T\"\nyear = 1960\n+++\nmachine markone\nset retina from p\nrun 1\n" +
		"record a retina[0]\nrecord b retina[19]\nrecord c retina[380]\nrecord d retina[399]\n-- p --\n" + picture
	sc, err := script.Parse("t.scenario", []byte(text))
	if err != nil {
		return "", err
	}
	var list []string
	p, err := script.Open(sc, House{}, script.Options{Tell: func(e script.Event) {
		if e.Kind == script.RecordEvent {
			list = append(list, e.Detail)
		}
	}})
	if err != nil {
		return "", err
	}
	err = p.Replay(0, script.Slices)
	return strings.Join(list, " "), err
}

func TestPicturesAreScaledToTheRetina(t *testing.T) {
	for _, row := range []struct{ name, picture, want string }{
		{"black and white", "P1\n2 2\n1 0\n0 1\n", "0 255 255 0"},
		{"grey", "P2\n2 1\n100\n50 100\n", "128 255 128 255"},
		{"larger than the retina", fmt.Sprintf("P1\n40 40\n%s\n", strings.Repeat("0 1 ", 800)), "128 128 128 128"},
	} {
		if got, err := shown(row.picture); err != nil || got != row.want {
			t.Errorf("%s: %s, %v; want %s", row.name, got, err, row.want)
		}
	}
	for _, row := range []struct{ name, picture, want string }{
		{"cut off", "P2\n2 2\n100\n50 100\n", "t.scenario:6: p: "},
		{"in colours", "P3\n1 1\n1\n0 0 0\n", "want PBM or PGM (P1, P2, P4, P5) or PNG"},
		{"too large", "P1\n5000 5000\n", "the width is more than 4096"},
		{"no picture", "hello\n", "not as a picture does"},
	} {
		if _, err := shown(row.picture); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: got %v, want %s", row.name, err, row.want)
		}
	}
}
