package lecture

import "slices"

// whole is a scene of a whole scenario, from its first act to its last.
func whole(scenario string) Scene { return Scene{Scenario: scenario} }

// part is a scene of the acts from first to last of a scenario.
func part(scenario string, first, last int) Scene {
	return Scene{Scenario: scenario, Act: first, Last: last}
}

// slides is the one table of the lecture. A scene may name a scenario that is
// still to come: until it is there, the slide says "not yet".
func slides() []Slide {
	return slices.Concat(perceptronEra(), backPropagation(), shapes(), deepEra(), optimisers(), newNets())
}

func perceptronEra() []Slide {
	return []Slide{
		{Title: "Title page", Says: "A lecture on neural nets, within a course on machine learning."},
		{Title: "Course overview", Says: "Three eras in two hours, then four hours of practical work; docs/practical.md is that work with this program alone."},
		{Title: "First era, from 1958: the perceptron", Says: "A title page."},
		{
			Title:  "The cell that the models leave out",
			Says:   "Pulses come in, a potential builds up; above a threshold the cell sends a pulse itself.",
			Scenes: []Scene{whole("cell")},
		},
		{
			Title:  "The formal neuron of McCulloch and Pitts",
			Says:   "A cell reduced to a sum and a threshold computes AND, OR and NOT; the linear SVM decides by the same formula.",
			Scenes: []Scene{whole("gates-1943"), whole("heat-and-cold-1943"), whole("circles-1943"), whole("adder-1945"), whole("svm")},
			Deviations: []string{
				"NOT alone is no net of 1943: by theorem 3 a net stays silent where nothing fires, so NOT needs a unit that fires always",
			},
		},
		{
			Title: "Rosenblatt's rule",
			Says:  "Weights start at random and move only after a wrong answer, towards the example or away from it. Is that gradient descent?",
			Scenes: []Scene{
				part("rosenblatt-rule", 1, 5), {Scenario: "rosenblatt-rule", Act: 6, Last: 6},
				whole("golden-1957"), whole("forced-learning"), whole("gamma-versus-alpha"),
			},
			Deviations: []string{
				"the slide has one real input, no bias and random weights at the start: examples have many inputs, a constant one among them, and the bound (R/gamma)^2 holds from weights of 0",
				"it cites the report of 1957 for the error-correction rule: that report and the paper of 1958 have none; the rule is in print from 1960 on",
			},
		},
		{
			Title: "The Mark I",
			Says:  "400 photocells, weights on potentiometers, motors that turn them; it told simple shapes apart, and in 1958 the New York Times told what the Navy expected of it.",
			Scenes: []Scene{
				whole("alphabet-1960"), whole("two-typefaces-1960"), whole("square-circle"), whole("e-versus-x"), whole("lesion"), whole("left-right-1958"),
			},
			Deviations: []string{
				"what the newspaper saw in July 1958 was a simulation on an IBM 704; the Mark I was shown two years later",
			},
		},
		{
			Title: "1969: the first winter",
			Says:  "Minsky and Papert show the limits of one layer, XOR above all; for several layers there was no rule; money and interest went elsewhere.",
			Scenes: []Scene{
				whole("xor-failure-1969"), whole("strands-1969"), whole("limits"), whole("xor-on-the-mark-one"),
			},
			Deviations: []string{
				"\"can not learn the simple XOR function\" is true of one adjustable layer on the raw inputs; the book's theorems are about order (parity) and diameter (connectedness), and the Mark I, with its fixed random layer, learns XOR of two patches",
				"what caused the winter is disputed",
			},
		},
	}
}

