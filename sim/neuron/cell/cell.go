// Package cell simulates a nerve cell that integrates and fires, after
// Lapicque: pulses move its potential, the potential leaks, and where it
// reaches the threshold the cell sends a spike along its axon and is deaf for
// a while.
//
//	pulses -> synapses [4] -> potential, leaking -> threshold -> spike -> axon [32]
//	current ------------------^
//
// One tick is 0.1 ms (Assumed). The potential counts from rest, in whole
// femtovolts, so that a trace is exact. In one tick, in this order: pulses
// arrive; a deaf (refractory) cell stays at rest and loses them; another moves
// by the exact step of
//
//	tau dV/dt = -V + R I
//
// that is V <- R I + d (V - R I) with d = exp(-1/tau), tau in ticks, rounded
// down, and then by the weights of its pulses; where V then reaches the
// threshold it spikes, and V is at rest again.
//
// Error bound. The decay d is held in units of 2^-62, and a step rounds by less
// than a femtovolt, always down, so that the potential is below the exact one
// by less than tau+1 femtovolts: 0.2 pV of 15 mV at tau 20 ms. A spike comes
// with the first tick at which the potential has reached the threshold, never
// before the closed formula. Where current, resistance and threshold stand at
// whole numbers, the drive is above the threshold by a microvolt at least, and
// the period of regular firing exceeds refractory + tau ln(RI/(RI-threshold))
// by less than 1.2 ticks at the longest tau, and by one tick where tau is
// 20 ms.
//
// With tau 0 nothing is remembered from tick to tick, and without a refractory
// time the cell is a McCulloch-Pitts unit: it fires when the weights of the
// pulses at one tick reach the threshold.
//
// Omitted: the time course of a synapse's current, conductances (Hodgkin and
// Huxley), the shape of the spike, adaptation, distance along the dendrites.
package cell

import (
	"math/bits"

	"perceptarium/sim/rng"
)

// Synapses is how many synapses the cell has.
const Synapses = 4

// axonCells is the length of the axon in ticks of conduction.
const axonCells = 32

// The potential over time, as the probe history shows it: so many samples, one
// each so many ticks.
const (
	samples     = 128
	sampleTicks = 4
)

// microvolt is one, in femtovolts.
const microvolt = 1_000_000_000

// floor is as far below rest as inhibition takes the cell, in microvolts.
const floor = -20_000

// settings are where the controls stand, in the order of the sheet: single
// values, then those of each synapse.
type settings struct {
	one  [ctlWeight]int64
	each [controls - ctlWeight][Synapses]int64
}

// values are those of one control.
func (s *settings) values(control int) []int64 {
	if control < ctlWeight {
		return s.one[control : control+1]
	}
	return s.each[control-ctlWeight][:]
}

// state is what changes from tick to tick.
type state struct {
	settings
	decay     uint64 // exp(-1/tau) in units of 2^-62; follows from tau
	age       int64  // ticks since power on
	potential int64  // femtovolts above rest
	deaf      int64  // ticks of refractory time left
	wait      [Synapses]int64
	arrived   [Synapses]bool
	axon      uint32 // bit i: a spike has travelled i ticks
	spikes    int64
	last      int64 // the tick of the last spike; 0: there was none
	interval  int64 // ticks between the last two spikes; 0: there were none
	history   [samples]int64
	newest    int64 // the place of the newest sample
	chance    rng.Stream
}

const decayBits = 62

// decayOf is exp(-1/tau) in units of 2^-decayBits, by the series
// 1 - x + x^2/2! - ...; its last bits are off by at most the number of terms.
// It is 0 for tau 0.
func decayOf(tau int64) uint64 {
	if tau == 0 {
		return 0
	}
	sum, term := int64(0), int64(1)<<decayBits
	for n := int64(1); term != 0; n++ {
		sum += term
		term = -term / (n * tau)
	}
	return uint64(sum)
}

// leak is v times decay, rounded down.
func leak(v int64, decay uint64) int64 {
	hi, lo := bits.Mul64(uint64(max(v, -v)), decay)
	whole := int64(hi<<(64-decayBits) | lo>>decayBits)
	if v >= 0 {
		return whole
	}
	if lo<<(64-decayBits) != 0 {
		whole++
	}
	return -whole
}

// tick is one tenth of a millisecond.
func (s *state) tick() {
	s.age++
	push := s.arrive()
	s.axon <<= 1
	switch {
	case s.deaf > 0:
		s.deaf--
	default:
		drive := s.one[ctlCurrent] * s.one[ctlResistance] * microvolt
		s.potential = max(drive+leak(s.potential-drive, s.decay)+push, floor*microvolt)
		if s.potential >= s.one[ctlThreshold]*microvolt {
			s.spike()
		}
	}
	if s.age%sampleTicks == 0 {
		s.newest = (s.newest + 1) % samples
		s.history[s.newest] = s.potential / microvolt
	}
}

// arrive finds out where pulses arrive, and by how much they move the
// potential, in femtovolts.
func (s *state) arrive() (push int64) {
	weight, train, rate := s.values(ctlWeight), s.values(ctlTrain), s.values(ctlRate)
	for i := range s.arrived {
		s.arrived[i] = rate[i] > 0 && s.chance.Below(ticksPerSecond) < rate[i]
		if train[i] > 0 {
			if s.wait[i]--; s.wait[i] <= 0 {
				s.wait[i] = train[i]
				s.arrived[i] = true
			}
		}
		if s.arrived[i] {
			push += weight[i] * microvolt
		}
	}
	return push
}

const ticksPerSecond = 10_000

func (s *state) spike() {
	s.potential = 0
	s.deaf = s.one[ctlRefractory]
	s.axon |= 1
	s.spikes++
	if s.last > 0 {
		s.interval = s.age - s.last
	}
	s.last = s.age
}
