package cli

import (
	"errors"
	"fmt"
	"math"
	"os"
	"strings"

	"perceptarium/internal/checkpoint"
	"perceptarium/sim"
	"perceptarium/sim/script"
)

// keeper writes checkpoints of a replay: every so many ticks, where it is
// interrupted, and at its end.
type keeper struct {
	file  string // "" where none are wanted
	every sim.Tick
	last  sim.Tick // of the present act
	act   int
}

// npzEnding is that of files with the arrays alone, from which no replay goes on.
const npzEnding = ".npz"

func (o *replayOptions) keeper() *keeper { return &keeper{file: o.checkpoint, every: o.every.at} }

// limit shortens a slice so that it ends where a checkpoint is due.
func (k *keeper) limit(p *script.Player, n sim.Tick) sim.Tick {
	if k.file == "" || k.every == 0 {
		return n
	}
	return min(n, k.every-p.Bench().Now()%k.every)
}

// due writes a checkpoint where one is due.
func (k *keeper) due(p *script.Player) error {
	if k.file == "" || k.every == 0 || p.Bench().Now()%k.every != 0 || p.Bench().Now() == 0 {
		return nil
	}
	if k.act == p.Act() && k.last == p.Bench().Now() {
		return nil
	}
	return k.write(p)
}

// write writes a checkpoint: into a file beside, which then takes the name.
func (k *keeper) write(p *script.Player) error {
	if k.file == "" {
		return nil
	}
	k.act, k.last = p.Act(), p.Bench().Now()
	arrays := checkpoint.Arrays(p.Bench())
	var data []byte
	var err error
	if strings.HasSuffix(k.file, npzEnding) {
		data, err = checkpoint.NPZ(arrays)
	} else {
		data, err = checkpoint.Encode(p.Checkpoint(), arrays)
	}
	if err != nil {
		return err
	}
	return replaceFile(k.file, data)
}

// replaceFile writes data into a new file and gives it the name of the old one.
func replaceFile(name string, data []byte) error {
	part := partOf(name)
	if err := os.WriteFile(part, data, 0o644); err != nil {
		return fmt.Errorf("%s: %w", name, reason(err))
	}
	if part == name {
		return nil
	}
	if err := os.Rename(part, name); err != nil {
		return fmt.Errorf("%s: %w", name, reason(err))
	}
	return nil
}

// resume takes the player to where the checkpoint in the file stands.
func resume(p *script.Player, file string) error {
	data, err := readAtMost(file, math.MaxInt64-1)
	if err != nil {
		return err
	}
	c, err := checkpoint.Decode(data)
	if err == nil {
		err = p.Resume(c)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// conflictCheckpoint refuses flags about checkpoints that do not go together.
func (o *replayOptions) conflictCheckpoint(scenarios int) error {
	switch {
	case (o.checkpoint != "" || o.resume != "") && scenarios > 1:
		return fmt.Errorf("--checkpoint and --resume take one scenario, not %d", scenarios)
	case o.every.at > 0 && o.checkpoint == "":
		return errors.New("--every says how often a checkpoint is written: --checkpoint FILE says where")
	case o.resume != "" && (o.trace != "" || o.vcd != ""):
		return errors.New("--resume goes without --trace and --vcd: what they wrote would lack its beginning")
	}
	return nil
}
