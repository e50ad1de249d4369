// Package neuron simulates the formal neurons of McCulloch and Pitts (1943).
//
// One tick is one synaptic delay, the only delay that the paper counts. A unit
// fires at tick t or it does not (all or none). At tick t it fires if and only
// if at tick t-1 none of its inhibitory afferents fired and the synapses of
// its firing excitatory afferents numbered at least its threshold. One
// inhibitory impulse prevents excitation absolutely. An afferent may make
// several synapses. The wiring never changes; circles are allowed, for what a
// unit hears is always one tick old.
//
//	inputs, always-firing units -> units -> units ...
//	                                 ^--------'  (circles)
//
// The convention of the threshold: the paper says that excitation must exceed
// the threshold; here, as is usual today, it must reach it. A threshold of 2
// here is one of 1 there. The smallest threshold is 1: no unit fires
// unprompted (theorem 3), and a negation needs an always-firing afferent.
//
// # The text format
//
// A net is written by hand, line by line; # at the beginning of a word starts
// a comment, lines may end in LF or CRLF, blank lines do not count:
//
//	title  The exclusive or, in units of 1943
//	law    out(t) = x(t-2) or y(t-2), and not both
//	input  x y              # driven from outside
//	always one              # fires at every tick
//	unit   either 1  x y    # name, threshold, excitatory afferents
//	unit   both   2  x y
//	unit   out    1  either ~both   # ~ marks an inhibitory afferent
//	unit   weigh  3  x*2 y -both    # two synapses of x; - opposes: relative inhibition
//	start  out              # fires at tick 0
//	output out              # what the net is for
//
// Lines may stand in any order and, but for title, be given several times. A
// unit may hear units that are defined further down, and itself. An opposing
// synapse (-) takes one from the sum and belongs to the nets of the paper's
// theorem 4, not to its basic assumptions. Without an output line the outputs
// are the units that no other unit hears, or all units where there are none.
// Read parses the format and Net.Append writes it; what was written reads
// back the same.
//
// # The drawing
//
// The probe net has the source of a drawing as its text, one thing a line,
// words between single blanks, all units before all axons:
//
//	net TITLE
//	law TEXT
//	unit NAME ROLE LAYER ROW THRESHOLD FIRING
//	axon FROM TO EFFECT SYNAPSES
//
// There is one net line, whose title may be empty, and a law line for each
// law. ROLE is input, always, unit or output. LAYER counts from 0 at the
// inputs, as deep as the longest way from them that goes round no circle; ROW
// counts from 0 within a layer. THRESHOLD is 0 for inputs and always-firing
// units. FIRING is 1 while the unit fires. FROM and TO are names of units;
// EFFECT is excite, inhibit or oppose; SYNAPSES is their number. An axon whose
// TO lies in no higher layer than its FROM closes a circle.
//
// Sources: McCulloch and Pitts, A logical calculus of the ideas immanent in
// nervous activity, 1943 (primary).
package neuron
