package main

import (
	"fmt"
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The functions here emit what package f32 says, on 8 elements, operation by
// operation. Each returns a register of its own and leaves its arguments.

// Predicates of VCMPPS: all are false for NaN, but for notLessEqual.
const (
	equal        = 0x00
	less         = 0x11
	greater      = 0x1e
	greaterEqual = 0x1d
	notLessEqual = 0x16
)

// tableName begins the names of the constants, which must differ between the
// generated files.
var tableName string

var tables = map[uint32]Mem{}

// word is 8 copies of a constant in memory.
func word(bits uint32) Mem {
	if m, ok := tables[bits]; ok {
		return m
	}
	m := GLOBL(fmt.Sprintf("%s%08x", tableName, bits), RODATA|NOPTR)
	for i := range 8 {
		DATA(4*i, U32(bits))
	}
	tables[bits] = m
	return m
}

func number(x float32) Mem { return word(math.Float32bits(x)) }

// load is a constant in a register.
func load(x float32) reg.VecVirtual {
	r := YMM()
	VMOVUPS(number(x), r)
	return r
}

func move(x Op) reg.VecVirtual {
	r := YMM()
	VMOVUPS(x, r)
	return r
}

func add(x, y Op) reg.VecVirtual { r := YMM(); VADDPS(y, x, r); return r }
func sub(x, y Op) reg.VecVirtual { r := YMM(); VSUBPS(y, x, r); return r }
func mul(x, y Op) reg.VecVirtual { r := YMM(); VMULPS(y, x, r); return r }
func div(x, y Op) reg.VecVirtual { r := YMM(); VDIVPS(y, x, r); return r }
func and(x, y Op) reg.VecVirtual { r := YMM(); VANDPS(y, x, r); return r }
func or(x, y Op) reg.VecVirtual  { r := YMM(); VORPS(y, x, r); return r }
func xor(x, y Op) reg.VecVirtual { r := YMM(); VXORPS(y, x, r); return r }

func sqrt(x reg.VecVirtual) reg.VecVirtual { r := YMM(); VSQRTPS(x, r); return r }

// fma is x*y + z; z may be in memory.
func fma(x, y reg.VecVirtual, z Op) reg.VecVirtual {
	r := move(x)
	VFMADD213PS(z, y, r)
	return r
}

// fnma is -x*y + z.
func fnma(x reg.VecVirtual, y Op, z reg.VecVirtual) reg.VecVirtual {
	r := move(z)
	VFNMADD231PS(y, x, r)
	return r
}

// horner makes q = q*x + c for each c in turn.
func horner(q, x reg.VecVirtual, coefficients ...float32) {
	for _, c := range coefficients {
		VFMADD213PS(number(c), x, q)
	}
}

// compare gives ones where x stands so to y.
func compare(predicate uint8, x reg.VecVirtual, y Op) reg.VecVirtual {
	r := YMM()
	VCMPPS(Imm(uint64(predicate)), y, x, r)
	return r
}

// blend is yes where mask is ones, else no.
func blend(mask reg.VecVirtual, yes Op, no reg.VecVirtual) reg.VecVirtual {
	r := YMM()
	VBLENDVPS(mask, yes, no, r)
	return r
}

func clamp(x reg.VecVirtual, lo, hi float32) reg.VecVirtual {
	x = blend(compare(greater, x, number(hi)), number(hi), x)
	return blend(compare(less, x, number(lo)), number(lo), x)
}

func abs(x reg.VecVirtual) reg.VecVirtual { return and(x, word(1<<31-1)) }

// signed is f32.signed.
func signed(y, x reg.VecVirtual) reg.VecVirtual { return or(y, and(x, word(1<<31))) }

// Integers in the lanes.
func addInt(x, y Op) reg.VecVirtual { r := YMM(); VPADDD(y, x, r); return r }
func subInt(x, y Op) reg.VecVirtual { r := YMM(); VPSUBD(y, x, r); return r }

func moreInt(x, y Op) reg.VecVirtual { r := YMM(); VPCMPGTD(y, x, r); return r }

func shiftRight(x reg.VecVirtual, n uint64) reg.VecVirtual {
	r := YMM()
	VPSRAD(Imm(n), x, r)
	return r
}

func shiftLeft(x reg.VecVirtual, n uint64) reg.VecVirtual {
	r := YMM()
	VPSLLD(Imm(n), x, r)
	return r
}

// scale is f32.scale.
func scale(n reg.VecVirtual) reg.VecVirtual { return shiftLeft(addInt(n, word(127)), 23) }

// minus is -n for integers.
func minus(n reg.VecVirtual) reg.VecVirtual {
	zero := YMM()
	VPXOR(zero, zero, zero)
	return subInt(zero, n)
}

// reduce is f32.reduce.
func reduce(x reg.VecVirtual) (n, p reg.VecVirtual) {
	t := move(x)
	VFMADD132PS(number(log2e), load(magic), t)
	n = subInt(t, word(magicBits))
	k := sub(t, number(magic))
	high := fnma(k, number(ln2Hi), x)
	low := mul(k, number(-ln2Lo))
	r := add(high, low)
	q := load(exp4)
	horner(q, r, exp3, exp2, exp1, exp0)
	return n, add(high, fma(q, mul(r, r), low))
}

func exp(x reg.VecVirtual) reg.VecVirtual {
	n, p := reduce(clamp(x, -104, 89))
	half := shiftRight(n, 1)
	y := mul(add(p, number(1)), scale(half))
	return mul(y, scale(subInt(n, half)))
}

func expm1(x reg.VecVirtual) reg.VecVirtual {
	n, p := reduce(clamp(x, -40, 89))
	s := scale(subInt(n, word(1)))
	y := mul(fma(p, s, sub(s, number(0.5))), number(2))
	zero := YMM()
	VPXOR(zero, zero, zero)
	VPCMPEQD(zero, n, zero)
	return signed(blend(zero, p, y), x)
}

func logistic(x reg.VecVirtual) reg.VecVirtual {
	n, p := reduce(clamp(xor(x, word(1<<31)), -64, 104))
	below := subInt(n, word(126))
	VANDPS(moreInt(n, word(126)), below, below)
	s := mul(scale(subInt(below, n)), scale(minus(below)))
	one := load(1)
	few := YMM()
	VMOVUPS(word(24), few)
	few = moreInt(few, n)
	first, second := blend(few, one, p), blend(few, p, one)
	return div(s, add(add(s, first), second))
}

func tanh(x reg.VecVirtual) reg.VecVirtual {
	a := abs(x)
	n, p := reduce(clamp(add(a, a), 0, 20))
	s := scale(n)
	one := load(1)
	large := sub(one, div(load(2), fma(p, s, add(s, one))))
	u := mul(x, x)
	q := load(tanh7)
	horner(q, u, tanh6, tanh5, tanh4, tanh3, tanh2, tanh1, tanh0)
	small := fma(q, mul(x, u), x)
	return signed(blend(compare(greaterEqual, a, number(tanhSplit)), large, small), x)
}

func relu(x reg.VecVirtual) reg.VecVirtual {
	return and(compare(greater, x, number(0)), x)
}

func step(x reg.VecVirtual) reg.VecVirtual {
	return and(compare(greaterEqual, x, number(0)), number(1))
}

func lecunTanh(x reg.VecVirtual) reg.VecVirtual {
	return mul(tanh(mul(x, number(lecunS))), number(lecunA))
}

func elu(x reg.VecVirtual) reg.VecVirtual {
	return blend(compare(greater, x, number(0)), x, expm1(x))
}

func swish(x reg.VecVirtual) reg.VecVirtual { return mul(x, logistic(x)) }

// tail is f32.tail.
func tail(f reg.VecVirtual) reg.VecVirtual {
	q := load(log8)
	horner(q, f, log7, log6, log5, log4, log3, log2, log1, log0, -0.5)
	return mul(mul(f, f), q)
}

// compose is f32.compose, given the tail of f.
func compose(k, f, tail reg.VecVirtual) reg.VecVirtual {
	low := move(tail)
	VFMADD231PS(number(ln2Lo), k, low)
	r := add(f, low)
	VFMADD231PS(number(ln2Hi), k, r)
	return r
}

// split is f32.split.
func split(x reg.VecVirtual) (k, m reg.VecVirtual) {
	k = shiftRight(subInt(x, word(sqrtHalf)), 23)
	return k, subInt(x, shiftLeft(k, 23))
}

func real(k reg.VecVirtual) reg.VecVirtual { r := YMM(); VCVTDQ2PS(k, r); return r }

// edges puts right what a logarithm gives at and below its pole, and beyond
// all numbers.
func edges(y, x reg.VecVirtual, pole float32) reg.VecVirtual {
	y = blend(compare(equal, x, number(pole)), word(0xff800000), y)
	y = blend(compare(less, x, number(pole)), word(0x7fc00000), y)
	return blend(compare(notLessEqual, x, number(math.MaxFloat32)), x, y)
}

func log(x reg.VecVirtual) reg.VecVirtual {
	subnormal := compare(less, x, number(0x1p-126))
	k, m := split(blend(subnormal, mul(x, number(0x1p23)), x))
	k = subInt(k, and(subnormal, word(23)))
	f := sub(m, number(1))
	return edges(compose(real(k), f, tail(f)), x, 0)
}

func log1p(x reg.VecVirtual) reg.VecVirtual {
	k, m := split(add(x, number(1)))
	s := scale(minus(k))
	f := fma(x, s, sub(s, number(1)))
	f = blend(moreInt(k, word(24)), sub(m, number(1)), f)
	zero := YMM()
	VPXOR(zero, zero, zero)
	VPCMPEQD(zero, k, zero)
	f = blend(zero, x, f)
	t := tail(f)
	y := compose(real(k), f, t)
	return edges(blend(zero, add(f, t), y), x, -1)
}
