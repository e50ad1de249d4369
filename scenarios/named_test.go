package scenarios

import (
	"strings"
	"testing"

	"perceptarium/sim/script"
)

func open(t *testing.T, line string) error {
	t.Helper()
	sc, err := script.Parse("named.scenario", []byte("+++\ntitle=\"named\"\nyear=1986\n+++\n"+line+"\nrun 1\n"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = script.Open(sc, House{}, script.Options{})
	return err
}

// TestNamedNets gives a machine a net of history by its name alone.
func TestNamedNets(t *testing.T) {
	if err := open(t, "machine tape net=zip-codes-1989 data=digits(train=10,test=0)"); err != nil {
		t.Error(err)
	}
	err := open(t, "machine tape net=zip-codes-1998")
	if err == nil || !strings.Contains(err.Error(), `did you mean "zip-codes-1989"?`) {
		t.Errorf("got %v", err)
	}
}
