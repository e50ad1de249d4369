package script_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"perceptarium/sim/script"
)

func TestMistakesHaveTheirPlace(t *testing.T) {
	for _, row := range []struct{ name, src, want string }{
		{"nothing", "", `t.scenario:1: a scenario begins with +++`},
		{"no header", "machine toy\n", `t.scenario:1: a scenario begins with +++`},
		{"open header", "+++\ntitle = \"T\"\n", `the header has no closing +++`},
		{"no title", "+++\nyear = 1\n+++\nmachine toy\n", `the header needs a title`},
		{"no year", "+++\ntitle = \"T\"\n+++\nmachine toy\n", `the header needs a year`},
		{"a broken header", "+++\ntitle = \"T\"\nyear = = 3\n+++\n", `t.scenario:3: header:`},
		{"a header value of the wrong type", "+++\ntitle = \"T\"\nyear = \"x\"\n+++\n", `t.scenario:3: header: year: incompatible types: TOML value has type string`},
		{"a header key", "+++\ntitle = \"T\"\nyear = 1\ntitel = 2\n+++\n", `t.scenario:4: unknown header key "titel"; did you mean "title"?`},
		{"no act", head, `a scenario needs a line "machine NAME"`},
		{"verb before machine", head + "\nrun 1\n", `t.scenario:6: "run" comes before any machine`},
		{"unknown verb", head + "machine toy\nrnu 1\n", `t.scenario:6: unknown verb "rnu"; did you mean "run"?`},
		{"unknown machine", head + "machine tyo\n", `t.scenario:5: unknown machine "tyo"; did you mean "toy"? (valid: toy)`},
		{"unknown option", head + "machine toy sizes=small\n", `toy: no option "sizes"; did you mean "size"? (valid: size, table)`},
		{"bad word", head + "machine toy size=big\n", `size cannot be "big" (valid: small, large)`},
		{"option twice", head + "machine toy size=small size=small\n", `size is given twice`},
		{"attachment missing", head + "machine toy table=tabel.txt\n-- table.txt --\n1 2 3\n", `t.scenario:5: table: no attachment, data set or file beside the scenario is called "tabel.txt"; did you mean "table.txt"?`},
		{"attachment of the wrong size", head + "machine toy table=table.txt\n-- table.txt --\n1 2\n", `t.scenario:5: table.txt:1: want 1 2 3`},
		{"attachment twice", head + "machine toy\n-- a --\n-- a --\n", `two attachments are called "a"`},
		{"unknown control", head + "machine toy\nset stp 3\n", `t.scenario:6: toy has no control "stp"; did you mean "step"?`},
		{"unknown probe", head + "machine toy\nwatch cuont on-change\n", `t.scenario:6: toy has no probe "cuont"; did you mean "count"?`},
		{"value out of range", head + "machine toy\nset step 10\n", `t.scenario:6: step takes -9..9, not 10`},
		{"no number", head + "machine toy\nset step x\n", `step takes a whole number, not "x"`},
		{"no state", head + "machine toy\nset phase cary\n", `phase cannot be "cary"; did you mean "carry"? (valid: rest, count, carry)`},
		{"no cell", head + "machine toy\nset cells[4] 1\n", `cells[4]: its cells are 0..3`},
		{"no label", head + "machine toy\nset cells[nn] 1\n", `cells has no cell "nn"; did you mean`},
		{"too few values", head + "machine toy\nset cells 1 2\n", `cells takes 4 whole numbers, not 2`},
		{"a real out of range", head + "machine toy\nset gain 2.5\n", `gain takes 0..2, not 2.5`},
		{"set of a button", head + "machine toy\nset clear 1\n", `clear is a button: press clear`},
		{"press of a switch", head + "machine toy\npress on\n", `on is a switch: set on VALUE`},
		{"a file for a number", head + "machine toy\nset step from a\n-- a --\n", `step takes no file`},
		{"a file for a real", head + "machine toy\nset gain from a\n-- a --\n", `gain takes no file`},
		{"a file for one cell", head + "machine toy\nset cells[1] from a\n-- a --\n1", `cells takes no file`},
		{"no such picture", head + "machine toy\nset cells from b\n", `t.scenario:6: `},
		{"a picture that is none", head + "machine toy\nset cells from a\n-- a --\n12x4", `t.scenario:6: a: 'x' is no digit`},
		{"a picture of another size", head + "machine toy\nset cells from a\n-- a --\n12", `cells takes 4 whole numbers, not 2`},
		{"an endless wait", head + "machine toy\nrun until count = 5\n", `t.scenario:6: an endless wait: say how long at most`},
		{"a wait without a bound", head + "machine toy\nrun until count = 5 within\n", `an endless wait`},
		{"no ticks", head + "machine toy\nrun 0\n", `the number of ticks must be a whole number in 1..1000000000000, not "0"`},
		{"an act without end", head + "machine toy\nrepeat 1000000000\nrepeat 1000000000\nrun 5\nend\nend\n", `t.scenario:5: this act may run for more than`},
		{"repeat without end", head + "machine toy\nrepeat 3\nrun 1\n", `t.scenario:6: repeat without its end`},
		{"end without repeat", head + "machine toy\nend\n", `end without a repeat`},
		{"too deep", head + "machine toy\n" + strings.Repeat("repeat 2\n", 9) + strings.Repeat("end\n", 9), `more than 8 repeats inside each other`},
		{"unknown operator", head + "machine toy\nexpect count == 1\n", `unknown operator "=="; did you mean "="?`},
		{"empty band", head + "machine toy\nexpect count in 3..2\n", `3..2 is an empty range`},
		{"half a band", head + "machine toy\nexpect count in 3\n", `want LO..HI, not "3"`},
		{"known without why", head + "machine toy\nexpect count > 1 known\n", `want a condition`},
		{"grid as a number", head + "machine toy\nexpect cells = 1\n", `cells shows 4 values: say which, as in cells[0]`},
		{"text as a number", head + "machine toy\nexpect note = 1\n", `note shows text, not numbers`},
		{"record of nothing", head + "machine toy\nrecord a conut\n", `has no probe`},
		{"record twice", head + "machine toy\nrecord a count\nrecord a count\n", `there is a record "a" already`},
		{"record in a repeat", head + "machine toy\nrepeat 2\nrecord a count\nend\n", `t.scenario:7: a record is stored once`},
		{"no deck", head + "machine toy\ndeal cards\n", `no deck "cards" (there are none)`},
		{"unknown generator", head + "machine toy\ndeck d from stepps(count=3)\n", `unknown generator "stepps"; did you mean "steps"?`},
		{"bad arguments", head + "machine toy\ndeck d from steps(n=3)\n", `t.scenario:6: deck d: want steps(count=N)`},
		{"a card out of range", head + "machine toy\ndeck d from steps(count=x) seed 10\n", `card 1: step takes -9..9, not 10`},
		{"a deck file's column", head + "machine toy\ndeck d from d.txt\n-- d.txt --\nstip\n", `deck d: d.txt:1: toy has no control "stip"; did you mean "step"?`},
		{"a deck file's card", head + "machine toy\ndeck d from d.txt\n-- d.txt --\nstep cells\n1 2 3\n", `d.txt:2: 3 values; cells still needs 2`},
		{"a long card", head + "machine toy\ndeck d from d.txt\n-- d.txt --\nstep\n1 2\n", `d.txt:2: 1 values too many`},
		{"an empty deck", head + "machine toy\ndeck d from d.txt\n-- d.txt --\nstep\n", `0 cards`},
		{"deck twice", head + "machine toy\ndeck d from a\ndeck d from a\n", `t.scenario:7: there is a deck "d" already, at line 6`},
		{"seed too late", head + "machine toy\nrun 1\nseed 3\n", `seed belongs right after the machine line`},
		{"not a seed", head + "machine toy\nseed -3\n", `a seed is a whole number`},
		{"text without end", head + "machine toy\nsay \"hello\n", `t.scenario:6: text without a closing quote`},
		{"a control character in text", head + "machine toy\nsay \"\\x1b[31mred\"\n", `t.scenario:6: text with a control character, or not valid UTF-8: "\x1b[31mred"`},
		{"a control character in the header", "+++\ntitle = \"T\"\nyear = 1\nmachine = \"\\u001b[31m\"\n+++\n", `t.scenario:4: header: machine: a control character`},
		{"a control character in a claim", "+++\ntitle = \"T\"\nyear = 1\n[[claim]]\npublished = \"\\u0007\"\n+++\n", `t.scenario:4: header: claim: a control character`},
		{"words without quotes", head + "machine toy\nsay hello\n", `want: say "TEXT"`},
		{"a form of nothing", bothHead + "machine toy\nfull\nfull run 1\n", `t.scenario:7: want: full LINE`},
		{"two forms", bothHead + "machine toy\nshort full run 1\n", `t.scenario:7: want: full LINE`},
		{"a mistake in the full form", bothHead + "machine toy\nshort run 1\nfull rnu 1\n", `t.scenario:8: unknown verb "rnu"; did you mean "run"?`},
		{"a repeat that the full form leaves open", bothHead + "machine toy\nrepeat 2\nrun 1\nshort end\n", `t.scenario:7: repeat without its end`},
		{"no act in the short form", bothHead + "full machine toy\n", `a scenario needs a line "machine NAME"`},
		{"a full form that nothing describes", head + "machine toy\nfull run 1\n", `t.scenario:1: lines of short and full: the header must say what the full form is`},
		{"a full form without a line", bothHead + "machine toy\nrun 1\n", `t.scenario:1: the header says what the full form is, but no line begins with short or full`},
		{"a claim about a third form", "+++\ntitle = \"T\"\nyear = 1\n[[claim]]\nrecord = \"r\"\nform = \"long\"\n+++\nmachine toy\n", `claim on r: form is short or full, not "long"`},
		{"an attachment twice in a form", bothHead + "machine toy\n-- full a --\n-- short a --\n-- a --\n", `t.scenario:9: two attachments are called "a"`},
		{"not UTF-8", head + "machine toy\nset note \xff\n", `not valid UTF-8`},
	} {
		t.Run(row.name, func(t *testing.T) {
			err := mistake(row.src)
			if err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("got  %v\nwant %s", err, row.want)
			}
			if err != nil && (!strings.HasPrefix(err.Error(), "t.scenario:") || strings.Contains(err.Error(), "\n")) {
				t.Errorf("%q is not one line with its place", err)
			}
		})
	}
}

