package model

import "testing"

// TestResidualNetsOf2015 counts the parameters of the nets for CIFAR-10, those of
// batch normalisation among them.
func TestResidualNetsOf2015(t *testing.T) {
	for name, want := range map[string]int{
		"residual-20": 269_722, "residual-32": 464_154, "residual-44": 658_586,
		"residual-56": 853_018, "residual-110": 1_727_962, "residual-1202": 19_421_274,
	} {
		s, err := Read(name, Text(name))
		if err != nil {
			t.Fatal(err)
		}
		n, err := s.Plan(1, nil)
		if err != nil {
			t.Fatal(err)
		}
		if n.Parameters() != want {
			t.Errorf("%s has %d parameters, not %d", name, n.Parameters(), want)
		}
	}
}
