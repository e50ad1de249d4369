package cli

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"perceptarium/internal/lecture"
	"perceptarium/scenarios"
	"perceptarium/sim/script"
)

// landmarks plays a scenario on foot and returns where each mark and each end
// of an act stood, with the digest of the machine.
func landmarks(t *testing.T, name string) (list []landmark) {
	t.Helper()
	p := openHouse(t, name)
	for {
		at := p.Landmark()
		if _, err := p.Advance(1 << 20); err != nil {
			t.Fatal(err)
		}
		if l := p.Landmark(); l.Marks > at.Marks || l.Over {
			list = append(list, landmark{p.Act(), l, p.Bench().Digest()})
		}
		if p.ActOver() {
			if more, err := p.NextAct(); err != nil || !more {
				return list
			}
		}
	}
}

type landmark struct {
	act    int
	at     script.Landmark
	digest [32]byte
}

func openHouse(t *testing.T, name string) *script.Player {
	t.Helper()
	sc, err := scenarios.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	p, err := script.Open(sc, scenarios.House{}, script.Options{Ring: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// prepared stores every mark of a scenario.
func prepared(t *testing.T, s *snapshots, name string) *preparing {
	t.Helper()
	p := &preparing{app: &app{}, store: s}
	if err := p.scene(context.Background(), lecture.Scene{Scenario: name, Act: 1}); err != nil {
		t.Fatal(err)
	}
	return p
}

const computed = "optimisers" // a scenario with several acts and marks of nets

// TestSnapshotsAreTheSameBits: each mark that was stored is what a replay on
// foot comes to, the way on from it ends where the replay ends, and the way back
// comes to the beginning.
func TestSnapshotsAreTheSameBits(t *testing.T) {
	s := &snapshots{dir: t.TempDir(), max: 1 << 30}
	if p := prepared(t, s, computed); p.stored < 3 || p.found != 0 {
		t.Fatalf("%d stored, %d found", p.stored, p.found)
	}
	if p := prepared(t, s, computed); p.stored != 0 || p.found < 3 {
		t.Errorf("the second time %d are stored, %d found", p.stored, p.found)
	}
	on := openHouse(t, computed)
	for _, l := range landmarks(t, computed) {
		for on.Act() < l.act {
			if _, err := on.NextAct(); err != nil {
				t.Fatal(err)
			}
		}
		start := on.Bench().Digest()
		began := on.Bench().Now()
		events := len(on.Journal())
		if l.at.At == began {
			continue
		}
		if !s.Leap(on, l.at) || on.Bench().Digest() != l.digest || on.Landmark() != l.at || len(on.Journal()) <= events {
			t.Fatalf("act %d: %+v is not what is stored", l.act, l.at)
		}
		log := len(on.Bench().Logbook())
		if err := on.Rewind(began); err != nil || on.Bench().Digest() != start {
			t.Fatalf("act %d: back at tick %d it is another state, %v", l.act, began, err)
		}
		for on.Bench().Now() < l.at.At {
			if _, err := on.Advance(l.at.At - on.Bench().Now()); err != nil {
				t.Fatal(err)
			}
		}
		if on.Bench().Digest() != l.digest || len(on.Bench().Logbook()) != log {
			t.Fatalf("act %d: going on from tick %d it comes elsewhere", l.act, began)
		}
	}
}

func TestSnapshotsThatCannotBeUsed(t *testing.T) {
	s := &snapshots{dir: t.TempDir(), max: 1 << 30}
	prepared(t, s, computed)
	p := openHouse(t, computed)
	list := s.List(p)
	if len(list) == 0 {
		t.Fatal("nothing is stored")
	}
	file := filepath.Join(s.folder(p), nameOf(list[0]))
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before := p.Bench().Digest()
	for _, damaged := range [][]byte{nil, whole[:len(whole)/2], append(append([]byte{}, whole[:len(whole)-1]...), whole[len(whole)-1]^1)} {
		if err := os.WriteFile(file, damaged, 0o644); err != nil {
			t.Fatal(err)
		}
		if s.Leap(p, list[0]) || p.Bench().Digest() != before || p.Bench().Now() != 0 {
			t.Fatalf("%d damaged bytes are used", len(damaged))
		}
		if _, err := os.Stat(file); err == nil {
			t.Fatal("a damaged snapshot stays")
		}
	}
	prepared(t, s, computed) // writes it anew
	if !s.Leap(p, list[0]) {
		t.Error("it is not written anew")
	}
	seed := uint64(77)
	sc, _ := scenarios.Load(computed)
	other, err := script.Open(sc, scenarios.House{}, script.Options{Seed: &seed})
	if err != nil || len(s.List(other)) > 0 {
		t.Errorf("another seed has the snapshots %v, %v", s.List(other), err)
	}
}

func TestSnapshotsWithoutAFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{"", file} {
		s := &snapshots{dir: dir, max: 1 << 30}
		if p := prepared(t, s, "xor-1986"); p.found > 0 || len(s.files()) > 0 {
			t.Errorf("%q: %d found", dir, p.found)
		}
	}
}

func TestSnapshotsAreBounded(t *testing.T) {
	s := &snapshots{dir: t.TempDir(), max: 1 << 30}
	prepared(t, s, computed)
	list := s.files()
	held := int64(0)
	for _, f := range list {
		held += f.bytes
	}
	s.max = held - 1
	s.bound()
	if left := s.files(); len(left) != len(list)-1 || left[0].name != list[1].name {
		t.Errorf("of %d snapshots %d are left", len(list), len(left))
	}
	for _, f := range s.files() {
		if err := s.remove(f); err != nil {
			t.Error(err)
		}
	}
	if left, _ := os.ReadDir(s.dir); len(left) > 0 {
		t.Errorf("%d folders are left", len(left))
	}
}
