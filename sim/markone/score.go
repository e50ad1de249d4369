package markone

import "math/bits"

// curvePoints is the length of the learning curve.
const curvePoints = 64

// score is the operator's notebook: what was presented, how it was judged.
type score struct {
	presentations  int64
	judged         bool  // this presentation is in the book
	trials         int64 // presentations that were judged, with something wanted
	correct        int64 // of them: every wanted response right
	bits, bitsOK   int64 // single responses judged, and right
	reinforcements int64 // source-sets reinforced
	streak         int64 // correct trials in a row
	right          bool  // the last trial was correct
	wrong          uint64
	skippedMS      int64 // operator's time that a scripted tempo left out
	blockTrials    int64
	blockCorrect   int64
	curve          [curvePoints]int64
	curveLen       int64
}

// newPage begins a new page: everything but the machine's own time.
func (s *score) newPage() { *s = score{skippedMS: s.skippedMS, judged: s.judged} }

// judge compares the responses with the wanted ones.
func (s *score) judge(r *responses, wanted *[ResponsesMax]int8, block int64) {
	s.judged = true
	care, want := uint64(0), uint64(0)
	for i := range r.units {
		if wanted[i] >= 0 {
			care |= 1 << i
			want |= uint64(wanted[i]) << i
		}
	}
	s.wrong = (r.state ^ want) & care
	if care == 0 {
		return
	}
	n := int64(bits.OnesCount64(care))
	s.bits += n
	s.bitsOK += n - int64(bits.OnesCount64(s.wrong))
	s.trials++
	s.blockTrials++
	s.right = s.wrong == 0
	if s.right {
		s.correct++
		s.blockCorrect++
		s.streak++
	} else {
		s.streak = 0
	}
	if s.blockTrials >= block {
		s.point()
	}
}

// point ends a block: its correct trials are a point of the learning curve.
func (s *score) point() {
	if s.curveLen == curvePoints {
		copy(s.curve[:], s.curve[1:])
		s.curveLen--
	}
	s.curve[s.curveLen] = s.blockCorrect
	s.curveLen++
	s.blockTrials, s.blockCorrect = 0, 0
}
