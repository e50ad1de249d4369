package cli

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/sys/cpu"

	"perceptarium/golden"
	"perceptarium/modern/f32"
	"perceptarium/modern/kernel"
	"perceptarium/sim/trace"
)

// kernelVariable is the variable of the environment that names the
// implementation of the kernels to be used.
const kernelVariable = "PERCEPTARIUM_KERNEL"

// chooseKernel obeys kernelVariable.
func chooseKernel() error {
	if err := kernel.Force(os.Getenv(kernelVariable)); err != nil {
		return fmt.Errorf("%s: %w", kernelVariable, err)
	}
	return nil
}

func (a *app) kernels() *cobra.Command {
	return &cobra.Command{
		Use:   "kernels",
		Short: "Show how the tensor core computes here, and check the arithmetic law",
		Long: "Shows every implementation of the tensor core's kernels, whether this processor has it and which one is in use, and\n" +
			"holds each that is here against the arithmetic law: the digests of every kernel over fixed inputs have to be those\n" +
			"of golden/arith.trace, on every processor (docs/arithmetic.md). " + kernelVariable + "=NAME forces one.",
		Example: "  perceptarium kernels\n  " + kernelVariable + "=portable perceptarium kernels",
		Args:    atMost(0),
		RunE:    func(*cobra.Command, []string) error { return a.showKernels() },
	}
}

func (a *app) showKernels() error {
	t := table{gap: 2}
	t.row("processor", runtime.GOOS+"/"+runtime.GOARCH, fmt.Sprintf("%d threads", runtime.NumCPU()))
	t.row("features", features())
	if err := t.write(a.out); err != nil {
		return err
	}
	verdicts, failed := a.underLaw()
	t = table{gap: 2}
	t.row("implementation", "needs", "here", fmt.Sprintf("law %d", f32.Law))
	for i, impl := range kernel.Implementations() {
		t.row(impl.Name, impl.Needs, presence(impl), verdicts[i])
	}
	if _, err := fmt.Fprintln(a.out); err != nil {
		return err
	}
	if err := t.write(a.out); err != nil {
		return err
	}
	if failed != nil {
		return differs("the arithmetic law does not hold: %v", strings.ReplaceAll(failed.Error(), "\n", "; "))
	}
	return nil
}

func presence(impl kernel.Implementation) string {
	switch {
	case !impl.Available:
		return "no"
	case impl.Name == kernel.Active():
		return "in use"
	}
	return "yes"
}

// underLaw holds each implementation that is here against the golden digests.
// failed is the last difference.
func (a *app) underLaw() (verdicts []string, failed error) {
	used := kernel.Active()
	status := newStatusLine(a.err)
	defer status.clear()
	for _, impl := range kernel.Implementations() {
		if !impl.Available {
			verdicts = append(verdicts, "-")
			continue
		}
		err := kernel.Force(impl.Name)
		if err == nil {
			err = golden.CheckArith()
		}
		verdicts = append(verdicts, verdictOf(err))
		if err != nil {
			failed = fmt.Errorf("%s: %w", impl.Name, err)
		}
	}
	if err := kernel.Force(used); err != nil && failed == nil {
		failed = err
	}
	return verdicts, failed
}

func verdictOf(err error) string {
	var d *trace.Diff
	switch {
	case err == nil:
		return "holds"
	case errors.As(err, &d):
		return "broken: " + strings.TrimPrefix(d.Probe, "mark ")
	}
	return "broken"
}

// features lists what this processor has of what a kernel could use.
func features() string {
	var list []string
	for _, f := range []struct {
		name string
		has  bool
	}{
		{"sse4.2", cpu.X86.HasSSE42}, {"avx", cpu.X86.HasAVX}, {"avx2", cpu.X86.HasAVX2}, {"fma", cpu.X86.HasFMA},
		{"avx512f", cpu.X86.HasAVX512F}, {"avx512dq", cpu.X86.HasAVX512DQ}, {"avx512bw", cpu.X86.HasAVX512BW}, {"avx512vl", cpu.X86.HasAVX512VL},
		{"asimd", cpu.ARM64.HasASIMD}, {"sve", cpu.ARM64.HasSVE}, {"vx", cpu.S390X.HasVX},
	} {
		if f.has {
			list = append(list, f.name)
		}
	}
	if len(list) == 0 {
		return "none that a kernel could use"
	}
	return strings.Join(list, " ")
}
