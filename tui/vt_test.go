package tui

import (
	"bytes"
	"context"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
)

// terminal is a terminal in memory, in which the whole program runs. The
// emulator is not safe for several goroutines: the mutex stands around it.
type terminal struct {
	t     testing.TB
	mu    sync.Mutex
	vt    *vt.Emulator
	wrote chan struct{}
	keys  *io.PipeWriter
	done  chan error
	stop  context.CancelFunc
}

// Write implements io.Writer: what the program writes. A line feed becomes a
// new line, as in a terminal that is not raw: the program sees no terminal in
// its input and relies on it.
func (e *terminal) Write(p []byte) (int, error) {
	e.mu.Lock()
	_, err := e.vt.Write(bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n")))
	e.mu.Unlock()
	select {
	case e.wrote <- struct{}{}:
	default:
	}
	return len(p), err
}

func (e *terminal) String() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.vt.String()
}

// styled is the picture with its colours.
func (e *terminal) styled() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.vt.Render()
}

func (e *terminal) altScreen() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.vt.IsAltScreen()
}

func (e *terminal) cursorHidden() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.vt.CursorHidden()
}

// start runs the screen in a terminal of that size.
func start(t testing.TB, o Options, w, h int) *terminal {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	in, keys := io.Pipe()
	e := &terminal{t: t, vt: vt.NewEmulator(w, h), wrote: make(chan struct{}, 1), keys: keys, done: make(chan error, 1), stop: stop}
	go io.Copy(keys, e.vt) // the terminal's answers to questions are input too
	o.In, o.Out = in, e
	o.Environ = append([]string{"TERM=xterm-256color", "COLORTERM=truecolor", "TTY_FORCE=1"}, o.Environ...)
	go func() { e.done <- run(ctx, o, size{w, h}) }()
	t.Cleanup(func() {
		stop()
		keys.Close()
	})
	return e
}

// send writes keys as a terminal does.
func (e *terminal) send(keys string) {
	e.t.Helper()
	if _, err := io.WriteString(e.keys, keys); err != nil {
		e.t.Fatal(err)
	}
}

const patience = 10 * time.Second

// until waits for a picture that has all of these words, and returns it.
func (e *terminal) until(words ...string) string {
	e.t.Helper()
	timeout := time.After(patience)
	for {
		picture, missing := e.String(), ""
		for _, w := range words {
			if !strings.Contains(picture, w) {
				missing = w
			}
		}
		if missing == "" {
			return picture
		}
		select {
		case <-e.wrote:
		case err := <-e.done:
			e.t.Fatalf("the screen was left (%v) before it showed %q:\n%s", err, missing, picture)
		case <-timeout:
			e.t.Fatalf("no %q on the screen:\n%s", missing, picture)
		}
	}
}

// left waits for the end of the program.
func (e *terminal) left() error {
	e.t.Helper()
	select {
	case err := <-e.done:
		return err
	case <-time.After(patience):
		e.t.Fatalf("the screen was not left:\n%s", e.String())
		return nil
	}
}

const (
	keyLeft   = "\x1b[D"
	keyRight  = "\x1b[C"
	keyUp     = "\x1b[A"
	keyDown   = "\x1b[B"
	keyPgUp   = "\x1b[5~"
	keyPgDown = "\x1b[6~"
	keyEnter  = "\r"
	keyTab    = "\t"
)
