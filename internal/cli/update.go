package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"perceptarium/golden"
	"perceptarium/sim"
	"perceptarium/sim/script"
	"perceptarium/sim/trace"
)

// updateAll makes all traces first and then writes those that have moved.
func (a *app) updateAll(ctx context.Context, list []*source, o *checkOptions) error {
	if err := isGoldenDir(list, o.golden); err != nil {
		return err
	}
	made := make([][]byte, len(list))
	bad := 0
	for i, s := range list {
		c, text, err := a.make(ctx, s, place(i, len(list)))
		if err != nil {
			return err
		}
		if err := replaceable(goldenFile(s, o.golden), text); err != nil {
			return err
		}
		if !c.tally.ok() {
			bad++
		}
		made[i] = text
	}
	for i, s := range list {
		if err := a.rewrite(goldenFile(s, o.golden), made[i]); err != nil {
			return err
		}
	}
	if bad > 0 {
		return differs("not as history says: %d of %s; their traces were written all the same", bad, plural(len(list), "scenario"))
	}
	return nil
}

// isGoldenDir refuses a folder that is not the package golden of a working
// tree, unless all scenarios are files: their traces lie beside them.
func isGoldenDir(list []*source, dir string) error {
	for _, s := range list {
		if s.file != "" {
			continue
		}
		src, err := os.ReadFile(filepath.Join(dir, "embed.go"))
		if err != nil || !bytes.Contains(src, []byte("\npackage golden\n")) {
			return fmt.Errorf("%s is not the folder of golden traces: run this at the root of the working tree, or say --golden DIR", dir)
		}
		return nil
	}
	return nil
}

// make replays a scenario and returns its trace.
func (a *app) make(ctx context.Context, s *source, place string) (*checked, []byte, error) {
	c := &checked{source: s, until: sim.Tick(s.sc.Header.GoldenUntil)}
	out := &bounded{name: s.words()}
	err := a.judge(ctx, c, script.Options{Trace: out}, place)
	return c, out.text.Bytes(), err
}

// bounded is a trace in memory that may not grow beyond what a golden trace
// may have.
type bounded struct {
	name string
	text bytes.Buffer
}

func (b *bounded) Write(p []byte) (int, error) {
	if b.text.Len()+len(p) > trace.SizeMax {
		return 0, fmt.Errorf("%s: its trace is longer than %d bytes: watch fewer probes, or less often, or set golden_until", b.name, trace.SizeMax)
	}
	return b.text.Write(p)
}

func replaceable(file string, text []byte) error {
	old, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: %w", file, reason(err))
	}
	return golden.MayReplace(file, old, text, false)
}

// rewrite writes a trace where it has moved.
func (a *app) rewrite(file string, text []byte) error {
	if old, err := os.ReadFile(file); err == nil && bytes.Equal(old, text) {
		return nil
	}
	out, err := newTraceOut(file, nil)
	if err != nil {
		return err
	}
	defer out.discard()
	if _, err := out.buf.Write(text); err != nil {
		return err
	}
	if err := out.keep(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.out, "wrote %s\n", file)
	return err
}