func TestCRLFReadsAlike(t *testing.T) {
	const body = "machine toy table=t.txt\nset step 3\nrun 4\nmark a\n-- t.txt --\n1 2 3\n"
	unix, dos := parse(t, body), []byte(strings.ReplaceAll(head+body, "\n", "\r\n"))
	sc, err := script.Parse(`C:\lessons\t.scenario`, dos)
	if err != nil {
		t.Fatal(err)
	}
	if sc.Name != unix.Name || len(sc.Acts) != 1 || len(sc.Acts[0].Body) != 3 || string(sc.Files[0].Data) != "1 2 3\n" {
		t.Errorf("read %+v", sc)
	}
}

func TestDataComesFromThreePlaces(t *testing.T) {
	for _, name := range []string{"attached.txt", "digits", "beside.txt"} {
		open(t, "machine toy table="+name+"\n-- attached.txt --\n1 2 3\n", script.Options{})
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(head + everything))
	f.Add([]byte(bothForms))
	f.Add([]byte(strings.ReplaceAll(head+everything, "\n", "\r\n")))
	f.Add([]byte("+++\n[[claim]]\nprobe=1\n+++"))
	files, err := filepath.Glob("../../scenarios/*" + script.Ending)
	if err != nil || len(files) == 0 {
		f.Fatalf("%d scenarios, %v", len(files), err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		sc, err := script.Parse("fuzz.scenario", src)
		if (sc == nil) == (err == nil) {
			t.Fatalf("Parse returned %v, %v", sc, err)
		}
		if sc == nil || len(sc.Acts) > 20 {
			return
		}
		if full := sc.In(true); full.In(false).Form != sc.Form || (full.Form == script.OneForm) != (full == sc) {
			t.Fatalf("forms %q and %q", sc.Form, full.Form)
		}
		p, err := script.Open(sc.In(len(src)%2 == 1), toyHouse{}, script.Options{Ring: 1 << 16})
		if err != nil {
			return
		}
		for range 50 {
			if _, err := p.Advance(7); err != nil {
				return
			}
		}
		if err := p.Rewind(p.Bench().Now() / 2); err != nil {
			t.Fatalf("cannot rewind: %v", err)
		}
	})
}
