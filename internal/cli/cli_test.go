package cli_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"perceptarium/internal/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"perceptarium": func() {
			os.Exit(cli.Run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
		},
	})
}

// TestVerbs runs the scripts of testdata against the program itself.
func TestVerbs(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireUniqueNames:  true,
		RequireExplicitExec: true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"status": status},
		Condition:           condition,
	})
}

// condition is true of "flagged" where GODEBUG can take AVX2 away.
func condition(name string) (bool, error) {
	if name != "flagged" {
		return false, fmt.Errorf("no condition %q", name)
	}
	return flagged, nil
}

// status runs the program and wants that exit status:
//
//	status N WORD...
//
// Where N is not 0, stderr must be one line that begins with "perceptarium: ".
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: status N WORD...")
	}
	err := ts.Exec("perceptarium", args[1:]...)
	got := "0"
	var exit *exec.ExitError
	if err != nil {
		got = err.Error()
	}
	if asExit(err, &exit) {
		got = strings.TrimPrefix(exit.Error(), "exit status ")
	}
	if got != args[0] {
		ts.Fatalf("exit status %s, want %s", got, args[0])
	}
	stderr := ts.ReadFile("stderr")
	if got != "0" && (!strings.HasPrefix(stderr, "perceptarium: ") || strings.Count(stderr, "\n") != 1) {
		ts.Fatalf("stderr is not one plain line: %q", stderr)
	}
}

func asExit(err error, to **exec.ExitError) bool {
	exit, ok := err.(*exec.ExitError)
	*to = exit
	return ok
}

// TestInterrupt interrupts a long replay: it ends with 130, says how far it
// came, and leaves no file behind.
func TestInterrupt(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // a process cannot be interrupted from outside there
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "long.scenario")
	text := "+++\ntitle = \"Long\"\nyear = 1943\n+++\nmachine neuron\nwatch output every 1000000\nrun 900000000000\n"
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("perceptarium", "replay", "--trace", filepath.Join(dir, "long.trace"), file)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	waitFor(t, filepath.Join(dir, "long.trace.part"))
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	cmd.Wait()
	if got := cmd.ProcessState.ExitCode(); got != 130 {
		t.Errorf("exit status %d, want 130; stderr %q", got, &stderr)
	}
	want := "perceptarium: interrupted in " + file + ": act 1 of 1, tick "
	if !strings.HasPrefix(stderr.String(), want) || strings.Count(stderr.String(), "\n") != 1 {
		t.Errorf("stderr %q, want %q and the tick", &stderr, want)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*trace*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestInterruptedSpeed interrupts a measurement once its first line is there: it
// ends with 130 and says how far it came.
func TestInterruptedSpeed(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // a process cannot be interrupted from outside there
	}
	cmd := exec.Command("perceptarium", "speed")
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := bufio.NewReader(stdout).ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	cmd.Wait()
	if got := cmd.ProcessState.ExitCode(); got != 130 {
		t.Errorf("exit status %d, want 130", got)
	}
	if !regexp.MustCompile(`^perceptarium: interrupted after [0-9]+ kernels?\n$`).MatchString(stderr.String()) {
		t.Errorf("stderr %q", &stderr)
	}
}

// waitFor waits until a file is there.
func waitFor(t *testing.T, file string) {
	t.Helper()
	for range 1000 {
		if _, err := os.Stat(file); err == nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("%s does not appear", file)
}
