package neuron

import (
	"reflect"
	"strings"
	"testing"
)

func TestReadErrors(t *testing.T) {
	rows := []struct{ name, net, want string }{
		{"empty", "", "n.net:1: a net needs a unit"},
		{"no unit", "input a\n\n", "n.net:2: a net needs a unit"},
		{"unknown keyword", "inptu a\n", `n.net:1: no line begins with "inptu"; did you mean "input"?`},
		{"unknown name", "input alpha\nunit x 1 alpah\n", `n.net:2: x: no unit is called "alpah"; did you mean "alpha"?`},
		{"defined twice", "input a\nunit x 1 a\nunit a 1 x\n", "n.net:3: a is defined twice"},
		{"unit twice", "input a\nunit x 1 a\nunit x 1 a\n", "n.net:3: x is defined twice"},
		{"not a name", "input 2a\nunit x 1 2a\n", `n.net:1: "2a" is not a name`},
		{"name of a probe", "input a\nunit fired 1 a\n", "n.net:2: fired is a probe of the machine itself"},
		{"threshold not a number", "input a\nunit x a\n", `n.net:2: x: "a" is no threshold`},
		{"threshold nought", "input a\nunit x 0 a\n", "n.net:2: x: threshold 0; the smallest is 1"},
		{"threshold out of reach", "input a b\nunit x 3 a b\n", "n.net:2: x: threshold 3 can never be reached: excitatory synapses: 2"},
		{"only inhibited", "input a\nunit x 1 ~a\n", "n.net:2: x: threshold 1 can never be reached"},
		{"hears nothing", "input a\nunit x 1\n", "n.net:2: x hears nothing"},
		{"no threshold", "unit x\n", "n.net:1: a unit has a name, a threshold and afferents"},
		{"both effects", "input a\nunit x 1 a ~a\n", "n.net:2: x hears a twice"},
		{"several inhibitors of one", "input a b\nunit x 1 a ~b*2\n", "n.net:2: x: one inhibitory synapse is absolute"},
		{"no synapse", "input a\nunit x 1 a*0\n", "n.net:2: x: a makes 0 synapses"},
		{"synapses not a number", "input a\nunit x 1 a*b\n", `n.net:2: x: "b" is no number of synapses`},
		{"too many synapses", "input a\nunit x 1 a*99999999\n", "n.net:2: x: a makes 99999999 synapses"},
		{"synapses together", "input a b\nunit x 1 a*1000000 b*1000000\n", "n.net:2: x has more than 1048576 synapses"},
		{"mark alone", "input a b\nunit x 1 a ~ b\n", "n.net:2: x: an afferent without a name"},
		{"title twice", "title a\ntitle b\n", "n.net:2: title is given twice, before in line 1"},
		{"title empty", "title\n", "n.net:1: title lacks its text"},
		{"law empty", "law  \n", "n.net:1: law lacks its text"},
		{"control character", "input a\ntitle x\x01y\nunit x 1 a\n", "n.net:2: title holds a character that cannot be printed"},
		{"input without names", "input # none\n", "n.net:1: input names no unit"},
		{"output unknown", "input a\noutput y\nunit x 1 a\n", `n.net:2: no unit is called "y"`},
		{"output twice", "input a\nunit x 1 a\noutput x\noutput x\n", "n.net:4: x is named twice"},
		{"start of an input", "input a\nunit x 1 a\nstart a\n", "n.net:3: a is an input or fires always"},
		{"long name", "input a\nunit " + strings.Repeat("x", 65) + " 1 a\n", "n.net:2: a name has at most 64 letters"},
	}
	for _, r := range rows {
		_, err := Read("n.net", []byte(r.net))
		if err == nil || !strings.HasPrefix(err.Error(), r.want) {
			t.Errorf("%s: error %v, want %s...", r.name, err, r.want)
		}
	}
}

func TestReadIsTolerant(t *testing.T) {
	want, err := Read("a.net", []byte("title A net\nlaw out is a\ninput a b\nunit out 2 a*2 ~b\n"))
	if err != nil {
		t.Fatal(err)
	}
	rows := []struct{ name, net string }{
		{"CRLF", "title A net\r\nlaw out is a\r\ninput a b\r\nunit out 2 a*2 ~b\r\n"},
		{"no last line end", "title A net\nlaw out is a\ninput a b\nunit out 2 a*2 ~b"},
		{"byte order mark", "\ufefftitle A net\nlaw out is a\ninput a b\nunit out 2 a*2 ~b\n"},
		{"blanks and tabs", "\ttitle \t A  net \n\n law\tout is a\ninput\ta\tb\nunit   out\t2 a*2\t~b \n"},
		{"comments", "# first\ntitle A net\nlaw out is a\ninput a b # two\nunit out 2 a*2 ~b #end\n#\n"},
		{"another order", "unit out 2 a*2 ~b\ninput a\nlaw out is a\ninput b\ntitle A net\n"},
	}
	for _, r := range rows {
		got, err := Read("b.net", []byte(r.net))
		if err != nil {
			t.Errorf("%s: %v", r.name, err)
		} else if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got\n%swant\n%s", r.name, got, want)
		}
	}
}

func TestWriteReadIsIdentity(t *testing.T) {
	nets := []*Net{}
	for _, name := range Circuits() {
		nets = append(nets, circuit(t, name))
	}
	n, err := Read("everything.net", []byte(everything))
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range append(nets, n) {
		again, err := Read("again.net", n.Append(nil))
		if err != nil {
			t.Errorf("%v in\n%s", err, n)
		} else if !reflect.DeepEqual(again, n) {
			t.Errorf("got\n%swant\n%s", again, n)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(everything))
	for _, name := range Circuits() {
		n, err := Circuit(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(n.Append(nil))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		n, err := Read("f.net", src)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "f.net:") {
				t.Fatalf("an error without its place: %v", err)
			}
			return
		}
		text := n.Append(nil)
		again, err := Read("f.net", text)
		if err != nil {
			t.Fatalf("what was written is refused: %v\n%s", err, text)
		}
		if !reflect.DeepEqual(again, n) {
			t.Fatalf("what was written reads otherwise:\n%s", text)
		}
		m, err := New(n)
		if err != nil {
			t.Fatal(err)
		}
		m.Step()
		read(t, m, "net")
	})
}
