package checkpoint

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"perceptarium/scenarios"
	"perceptarium/sim/script"
)

const learned = `+++
title = "XOR, learned"
year  = 1986
+++

machine perceptron
run     12
record  errors mistakes

machine tape
seed    3
run     until pass >= 20 within 100000
expect  errors > 0
mark    twenty
run     500
expect  presentations > 80
`

func open(t *testing.T, text string) *script.Player {
	t.Helper()
	sc, err := script.Parse("learned.scenario", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	p, err := script.Open(sc, scenarios.House{}, script.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func finish(t *testing.T, p *script.Player) {
	t.Helper()
	if err := p.Replay(0, script.Slices); err != nil {
		t.Fatal(err)
	}
}

// TestResumedToTheSameBits stops a replay after each of many lengths, goes on
// in another player, and compares the ends.
func TestResumedToTheSameBits(t *testing.T) {
	whole := open(t, learned)
	finish(t, whole)
	p := open(t, learned)
	stops := 0
	for {
		file, err := Encode(p.Checkpoint(), Arrays(p.Bench()))
		if err != nil {
			t.Fatal(err)
		}
		c, err := Decode(file)
		if err != nil {
			t.Fatal(err)
		}
		q := open(t, learned)
		if err := q.Resume(c); err != nil {
			t.Fatal(err)
		}
		finish(t, q)
		if q.Bench().Digest() != whole.Bench().Digest() || q.Bench().Now() != whole.Bench().Now() {
			t.Fatalf("resumed in act %d at tick %d it ends elsewhere", c.Act, c.Tick)
		}
		if len(q.Journal()) != len(whole.Journal()) {
			t.Fatalf("resumed in act %d at tick %d it tells %d events, not %d", c.Act, c.Tick, len(q.Journal()), len(whole.Journal()))
		}
		stops++
		if p.ActOver() {
			if more, err := p.NextAct(); err != nil || !more {
				break
			}
			continue
		}
		if _, err := p.Advance(p.Bench().Now()/4 + 1); err != nil {
			t.Fatal(err)
		}
	}
	if stops < 20 {
		t.Errorf("%d stops", stops)
	}
}

func TestDamagedFilesAreRefused(t *testing.T) {
	p := open(t, learned)
	if _, err := p.Advance(5); err != nil {
		t.Fatal(err)
	}
	file, err := Encode(p.Checkpoint(), Arrays(p.Bench()))
	if err != nil {
		t.Fatal(err)
	}
	for n := 0; n < len(file); n += 7 {
		if _, err := Decode(file[:n]); err == nil {
			t.Fatalf("the first %d of %d bytes are taken", n, len(file))
		}
	}
	other := open(t, strings.Replace(learned, "run     500", "run     501", 1))
	c, err := Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Resume(c); err == nil || !strings.Contains(err.Error(), "as it reads elsewhere") {
		t.Errorf("a checkpoint of another text: %v", err)
	}
	c.Law = 2
	if err := open(t, learned).Resume(c); err == nil || !strings.Contains(err.Error(), "law 2") {
		t.Errorf("a checkpoint under another law: %v", err)
	}
}

func TestArrays(t *testing.T) {
	p := open(t, learned)
	finish(t, p)
	file, err := Encode(p.Checkpoint(), Arrays(p.Bench()))
	if err != nil {
		t.Fatal(err)
	}
	names, err := Names(file)
	if err != nil || strings.Join(names, " ") != "hidden-b hidden-w out-b out-w" {
		t.Errorf("arrays %v, %v", names, err)
	}
	npz, err := NPZ(Arrays(p.Bench()))
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(npz), int64(len(npz)))
	if err != nil || len(z.File) != 4 || z.File[0].Name != "hidden-w.npy" {
		t.Fatalf("%v, %v", z, err)
	}
	f, err := z.File[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	npy, err := io.ReadAll(f)
	if err != nil || len(npy) != 128+16 || !bytes.Contains(npy, []byte("'shape': (2, 2,)")) {
		t.Errorf("%d bytes, %v: %q", len(npy), err, npy[:min(len(npy), 100)])
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("\x02\x00\x00\x00\x00\x00\x00\x00{}"))
	f.Fuzz(func(t *testing.T, file []byte) {
		if c, err := Decode(file); err == nil && len(c.Runners) != c.Act-1 {
			t.Fatal("a checkpoint that lacks a script")
		}
	})
}
