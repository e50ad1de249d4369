package f32

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// exactFMA is the definition, by way of big.Float: the exact sum, rounded once.
func exactFMA(x, y, z float32) float32 {
	p := float64(x) * float64(y)
	if s := p + float64(z); math.IsNaN(s) || math.IsInf(s, 0) || s == 0 {
		return float32(s)
	}
	sum := new(big.Float).SetPrec(700).SetFloat64(p)
	sum.Add(sum, new(big.Float).SetFloat64(float64(z)))
	v, _ := sum.Float32()
	return v
}

func checkFMA(t *testing.T, x, y, z float32) {
	t.Helper()
	got, want := FMA(x, y, z), exactFMA(x, y, z)
	if math.Float32bits(got) != math.Float32bits(want) && (got == got || want == want) {
		t.Fatalf("FMA(%x, %x, %x) = %x, want %x", x, y, z, got, want)
	}
}

var special = []float32{
	0, float32(math.Copysign(0, -1)), 1, -1, 0x1p-149, -0x1p-149, 0x1p-126, 0x1.fffffcp-127, 0x1.fffffep+127, -0x1.fffffep+127,
	0x1.000002p0, 0x1.fffffep-1, 1.5, 3, 0x1p-75, 0x1p-74, 0x1.8p-75, 0x1p64, float32(math.Inf(1)), float32(math.Inf(-1)), float32(math.NaN()),
}

func TestFMAOnSpecialValues(t *testing.T) {
	for _, x := range special {
		for _, y := range special {
			for _, z := range special {
				checkFMA(t, x, y, z)
			}
		}
	}
}

// stratified draws a triple of one of several kinds: all bits random; near
// cancellation; sums beside the middle of two float32; sums that are subnormal.
func stratified(r *rand.Rand) (x, y, z float32) {
	x, y, z = math.Float32frombits(r.Uint32()), math.Float32frombits(r.Uint32()), math.Float32frombits(r.Uint32())
	short := func(bits uint) float32 { return float32(r.IntN(1<<bits)) + 1 }
	switch r.IntN(6) {
	case 5: // 1 - 2^-2k beside the middle of two subnormal numbers
		k := 8 + r.IntN(15)
		return float32(math.Ldexp(1+math.Ldexp(1, -k), -75)), float32(math.Ldexp(1-math.Ldexp(1, -k), -75)), math.Float32frombits(uint32(r.IntN(1<<23)) | uint32(r.IntN(2))<<31)
	case 0:
		return x, y, -x * y * (1 + float32(r.IntN(5)-2)*0x1p-23)
	case 1: // a product of 25 bits beside a distant summand
		return short(12)*2 + 1, short(12)*2 + 1, float32(math.Ldexp(float64(short(24)), r.IntN(60)-80)) * float32(1-2*r.IntN(2))
	case 2: // a tie in the sum, and something far below it
		e := r.IntN(200) - 100
		return float32(math.Ldexp(1+0x1p-12*float64(r.IntN(8)), e)), float32(1 + 0x1p-12*float64(r.IntN(8))), float32(math.Ldexp(float64(short(24)), e+r.IntN(60)-40))
	case 3:
		e := r.IntN(40) - 150
		return float32(math.Ldexp(float64(short(24)), e/2)), float32(math.Ldexp(float64(short(24)), e-e/2-24)), math.Float32frombits(uint32(r.IntN(1<<24)) | uint32(r.IntN(2))<<31)
	}
	return x, y, z
}

func testFMA(t *testing.T, triples int) {
	r := rand.New(rand.NewPCG(1958, 754))
	for range triples {
		x, y, z := stratified(r)
		// Where the sum in float64 is not beside a middle, it decides.
		s := math.FMA(float64(x), float64(y), float64(z))
		u := math.Float64bits(s)
		if d := int64(u&halfway) - tie; (d > 1 || d < -1) && math.Abs(s) >= 0x1p-125 {
			if got := FMA(x, y, z); math.Float32bits(got) != math.Float32bits(float32(s)) && got == got {
				t.Fatalf("FMA(%x, %x, %x) = %x, want %x", x, y, z, got, float32(s))
			}
			continue
		}
		checkFMA(t, x, y, z)
	}
}

func TestFMA(t *testing.T) { testFMA(t, 200_000) }

func FuzzFMA(f *testing.F) {
	f.Add(uint32(0x3f800001), uint32(0x3f800001), uint32(0xbf800000))
	f.Fuzz(func(t *testing.T, x, y, z uint32) {
		checkFMA(t, math.Float32frombits(x), math.Float32frombits(y), math.Float32frombits(z))
	})
}
