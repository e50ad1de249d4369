package neuron

import "fmt"

// built are the built-in nets that are wired by a program, since a hand would
// write the same line many times.
var built = []struct {
	name string
	make func() *Net
}{
	{"adder-4", func() *Net { return adder(4) }},
	{"adder-8", func() *Net { return adder(8) }},
	{"counter-4", func() *Net { return counter(4) }},
	{"memory-4x4", func() *Net { return memory(2, 4) }},
}

// relays adds units that pass on what from does, one tick each, and returns
// the name of the last.
func (n *Net) relays(from, base string, ticks int) string {
	for i := 1; i <= ticks; i++ {
		name := fmt.Sprintf("%s-%d", base, i)
		n.Add(name, 1, Excite(from))
		from = name
	}
	return from
}

// adder is the ripple adder: x and y, the highest digit first, in at one tick,
// the digits of their sum out together bits+2 ticks later. It takes a new pair
// at every tick. Digit i waits i ticks for the carry from below, and its sum
// for the digits above.
func adder(bits int) *Net {
	last := bits - 1
	n := &Net{Title: fmt.Sprintf("Ripple adder of %d digits", bits),
		Laws: []string{fmt.Sprintf("s(t) = x(t-%d) + y(t-%d)", bits+2, bits+2)}}
	for _, number := range []string{"x", "y"} {
		for i := last; i >= 0; i-- {
			n.Inputs = append(n.Inputs, fmt.Sprint(number, i))
		}
	}
	carry := ""
	outputs := make([]string, bits+1) // the lowest digit first
	for i := range bits {
		heard := []Afferent{
			Excite(n.relays(fmt.Sprint("x", i), fmt.Sprint("x", i), i)),
			Excite(n.relays(fmt.Sprint("y", i), fmt.Sprint("y", i), i)),
		}
		if carry != "" {
			heard = append(heard, Excite(carry))
		}
		outputs[i] = fmt.Sprint("s", i)
		sum := outputs[i]
		if i < last {
			sum = fmt.Sprint("sum", i)
		}
		carry = n.fullAdder(i, sum, heard)
		n.late(outputs[i], sum, last-i)
	}
	outputs[bits] = fmt.Sprint("s", bits)
	n.late(outputs[bits], carry, 2)
	for i := bits; i >= 0; i-- {
		n.Outputs = append(n.Outputs, outputs[i])
	}
	return n
}

// fullAdder adds the units of one digit: sum is out three ticks after what it
// hears, the carry, whose name it returns, after one.
func (n *Net) fullAdder(i int, sum string, heard []Afferent) (carry string) {
	unit := func(name string) string { return fmt.Sprint(name, i) }
	n.Add(unit("any"), 1, heard...)
	n.Add(unit("two"), 2, heard...)
	n.Add(unit("odd"), 1, Excite(unit("any")), Inhibit(unit("two")))
	parts := []Afferent{Excite(unit("odd"))}
	if len(heard) == 3 {
		n.Add(unit("three"), 3, heard...)
		n.Add(unit("late"), 1, Excite(unit("three")))
		parts = append(parts, Excite(unit("late")))
	}
	n.Add(sum, 1, parts...)
	return unit("two")
}

// late adds a unit of that name that fires so many ticks after from; with no
// tick it is from itself.
func (n *Net) late(name, from string, ticks int) {
	if ticks > 0 {
		n.Add(name, 1, Excite(n.relays(from, name, ticks-1)))
	}
}

// counter counts the impulses of its input modulo 2^bits, one at each tick if
// need be. Digit i is a pair of latches, q while it is 1 and z while it is 0;
// an impulse from below sets the one that is not set, and goes on to the next
// digit where it was 1. A latch that was set one tick ago is set already,
// which its order tells: so each order inhibits itself. The digits wait for
// the highest, and are out together bits+1 ticks after an impulse.
func counter(bits int) *Net {
	n := &Net{Title: fmt.Sprintf("Counter of %d digits", bits), Inputs: []string{"pulse"},
		Laws: []string{fmt.Sprintf("c(t) = how many impulses came at ticks up to t-%d, modulo %d", bits+1, 1<<bits)}}
	pulse := "pulse"
	outputs := make([]string, bits)
	for i := range bits {
		unit := func(name string) string { return fmt.Sprint(name, i) }
		q, z, up, down := unit("q"), unit("z"), unit("up"), unit("down")
		outputs[i] = unit("c")
		if i == bits-1 {
			q = outputs[i]
		}
		n.Add(up, 2, Excite(pulse), Excite(z), Excite(down), Inhibit(up))
		n.Add(down, 2, Excite(pulse), Excite(q), Excite(up), Inhibit(down))
		n.Add(q, 1, Excite(q), Excite(up), Inhibit(down))
		n.Add(z, 1, Excite(z), Excite(down), Inhibit(up))
		n.Start = append(n.Start, z)
		n.late(outputs[i], q, bits-1-i)
		pulse = down
	}
	for i := bits - 1; i >= 0; i-- {
		n.Outputs = append(n.Outputs, outputs[i])
	}
	return n
}

// memory has 2^addressBits words of dataBits bits. With write, the word at the
// address takes the data; with read, it is out three ticks later. What is read
// is what was written one tick before or earlier.
func memory(addressBits, dataBits int) *Net {
	n := &Net{Title: fmt.Sprintf("Memory of %d words of %d digits", 1<<addressBits, dataBits),
		Laws:   []string{"d(t) = the word at the address of t-3, if read came then"},
		Inputs: []string{"write", "read"}}
	for i := addressBits - 1; i >= 0; i-- {
		n.Inputs = append(n.Inputs, fmt.Sprint("a", i))
	}
	for j := dataBits - 1; j >= 0; j-- {
		n.Inputs = append(n.Inputs, fmt.Sprint("in", j))
	}
	heard := make([][]Afferent, dataBits)
	for word := range 1 << addressBits {
		address, ones := selects(word, addressBits)
		chosen := fmt.Sprint("word", word)
		n.Add(chosen, 1+ones, append([]Afferent{Excite("read")}, address...)...)
		for j := range dataBits {
			cell := fmt.Sprintf("m%d-%d", word, j)
			in := fmt.Sprint("in", j)
			n.Add(cell+"-on", 2+ones, append([]Afferent{Excite("write"), Excite(in)}, address...)...)
			n.Add(cell+"-off", 1+ones, append([]Afferent{Excite("write"), Inhibit(in)}, address...)...)
			n.Add(cell, 1, Excite(cell), Excite(cell+"-on"), Inhibit(cell+"-off"))
			n.Add(cell+"-out", 2, Excite(cell), Excite(chosen))
			heard[j] = append(heard[j], Excite(cell+"-out"))
		}
	}
	for j := dataBits - 1; j >= 0; j-- {
		name := fmt.Sprint("d", j)
		n.Add(name, 1, heard[j]...)
		n.Outputs = append(n.Outputs, name)
	}
	return n
}

// selects returns what a unit hears that is to fire at one address: the digits
// that are 1 there excite it, the others inhibit it.
func selects(word, addressBits int) (list []Afferent, ones int) {
	for i := range addressBits {
		name := fmt.Sprint("a", i)
		if word>>i&1 == 1 {
			list = append(list, Excite(name))
			ones++
		} else {
			list = append(list, Inhibit(name))
		}
	}
	return list, ones
}
