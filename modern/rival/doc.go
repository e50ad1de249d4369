// Package rival holds what beat the nets in the 2000s, each in its smallest
// correct version: the support vector machine, the nearest neighbours, the
// decision tree, the random forest, and the linear model that all of them are
// held against.
//
//	data -> examples.Set -> learn, a step of the solver to a tick
//	                     -> test   one example for testing answered to a tick
//	                     -> train  one example for training answered to a tick
//	                     -> rest
//
// A machine has one of the models; all share phases, counts of errors and the
// confusion matrix. One tick of learning is: of svm, one pair of multipliers
// moved (sequential minimal optimisation, the pair that violates the
// conditions of Karush, Kuhn and Tucker most); of tree and forest, one node
// split or left a leaf; of linear, one example presented; neighbour learns in
// one tick, by keeping the examples.
//
// Arithmetic is that of docs/arithmetic.md: inputs and kernels in float32,
// multipliers and sums in float64, sums in eight lanes.
//
// Sources: C. Cortes and V. Vapnik, Support-vector networks, 1995; J. Platt,
// Sequential minimal optimization, 1998; S. S. Keerthi et al., 2001 (which
// pair); T. Cover and P. Hart, 1967; L. Breiman et al., CART, 1984; L. Breiman,
// Random forests, 2001. None was read again for this program: what is taken
// from them is the form of the algorithms, which the tests hold against their
// definitions.
//
// Left out: second-order choice of pairs and shrinking, reduced and virtual
// support vectors, probabilities, pruning, surrogate splits, variable
// importance, search trees for neighbours.
package rival
