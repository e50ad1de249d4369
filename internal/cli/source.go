package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"perceptarium/golden"
	"perceptarium/scenarios"
	"perceptarium/sim"
	"perceptarium/sim/script"
)

// source is a scenario and where it came from.
type source struct {
	sc   *script.Scenario
	file string // its path; empty for a scenario of the house
}

// scenario finds the scenario that a word names: one of the house, or a file.
func scenario(word string) (*source, error) {
	sc, err := scenarios.Load(word)
	if err == nil {
		return &source{sc: sc}, nil
	}
	if !errors.Is(err, scenarios.ErrUnknown) {
		return nil, err
	}
	switch info, err := os.Stat(word); {
	case err == nil && !info.IsDir():
		return scenarioFile(word)
	case err == nil && !sim.IsName(word):
		return nil, fmt.Errorf("%s: a folder, not a scenario; perceptarium list shows those of the house", word)
	}
	if sim.IsName(word) {
		return nil, errors.New(sim.Unknown("no scenario", word, scenarios.Names()))
	}
	if strings.TrimSpace(word) == "" || strings.ContainsFunc(word, unicode.IsControl) {
		word = strconv.Quote(word)
	}
	return nil, fmt.Errorf("%s: no such file, and no scenario of that name; perceptarium list shows them", word)
}

func scenarioFile(file string) (*source, error) {
	src, err := readAtMost(file, script.BytesMax)
	if err != nil {
		return nil, err
	}
	sc, err := script.Parse(file, src)
	if err != nil {
		return nil, err
	}
	sc.Beside = os.DirFS(filepath.Dir(file))
	return &source{sc: sc, file: file}, nil
}

// readAtMost reads a file of at most that many bytes.
func readAtMost(file string, bytes int64) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, reason(err))
	}
	defer f.Close()
	src, err := io.ReadAll(io.LimitReader(f, bytes+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, reason(err))
	}
	if int64(len(src)) > bytes {
		return nil, fmt.Errorf("%s: more than %d bytes", file, bytes)
	}
	return src, nil
}

// reason is what an error of the file system says besides operation and path.
func reason(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// open makes the scenario's machines and arrives at tick 0.
func (s *source) open(house script.House, o script.Options) (*script.Player, error) {
	if err := checkComputer(s); err != nil {
		return nil, err
	}
	p, err := script.Open(s.sc, house, o)
	return p, s.placed(err)
}

// placed says a mistake in a file at the file's path as the user gave it.
func (s *source) placed(err error) error {
	var mistake *script.Error
	if errors.As(err, &mistake) && s.file != "" && mistake.File == s.sc.Name+script.Ending {
		placed := *mistake
		placed.File = s.file
		return &placed
	}
	return err
}

// words is how the scenario is named on the command line.
func (s *source) words() string {
	if s.file != "" {
		return s.file
	}
	return s.sc.Name
}

// traceFile is where the golden trace of a scenario file lies.
func (s *source) traceFile() string {
	return strings.TrimSuffix(s.file, script.Ending) + golden.Ending
}

// trace is the golden trace, and its name.
func (s *source) trace() (name string, text []byte, err error) {
	if s.file == "" {
		name = s.sc.Name + golden.Ending
		text, err = golden.Trace(s.sc.Name)
		return name, text, err
	}
	name = s.traceFile()
	text, err = readAtMost(name, traceFileBytesMax)
	return name, text, err
}

// traceFileBytesMax bounds a trace beside a scenario file of a person's own.
const traceFileBytesMax = 256 << 20