// backPropagation has the slides on how nets learn.
func backPropagation() []Slide {
	return []Slide{
		{Title: "Second era, from 1986: back-propagation", Says: "A title page."},
		{
			Title: "Gradient descent: all examples, one, or a few",
			Says:  "Follow the slope of the cost down, with the whole training set, with single examples, or with small batches; noise makes it quick, and lets it leave poor minima.",
			Scenes: []Scene{
				part("gradient-descent", 1, 1), part("gradient-descent", 2, 3), part("gradient-descent", 4, 4), part("gradient-descent", 5, 5),
			},
			Deviations: []string{
				"the slide's batch sums its gradients and does not average them: the right rate then shrinks with the number of examples",
				"\"noisy updates\" against \"one unbiased update\": the gradient of a single example is unbiased too, up to the factor N",
			},
		},
		{
			Title: "Blame, passed back",
			Says:  "Found in the 1970s and again by several in the 1980s: by the chain rule every weight gets its share of the blame, where loss and activation have derivatives.",
			Deviations: []string{
				"of the 1970s the slide names Werbos (1974); Linnainmaa had it in 1970, and the letter's authors credit Parker and Le Cun, both of 1985",
			},
			Scenes: []Scene{
				part("backprop-by-hand", 1, 1), part("backprop-by-hand", 3, 4), whole("xor-1986"),
				whole("symmetry-1986"), whole("parity-1986"), whole("encoder-1986"), whole("family-trees-1986"),
			},
		},
		{
			Title:  "The same, with numbers",
			Says:   "Two weights in a row, identity activations, squared error: the four Deltas in full.",
			Scenes: []Scene{{Scenario: "backprop-by-hand", Act: 2, Last: 2, Mark: "slide-derr-dh"}},
			Deviations: []string{
				"the slide takes (y-h) for the derivative of err by h, which is -(y-h): with the update theta <- theta - alpha Delta of the slides before, the error climbs; the Deltas are right with a plus",
			},
		},
		{
			Title:  "Activation functions",
			Says:   "Identity makes the net linear, the step has no slope to learn from; the logistic and tanh have one. (2/(1+exp(-2x)) - 1, as the slide writes tanh, is tanh exactly.)",
			Scenes: []Scene{whole("activations")},
			Deviations: []string{
				"exp^{-x} and d sigma(x)/x are slips of typesetting: exp(-x), d sigma(x)/dx",
			},
		},
		{
			Title:  "Several layers, and a demo",
			Says:   "Layers one behind the other; the lecture opens the TensorFlow Playground here.",
			Scenes: []Scene{whole("playground")},
		},
	}
}

// shapes has the slides on what nets of that era could, and could not.
func shapes() []Slide {
	return []Slide{
		{
			Title:  "One hidden layer can approximate anything",
			Says:   "Infinite capacity, by theorem; but nearest neighbours and trees have that too, and the number of units may be exponential.",
			Scenes: []Scene{whole("universal-approximation"), whole("nearest-neighbour"), whole("decision-tree")},
			Deviations: []string{
				"exponentially many units is the worst case, not the rule: parity of n inputs needs n hidden threshold units",
			},
		},
		{
			Title:  "Convolution and pooling",
			Says:   "Units that share their weights over a picture or a signal, and the largest of each neighbourhood: fewer parameters, less to lose by a shift.",
			Scenes: []Scene{whole("convolution")},
			Deviations: []string{
				"max pooling is invariant only to shifts inside its cells; it is convolution that moves along with the picture",
			},
		},
		{
			Title:  "Handwritten digits",
			Says:   "A convolutional net reads zip codes on a SUN 4/260, and at some time in the 1990s a tenth or a fifth of the cheques of the USA.",
			Scenes: []Scene{whole("zip-codes-1989"), whole("lenet-1"), whole("lenet-5-1998"), whole("checks")},
			Deviations: []string{
				"the paper that is cited, of 1989, is not about LeNet-5, which is of 1998; its net has no pooling layer, and that of LeNet-5 is a trained mean, not a maximum",
				"the film that the slide links to shows the net of 1989, on a signal processor in a personal computer, not LeNet-5 and no SUN (LeCun's account)",
				"stochastic gradient descent: of the paper's own kind, with a step for each weight by a diagonal Newton method",
			},
		},
		{
			Title:  "What the architecture knows beforehand",
			Says:   "Convolution is a prior: training is steadier, unseen pictures are read better; low layers see edges, high layers whole shapes.",
			Scenes: []Scene{whole("convolution-prior"), whole("features")},
		},
		{
			Title:  "Deep against shallow",
			Says:   "For pictures, convolutional nets of some depth win.",
			Scenes: []Scene{whole("deep-versus-shallow")},
		},
		{
			Title:  "Recurrent nets",
			Says:   "Connections with a delay are a memory: sequences in, sequences out, in five shapes, learned by back-propagation through time.",
			Scenes: []Scene{whole("recurrent-shapes"), whole("adder-learned")},
		},
		{
			Title:  "Gradients that vanish or explode",
			Says:   "The chain rule multiplies as many factors as there are layers or steps: deep nets and long memories are hard to train.",
			Scenes: []Scene{whole("vanishing-gradient"), whole("adding-problem")},
			Deviations: []string{
				"\"derivatives > 1\" explode, says the slide: the logistic's slope is never above 1/4, that of tanh never above 1; it is the weights that make gradients explode",
			},
		},
		{
			Title:  "Limits, and a second winter",
			Says:   "No guarantee of a good minimum, gradients that vanish, slow computers; in the 2000s forests and SVMs did better.",
			Scenes: []Scene{whole("second-winter")},
			Deviations: []string{
				"historians of AI call 1987-93 the second winter; in the 2000s only nets lost ground",
			},
		},
	}
}

