package study

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// LogName is the file in a study's folder that holds the results.
const LogName = "study.jsonl"

// log appends results to study.jsonl, one line each, as they come.
type log struct{ file *os.File }

// openLog reads what an earlier run left and opens the file for more. A last
// line that was cut off by an interrupt is dropped.
func openLog(dir string) (*log, map[string]Result, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, nil, err
	}
	name := filepath.Join(dir, LogName)
	done, whole, err := readLog(name)
	if err != nil {
		return nil, nil, err
	}
	f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, nil, err
	}
	if err := errors.Join(f.Truncate(whole), seekEnd(f)); err != nil {
		f.Close()
		return nil, nil, err
	}
	return &log{f}, done, nil
}

func seekEnd(f *os.File) error {
	_, err := f.Seek(0, 2)
	return err
}

// readLog returns the results by their keys, and how many bytes whole lines
// take.
func readLog(name string) (done map[string]Result, whole int64, err error) {
	done = map[string]Result{}
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return done, 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	in := bufio.NewReader(f)
	for n := 1; ; n++ {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return done, whole, nil
		}
		var r Result
		if err := json.Unmarshal(line, &r); err != nil {
			return nil, 0, fmt.Errorf("%s:%d: not a result of a study: %w", name, n, err)
		}
		done[r.key()] = r
		whole += int64(len(line))
	}
}

func (l *log) add(r Result) error {
	line, err := json.Marshal(r)
	if err != nil {
		return err
	}
	_, err = l.file.Write(append(line, '\n'))
	return err
}

// Close closes the file.
func (l *log) Close() error { return l.file.Close() }
