package kernel

// redcode numbers the reductions: what one element adds to its lane.
type redcode uint8

const (
	redSum       redcode = iota // x
	redAbs                      // |x|
	redDot                      // x*y, exact in float64
	redDistance                 // (x-y)^2, the difference and the square rounded in float64
	redDeviation                // (x-c)^2, likewise
)

// reduction is the eight lanes of a sum in float64, and what is added to them.
// Element number i of a sum goes to lane i mod 8.
type reduction struct {
	lanes [8]float64
	x, y  []float32
	c     float64
}

// fold adds the lanes up: l and l+4, then l and l+2, then 0 and 1.
func (r *reduction) fold() float64 {
	a := &r.lanes
	return ((a[0] + a[4]) + (a[2] + a[6])) + ((a[1] + a[5]) + (a[3] + a[7]))
}

// Sum returns the sum of x: in float64, in eight lanes, rounded once.
//
//	var lane [8]float64
//	for i := range x { lane[i%8] += float64(x[i]) }
//	for _, half := range []int{4, 2, 1} { for l := range half { lane[l] += lane[l+half] } }
//	return float32(lane[0])
func Sum(x []float32) float32 { return reduceOne(redSum, x, nil) }

// SumAbs is Sum of |x[i]|.
func SumAbs(x []float32) float32 { return reduceOne(redAbs, x, nil) }

// SumSquares is Sum of x[i]*x[i], which is exact in float64.
func SumSquares(x []float32) float32 { return reduceOne(redDot, x, x) }

// Dot is Sum of x[i]*y[i], which is exact in float64. It panics if the lengths
// differ.
func Dot(x, y []float32) float32 {
	checkLengths(x, y)
	return reduceOne(redDot, x, y)
}

// SquaredDistance is Sum of (x[i]-y[i])^2, the difference and the square each
// rounded in float64. It panics if the lengths differ.
func SquaredDistance(x, y []float32) float32 {
	checkLengths(x, y)
	return reduceOne(redDistance, x, y)
}

// Moments returns the mean of x and its variance, the mean of the squared
// deviations: both by the reduction of Sum, divided by the length in float64
// and rounded once; the deviations are from the unrounded mean. It panics if x
// is empty.
func Moments(x []float32) (mean, variance float32) {
	if len(x) == 0 {
		panic("kernel: moments of no elements")
	}
	n := float64(len(x))
	r := reduction{x: x}
	reduce(redSum, &r)
	m := r.fold() / n
	r = reduction{x: x, c: m}
	reduce(redDeviation, &r)
	return float32(m), float32(r.fold() / n)
}

func reduceOne(op redcode, x, y []float32) float32 {
	r := reduction{x: x, y: y}
	reduce(op, &r)
	return float32(r.fold())
}

func checkLengths(x, y []float32) {
	if len(x) != len(y) {
		panic("kernel: operands of different lengths")
	}
}

// Max returns the greatest element of x and the first place that holds it.
//
//	best, at := -Inf, -1
//	for i, v := range x { if v > best { best, at = v, i } }
//
// NaN is passed over. Where nothing is greater than -Inf, it is x[0] at 0. Max
// panics if x is empty.
func Max(x []float32) (best float32, at int) {
	if len(x) == 0 {
		panic("kernel: maximum of no elements")
	}
	at = maxAt(x)
	return x[at], at
}
