package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"perceptarium/internal/checkpoint"
	"perceptarium/sim"
	"perceptarium/sim/script"
)

// snapshotsVariable names the folder of stored snapshots; snapshotsOff means
// that there is none. Without it they lie in the user's folder for caches.
const (
	snapshotsVariable = "PERCEPTARIUM_SNAPSHOTS"
	snapshotsOff      = "off"
)

// snapshotsBytesMax is how much the folder may hold. Where it would hold more,
// what was not used for the longest time goes.
const snapshotsBytesMax = 1 << 30

// snapshotAfter is how long a mark must have been computed for, to be stored.
const snapshotAfter = 2 * time.Second

const (
	snapshotEnding = ".safetensors"
	snapshotPart   = ".part-"
	snapshotOver   = ".over" // the act has ended
)

// snapshots are the checkpoints of marks that took long to reach, of scenarios
// of the house:
//
//	FOLDER/KEY/TICK-MARKS-NAME.safetensors      (NAME.over where the act has ended)
//
// The key names all that the state depends on. What is there and does not fit,
// or cannot be read, is taken away; what cannot be written is left out.
type snapshots struct {
	dir string // "": there are none
	max int64
	// after is how long a mark must have been computed for, to be stored.
	after time.Duration
}

// snapshotsFolder is the folder of stored snapshots; "" for none.
func snapshotsFolder() string {
	dir := os.Getenv(snapshotsVariable)
	if dir == snapshotsOff {
		return ""
	}
	if dir != "" {
		return dir
	}
	base, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(base, "perceptarium", "snapshots")
}

func theSnapshots() *snapshots {
	return &snapshots{snapshotsFolder(), snapshotsBytesMax, snapshotAfter}
}

// program is the digest of this program: another one may compute otherwise.
var program = sync.OnceValue(func() string {
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	f, err := os.Open(name)
	if err != nil {
		return ""
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return ""
	}
	return hex.EncodeToString(sum.Sum(nil))
})

// folder is where those of the present act lie; "" where none can.
func (s *snapshots) folder(p *script.Player) string {
	if s.dir == "" || p.Scenario().Beside != nil || p.Taken() || program() == "" {
		return ""
	}
	return filepath.Join(s.dir, checkpoint.Key(p, program()))
}

// List lists those of the present act, by tick.
func (s *snapshots) List(p *script.Player) (list []script.Landmark) {
	dir := s.folder(p)
	if dir == "" {
		return nil
	}
	entries, _ := os.ReadDir(dir) // sorted by name
	for _, e := range entries {
		if l, ok := landmarkOf(e.Name()); ok {
			list = append(list, l)
		}
	}
	return list
}

func nameOf(l script.Landmark) string {
	over := ""
	if l.Over {
		over = snapshotOver
	}
	return fmt.Sprintf("%013d-%d-%s%s%s", l.At, l.Marks, l.Name, over, snapshotEnding)
}

func landmarkOf(file string) (l script.Landmark, ok bool) {
	text, whole := strings.CutSuffix(file, snapshotEnding)
	parts := strings.SplitN(text, "-", 3)
	if !whole || len(parts) != 3 {
		return l, false
	}
	at, err1 := strconv.ParseInt(parts[0], 10, 64)
	marks, err2 := strconv.Atoi(parts[1])
	name, over := strings.CutSuffix(parts[2], snapshotOver)
	l = script.Landmark{At: sim.Tick(at), Marks: marks, Name: name, Over: over}
	return l, err1 == nil && err2 == nil && nameOf(l) == file
}

// Leap takes the player to one of them. One that is damaged is taken away.
func (s *snapshots) Leap(p *script.Player, to script.Landmark) bool {
	file := filepath.Join(s.folder(p), nameOf(to))
	data, err := os.ReadFile(file)
	if err != nil {
		return false
	}
	c, err := checkpoint.Decode(data)
	if err == nil && c.Tick != to.At {
		err = fmt.Errorf("a snapshot of tick %d", c.Tick)
	}
	if err == nil {
		err = p.Leap(c)
	}
	if err != nil {
		os.Remove(file)
		return false
	}
	now := time.Now()
	_ = os.Chtimes(file, now, now) // on a disk that is read only it stays as it is
	return true
}

// Keep stores where the player stands, at a mark or at the end of an act. What
// is returned does the work and may run beside the player.
func (s *snapshots) Keep(p *script.Player) func() {
	dir, at := s.folder(p), p.Landmark()
	if dir == "" || at.Marks == 0 && !at.Over {
		return func() {}
	}
	file := filepath.Join(dir, nameOf(at))
	if _, err := os.Stat(file); err == nil {
		return func() {}
	}
	c, arrays := p.Checkpoint(), checkpoint.Arrays(p.Bench())
	return func() {
		data, err := checkpoint.Encode(c, arrays)
		if err != nil || int64(len(data)) > s.max {
			return
		}
		if writeSnapshot(file, data) == nil {
			s.bound()
		}
	}
}

// writeSnapshot writes a file whole or not at all.
func writeSnapshot(file string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(file), snapshotPart)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.Name(), file)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}

// storedFile is one file of the folder.
type storedFile struct {
	name  string
	bytes int64
	used  time.Time
}

// files lists what is stored, what was used last at the end.
func (s *snapshots) files() (list []storedFile) {
	if s.dir == "" {
		return nil
	}
	folders, _ := filepath.Glob(filepath.Join(s.dir, strings.Repeat("[0-9a-f]", 32)))
	for _, dir := range folders {
		entries, _ := os.ReadDir(dir)
		for _, e := range entries {
			_, stored := landmarkOf(e.Name())
			if info, err := e.Info(); err == nil && (stored || strings.HasPrefix(e.Name(), snapshotPart)) {
				list = append(list, storedFile{filepath.Join(dir, e.Name()), info.Size(), info.ModTime()})
			}
		}
	}
	slices.SortFunc(list, func(a, b storedFile) int { return a.used.Compare(b.used) })
	return list
}

// bound takes away what was not used for the longest time, until the rest fits.
func (s *snapshots) bound() {
	list := s.files()
	held := int64(0)
	for _, f := range list {
		held += f.bytes
	}
	for _, f := range list {
		if held <= s.max {
			return
		}
		s.remove(f)
		held -= f.bytes
	}
}

// remove takes a file away, and its folder with the last.
func (s *snapshots) remove(f storedFile) error {
	err := os.Remove(f.name)
	_ = os.Remove(filepath.Dir(f.name)) // one that still holds something stays
	return err
}
