// Package reader reads amounts as the check readers of the 1990s did: a strip of
// handwritten digits is cut wherever a digit might end, every piece between two
// cuts is judged by a net, and the text is the cheapest way through the graph of
// the pieces.
//
//	learn   one piece of a strip for training presented to the net
//	cut     a strip is laid on the table and cut at its minima of ink
//	score   one piece between two cuts judged by the net
//	path    one cut reached: the cheapest ways to it from the cuts before it
//	answer  the text of the cheapest way is held against what was written
//	rest
//
// A piece goes from one cut to a later one, within a range of widths. The net
// has an output for each digit and one for rubbish: for what is no digit, half
// of one, or two. The penalty of a digit is minus the logarithm of its share
// (softmax), so that rubbish makes all of them dear. Half of the pieces that it
// learns from are digits between the places where two of them meet, half are
// pieces of the same strips that are no digit.
//
// The cheapest way (Viterbi 1967) is found cut by cut. With it goes the cheapest
// way that spells another text; what lies between them is the margin, and where
// it is small the machine says that it does not know.
//
// In place of the graph the strip can be divided into equal widths, as many as
// there are digits: the way without segmentation that the graph is held against.
//
// Sources: Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, Gradient-based learning
// applied to document recognition, 1998, as reading notes report it.
//
// Left out: finding the amount on the check, words of a grammar, training of the
// whole system at once by the text alone, slanted cuts.
package reader
