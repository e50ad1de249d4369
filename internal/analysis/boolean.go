package analysis

import (
	"fmt"
	"math/big"
	"math/bits"
)

// InputsMax is how many inputs a Boolean predicate may have here.
const InputsMax = 10

// Predicate answers for every state of the inputs; input i is bit i of x.
type Predicate func(x uint) bool

// Parity is true where an odd number of inputs is on.
func Parity(x uint) bool { return bits.OnesCount(x)%2 == 1 }

// OfOrder gives the 2^n states of n inputs in the coordinates of a perceptron
// of that order: all masks of at most order inputs, in the order of their
// numbers. A mask is 1 where all its inputs are on; the first is the empty one,
// a constant.
func OfOrder(n, order int, is Predicate) Points {
	masks := masksOf(n, order)
	var p Points
	for x := range uint(1) << n {
		row := make([]int64, len(masks))
		for k, mask := range masks {
			if x&mask == mask {
				row[k] = 1
			}
		}
		p.X, p.Y = append(p.X, row), append(p.Y, sign(is(x)))
	}
	return p
}

// masksOf lists the subsets of n inputs with at most order members.
func masksOf(n, order int) []uint {
	var list []uint
	for mask := range uint(1) << n {
		if bits.OnesCount(mask) <= order {
			list = append(list, mask)
		}
	}
	return list
}

func sign(yes bool) int {
	if yes {
		return 1
	}
	return -1
}

// Order is the order of a predicate after Minsky and Papert: the smallest k such
// that a weighted sum of predicates that look at no more than k inputs each,
// held against a threshold, decides it. Weights for order k come with it, and
// below, where k > 0, the certificate that order k-1 is too little.
func Order(n int, is Predicate) (k int, weights, below Verdict, err error) {
	if n < 0 || n > InputsMax {
		return 0, Verdict{}, Verdict{}, fmt.Errorf("%d inputs: want 0..%d", n, InputsMax)
	}
	for k = 0; ; k++ {
		v, err := Separate(OfOrder(n, k, is))
		if err != nil || v.Separable() {
			return k, v, below, err
		}
		below = v
	}
}

// ParityCertificate is the closed form for parity: every state of the inputs
// has the same lambda, 2^-n. It kills all masks of order below n at once,
// because each mask that leaves an input out is on as often with this input on
// as off. The verdict is not checked here; its Check takes OfOrder(n, n-1,
// Parity).
func ParityCertificate(n int) Verdict {
	v := Verdict{Lambda: make([]*big.Int, 1<<n)}
	for i := range v.Lambda {
		v.Lambda[i] = big.NewInt(1)
	}
	return v
}

// Function is the truth table of a Boolean function of at most 4 inputs: bit x
// is its value in state x.
type Function uint16

// Is makes a predicate of it.
func (f Function) Is(x uint) bool { return f>>x&1 == 1 }

// Class is a set of Boolean functions that differ only by the names of their
// inputs, by inputs negated, and by the result negated (NPN): all of them are
// separable, or none.
type Class struct {
	First Function // the smallest member
	Size  int
}

// Classes lists the NPN classes of the functions of n inputs, n in 1..4, by
// their smallest member.
func Classes(n int) []Class {
	if n < 1 || n > 4 {
		panic("analysis: Classes wants 1..4 inputs")
	}
	seen := make([]bool, 1<<(1<<n))
	var list []Class
	for f := range seen {
		if seen[f] {
			continue
		}
		c := Class{First: Function(f)}
		for open := []Function{Function(f)}; len(open) > 0; {
			g := open[len(open)-1]
			open = open[:len(open)-1]
			if seen[g] {
				continue
			}
			seen[g] = true
			c.Size++
			open = append(open, neighbours(g, n)...)
		}
		list = append(list, c)
	}
	return list
}

// neighbours applies the generators of the group: negate the result, negate
// input 0, swap two neighbouring inputs. (Negating the others follows.)
func neighbours(f Function, n int) []Function {
	list := []Function{^f & (1<<(1<<n) - 1), permuted(f, n, func(x uint) uint { return x ^ 1 })}
	for i := range n - 1 {
		list = append(list, permuted(f, n, func(x uint) uint {
			a, b := x>>i&1, x>>(i+1)&1
			return x&^(3<<i) | a<<(i+1) | b<<i
		}))
	}
	return list
}

// permuted is the function whose value in state x is f's in state to(x).
func permuted(f Function, n int, to func(uint) uint) Function {
	var g Function
	for x := range uint(1) << n {
		g |= f >> to(x) & 1 << x
	}
	return g
}

// SeparableFunctions counts the Boolean functions of n inputs, n in 1..4, that
// one threshold unit computes: it decides one function of each NPN class and
// counts the class.
func SeparableFunctions(n int) int {
	count := 0
	for _, c := range Classes(n) {
		if Threshold(n, c.First).Separable() {
			count += c.Size
		}
	}
	return count
}

// Threshold decides whether one threshold unit computes f.
func Threshold(n int, f Function) Verdict {
	v, err := Separate(OfOrder(n, 1, f.Is))
	if err != nil {
		panic("analysis: " + err.Error())
	}
	return v
}

// Cover is Cover's number of dichotomies of n points in general position in d
// dimensions that a plane through the origin separates:
// 2 * sum over k < d of binomial(n-1, k).
func Cover(n, d int) *big.Int {
	sum, term := new(big.Int), new(big.Int)
	for k := range d {
		sum.Add(sum, term.Binomial(int64(n-1), int64(k)))
	}
	return sum.Lsh(sum, 1)
}