func deepEra() []Slide {
	return []Slide{
		{Title: "Third era, from 2006: deep learning", Says: "A title page."},
		{
			Title:  "2006: layer by layer, without a teacher",
			Says:   "A deep belief net is trained one layer at a time before it is taught; so a deep net could be trained at all, to 1.25 % on MNIST without convolutions, where convolutional nets had 0.95; and the net can make digits.",
			Scenes: []Scene{whole("pre-training"), whole("belief-net-2006")},
		},
		{
			Title:  "2006: the net dreams",
			Says:   "The same net run backwards: a label is held, and it draws a digit.",
			Scenes: []Scene{whole("belief-net-2006")},
		},
		{
			Title:  "Computers that were fast enough",
			Says:   "Back-propagation is parallel by nature: graphics cards, 70 times faster; then 16,000 processors at Google.",
			Scenes: []Scene{whole("tensor-core"), whole("gpu-2009"), whole("google-2012")},
			Deviations: []string{
				"what Google trained in 2012 was no deep belief net but a sparse auto-encoder with local connections (RICA), on 1,000 machines with 16,000 cores",
				"the belief net of 2006 had 1,662,000 weights (\"about 1.7 million\" in the paper), not about 1 million",
			},
		},
		{
			Title:  "2012: AlexNet, its picture",
			Says:   "Five convolutional and three dense layers, on two graphics cards.",
			Scenes: []Scene{whole("alexnet-2012")},
		},
		{
			Title:  "2012: AlexNet, its victory",
			Says:   "A thousand classes, 1.3 million pictures: 15.3 % where the second had 26.2 %; in the years after everybody used nets.",
			Scenes: []Scene{whole("alexnet-2012")},
		},
		{
			Title:  "Activations that do not saturate",
			Says:   "ReLU, ELU and swish.",
			Scenes: []Scene{whole("modern-activations")},
			Deviations: []string{
				"ELU and swish are given with alpha = 1 and beta = 1 fixed, and as \"non-saturating\": both saturate on the left",
			},
		},
		{
			Title:  "A search for activations",
			Says:   "Google had a program try activation functions by the thousand; swish is what it found.",
			Scenes: []Scene{whole("activation-search-2017")},
		},
		{
			Title:  "Many minima, nearly all good",
			Says:   "By analogy with spin glasses, local minima of large nets lie in a narrow band above the best.",
			Scenes: []Scene{whole("loss-surface-2015")},
		},
	}
}

func optimisers() []Slide {
	return []Slide{
		{
			Title:  "Momentum",
			Says:   "Steps that keep some of the last step's direction.",
			Scenes: []Scene{part("optimisers", 1, 8)},
			Deviations: []string{
				"the slide multiplies the gradient by 1-beta, an average: at the same alpha it is no faster in the long run; alpha must grow by 1/(1-beta)",
			},
		},
		{
			Title:  "Nesterov's momentum",
			Says:   "The same, with the slope taken where the momentum leads.",
			Scenes: []Scene{part("optimisers", 9, 10)},
			Deviations: []string{
				"here too the gradient is multiplied by 1-beta; and its derivative \"by theta - alpha beta Delta\" means the gradient at that point",
			},
		},
		{
			Title:  "Adam",
			Says:   "Each step divided by the usual size of its gradient.",
			Scenes: []Scene{part("optimisers", 11, 19), whole("optimisers-at-work")},
			Deviations: []string{
				"the slide divides by 1-beta and has epsilon inside the root; the paper divides by 1-beta^t and has it outside: the slide's step peaks at 2.08 alpha and ends at 0.316 alpha",
			},
		},
	}
}

func newNets() []Slide {
	return []Slide{
		{
			Title:  "The residual block",
			Says:   "A way around every block; the best of its year, and in AlphaGo Zero.",
			Scenes: []Scene{whole("residual-2015")},
		},
		{
			Title:  "A thousand layers",
			Says:   "With such ways thousands of layers can be trained, though what is learned goes by the short ways.",
			Scenes: []Scene{whole("lesions-2016")},
			Deviations: []string{
				"\"only exploits paths of < 30 layers\": the effective paths go through 5 to 17 of 54 blocks, that is 10 to 34 layers, 0.45 % of all paths",
			},
		},
		{
			Title:  "Two nets against each other",
			Says:   "One net invents examples, another tells them from real ones, until it cannot.",
			Scenes: []Scene{whole("gan-2014")},
			Deviations: []string{
				"the slide's game has no logarithms, and noise in [0,1]^M: with D in [0,1] its value is the total variation, not the Jensen-Shannon divergence",
			},
		},
		{
			Title:  "Faces of nobody",
			Says:   "Nets that grow while they learn invent portraits of people who do not exist.",
			Scenes: []Scene{whole("progressive-growing-2017")},
		},
	}
}
