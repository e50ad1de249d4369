package rival

import "perceptarium/sim"

// about is what a model's sheet says in words.
type about struct {
	title, doc, step string
	year             int
	constants        []sim.Constant
	sources, omitted []string
}

const (
	lecture = "M. Gasse, Artificial neural networks (lecture)"
	unread  = "; known by its contents, not read again for this program"
)

func aboutOf(kind string) about {
	switch kind {
	case svmModel:
		return aboutSVM()
	case neighbourModel:
		return about{
			title: "Nearest neighbours", year: 1967, step: "all examples kept",
			doc: "It keeps all examples and answers with the class of the nearest.",
			constants: []sim.Constant{
				{Name: "most neighbours", Value: "64", Unit: examplesUnit, Doc: "the largest k", Source: "a bound on memory", Evidence: sim.Assumed},
			},
			sources: []string{
				lecture + ": infinite capacity, and nothing learned",
				"T. Cover and P. Hart, Nearest neighbor pattern classification, 1967: with many examples at most twice the error that cannot be avoided" + unread,
			},
			omitted: []string{"search trees, condensed sets of examples, distances other than Euclid's"},
		}
	case linearModel:
		return about{
			title: "Linear model", year: 1960, step: "one example presented",
			doc: "One layer of units with tanh, one for each class, by stochastic gradient descent on the squared error.",
			constants: []sim.Constant{
				{Name: "weights at the start", Value: "0", Unit: valueUnit, Doc: "all of them", Source: "one layer has one valley: where it starts does not matter", Evidence: sim.Inferred},
				{Name: "rate", Value: "1/(2 inputs), at most 1/4", Unit: setting, Doc: "at power on", Source: "the curvature along an input in -1..1 is at most the number of inputs", Evidence: sim.Assumed},
				{Name: "passes", Value: "20", Unit: "pass", Doc: "at power on", Source: "the error of the digits moves little after it", Evidence: sim.Assumed},
			},
			sources: []string{lecture + ": the unit", "B. Widrow and M. Hoff, Adaptive switching circuits, 1960: descent on the squared error" + unread},
			omitted: []string{"momentum, batches, regularisation"},
		}
	}
	return aboutTrees(kind)
}

func aboutSVM() about {
	return about{
		title: "Support vector machine", year: 1995, step: "one pair of multipliers moved",
		doc: "The border with the widest margin between two classes, by sequential minimal optimisation; more classes one against the rest.",
		constants: []sim.Constant{
			{Name: "sign of 0", Value: "+1", Unit: classUnit, Doc: "the answer on the border", Source: "h(x) = sign(w.x + b) leaves it open", Evidence: sim.Assumed},
			{Name: "C", Value: "10", Unit: setting, Doc: "at power on", Source: "a usual value for digits", Evidence: sim.Assumed},
			{Name: "gamma", Value: "2/inputs", Unit: setting, Doc: "at power on: 1/128 for 16 x 16 pixels", Source: "a usual value for digits in -1..1", Evidence: sim.Assumed},
			{Name: "tolerance", Value: "0.001", Unit: multiplierUnit, Doc: "at power on", Source: "that of the common programs", Evidence: sim.Secondary},
			{Name: "rows kept", Value: "96", Unit: "MiB", Doc: "of the matrix of similarities; it changes no result", Source: "half the matrix of 7,291 examples", Evidence: sim.Assumed},
		},
		sources: []string{
			lecture + ": h(x) = sign(w.x + b); the winter that came with it",
			"C. Cortes and V. Vapnik, Support-vector networks, 1995: the soft margin and its dual" + unread,
			"J. Platt, Sequential minimal optimization, 1998, and S. S. Keerthi et al., 2001: the pair that violates most" + unread,
		},
		omitted: []string{"second-order choice of pairs and shrinking", "reduced sets, virtual support vectors, probabilities"},
	}
}

func aboutTrees(kind string) about {
	a := about{
		title: "Decision tree", year: 1984, step: "one node split or left a leaf",
		doc:     "An unpruned tree of questions about single inputs, by Gini's index.",
		sources: []string{"L. Breiman, J. Friedman, R. Olshen, C. Stone, Classification and Regression Trees, 1984: Gini's index" + unread},
		omitted: []string{"pruning, other indices than Gini's, questions about several inputs, missing values"},
		constants: []sim.Constant{
			{Name: "cut", Value: "halfway", Unit: valueUnit, Doc: "between the two values that a question parts", Source: "CART's rule", Evidence: sim.Secondary},
		},
	}
	if kind == treeModel {
		return a
	}
	a.title, a.year = "Random forest", 2001
	a.doc = "Unpruned trees that vote, each on examples drawn with replacement, each node on a few inputs drawn at random."
	a.sources = append(a.sources, "L. Breiman, Random forests, 2001: bootstrap, random inputs, the out-of-bag estimate"+unread)
	a.omitted = append(a.omitted, "the importance of inputs, likenesses of examples")
	a.constants = append(a.constants,
		sim.Constant{Name: "inputs of a node", Value: "sqrt(inputs)", Unit: "input", Doc: "how many it looks at, rounded down; where none of them parts it, it draws on", Source: "the usual setting: 16 of 256 for the digits", Evidence: sim.Secondary},
		sim.Constant{Name: "trees", Value: "100", Unit: "tree", Doc: "where the machine line says nothing", Source: "a usual number", Evidence: sim.Assumed})
	return a
}
