// Package markone simulates the Mark I Perceptron (Cornell Aeronautical
// Laboratory, built 1959-60) component by component, and the paper machines it
// grew from.
//
// One tick is one step of the machine clock, 10 ms unless made otherwise
// (Assumed: no source gives a time constant of the real machine).
//
//	card -> retina [20][20] -> plugboard -> 512 association units -> 8 response units
//	        CdS cells,         S, A, sign   e - i >= theta           sum, dead zone, hold
//	        threshold                            |  one potentiometer each   |
//	                                             +--<-- weight motors <------+--- teacher
//
// What one sees at the panel: the 20 x 20 lamps of the sensory units, the lamps
// of the association units, the wipers of the potentiometers, eight response
// lamps with the wanted ones beside them, and the phase of the work: clear,
// set-up, present, respond, judge, reinforce, remove, test.
//
// The state is integers only. Light is a level 0..255, conductance is counted in
// millionths of that of a mean cell under full light, the angle of a
// potentiometer in Arcs (1/10,000 degree), time in ticks.
//
// Two paths lead to the same decisions. Machine steps through every tick: cells
// rise and fall, motors turn, noise and faults act. Algebra is the perceptron as
// a formula on the same wiring: it knows settled, ideal components only, and
// answers many stimuli a microsecond apart.
//
// Each constant carries the mark of the reference dossier behind it: P primary,
// S secondary, I inferred, O computed by us, M from memory, D a default of ours.
// M and D are "Assumed:" and can be set.
//
// Omitted: see the sheet.
package markone
