package sim

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// Freeze appends all that is needed to go on from here on another bench: the
// present tick, when the rider is due, the rider's state, and the machine's
// snapshot, little-endian.
func (b *Bench) Freeze(dst []byte) []byte {
	dst = binary.LittleEndian.AppendUint64(dst, uint64(b.now))
	dst = binary.LittleEndian.AppendUint64(dst, uint64(b.due))
	var rider []byte
	if b.rider != nil {
		rider = b.rider.Save(nil)
	}
	dst = binary.LittleEndian.AppendUint64(dst, uint64(len(rider)))
	return b.machine.Save(append(dst, rider...))
}

// Thaw takes over what Freeze of a bench with the same machine and rider wrote:
// the bench stands where that one stood, with its logbook. Both must have gone
// the same way, as those of one script and one seed do: the snapshots that this
// one has of it stay, and where there are none on the way back it steps again
// from the one before. What was frozen on another bench, or is cut off, is
// refused and changes nothing.
func (b *Bench) Thaw(src []byte, log []Entry) error {
	const head = 24
	if len(src) < head {
		return errors.New("a frozen bench that is too short")
	}
	now, due := Tick(binary.LittleEndian.Uint64(src)), Tick(binary.LittleEndian.Uint64(src[8:]))
	size := binary.LittleEndian.Uint64(src[16:])
	want := 0
	if b.rider != nil {
		want = len(b.rider.Save(nil))
	}
	if now < 0 || due <= now {
		return fmt.Errorf("a frozen bench at tick %d whose rider is due at %d", now, due)
	}
	if size != uint64(want) || len(src)-head < want {
		return errors.New("a bench that was frozen with another script")
	}
	if err := b.checkLog(log, now); err != nil {
		return err
	}
	if err := b.machine.Load(src[head+want:]); err != nil {
		return err
	}
	if b.rider != nil {
		b.rider.Load(src[head : head+want])
	}
	b.now, b.due, b.next, b.log, b.mute = now, due, 0, nil, noTick
	b.Write(log)
	b.next = len(b.log)
	if newest := b.ring.nearest(Never); b.ring.budget > 0 && (newest == nil || newest.at < now) {
		b.snapshot()
	}
	return nil
}

// checkLog refuses a logbook that cannot be one of this machine up to now.
func (b *Bench) checkLog(log []Entry, now Tick) error {
	last := Tick(0)
	for _, e := range log {
		if e.At < last || e.At > now {
			return fmt.Errorf("a logbook with an entry at tick %d after one at %d, of a bench at %d", e.At, last, now)
		}
		if err := b.sheet.Check(e.In); err != nil {
			return fmt.Errorf("a logbook that does not fit this machine: %w", err)
		}
		last = e.At
	}
	return nil
}

// Exhibitor is a machine that can hand out the arrays it learned, by name: the
// weights of a net.
type Exhibitor interface {
	// Exhibit calls visit for each array, row-major, in a fixed order. The data
	// are the machine's own: they hold until visit returns.
	Exhibit(visit func(name string, shape []int, data []float32))
}

// Exhibit visits the arrays of the machine, where it has any to hand out.
func (b *Bench) Exhibit(visit func(name string, shape []int, data []float32)) {
	if e, ok := b.machine.(Exhibitor); ok {
		e.Exhibit(visit)
	}
}
