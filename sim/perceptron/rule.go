package perceptron

// Step is one presentation.
func (m *Machine) Step() {
	if m.fault != 0 {
		return
	}
	rows := int64(m.table.Rows())
	if m.presentations%rows == 0 {
		m.passMistakes = 0
	}
	x := m.present(m.next)
	if !m.hit && m.rule != ruleHold {
		m.correct(x)
	}
	m.presentations++
	if m.presentations%rows == 0 {
		m.endPass()
	}
	m.advance(rows)
}

// present shows a row to the unit and notes its answer.
func (m *Machine) present(row int64) (x []int64) {
	x = m.row(row)
	m.example = row + 1
	m.sum = dot(m.weight, x)
	m.output = m.step(m.sum)
	m.hit = m.output == (m.targets[row] == 1)
	if m.hit {
		m.streak++
	} else {
		m.streak = 0
	}
	return x
}

// step is the unit's threshold. What it does at 0 is a switch: 1 in the modern
// textbook form, as for the neurons of 1943 that fire on reaching threshold.
func (m *Machine) step(sum int64) bool {
	return sum > 0 || sum == 0 && m.zero
}

// correct is the rule after a wrong answer: w <- w + p (y - output) x. Where a
// weight would leave its range, none moves and the machine holds.
func (m *Machine) correct(x []int64) {
	p := m.rate
	if m.output {
		p = -p
	}
	for i, v := range x {
		if w := m.weight[i] + p*v; w > WeightMax || w < -WeightMax {
			m.fault = int64(i) + 1
			return
		}
	}
	for i, v := range x {
		m.weight[i] += p * v
	}
	m.mistakes++
	m.passMistakes++
	m.norm2Up = max(m.norm2Up, norm2(m.weight))
	m.fillPocket()
}

// fillPocket keeps the weights if rule pocket is on and they are wrong on fewer
// rows of the table than the pocket's. Gallant's pocket guesses this from the
// length of a run of correct answers; here the table is counted.
func (m *Machine) fillPocket() {
	if m.rule != rulePocket {
		return
	}
	if n := m.wrong(m.weight); n < m.pocketWrong {
		copy(m.pocket, m.weight)
		m.pocketWrong = n
	}
}

// multiplyAdds counts those of the rule: what is counted for the operator, for
// proofs and for the pocket, is not among them.
func (m *Machine) multiplyAdds() int64 {
	weights := int64(len(m.weight))
	layer := int64(len(m.fixed.Units) * len(m.table.Names))
	return m.presentations*(weights+layer) + m.mistakes*weights
}

// advance chooses the row that comes next.
func (m *Machine) advance(rows int64) {
	if m.order == orderRandom {
		m.next = m.orders.Below(rows)
		return
	}
	if m.next++; m.next == rows {
		m.next = 0
	}
}

func (m *Machine) endPass() {
	copy(m.curve, m.curve[1:])
	m.curve[curvePasses-1] = m.passMistakes
	m.curveLen = min(m.curveLen+1, curvePasses)
	if m.order == orderCyclic && m.rule != ruleHold && m.fault == 0 && m.cycle == 0 {
		m.seekCycle()
	}
}

// seekCycle is Brent's search. In cyclic order the weights at the end of a pass
// decide all that follows; weights that come back prove that the training goes
// round for ever.
func (m *Machine) seekCycle() {
	m.lag++
	if m.hare && equal(m.weight, m.past) {
		m.cycle = m.lag
		return
	}
	if !m.hare || m.lag == m.lagLimit {
		if m.hare {
			m.lagLimit *= 2
		}
		copy(m.past, m.weight)
		m.hare, m.lag = true, 0
	}
}

// wrong counts the rows that w answers wrongly.
func (m *Machine) wrong(w []int64) int64 {
	n := int64(0)
	for i, y := range m.targets {
		if m.step(dot(w, m.row(int64(i)))) != (y == 1) {
			n++
		}
	}
	return n
}

// criterion is the sum over the table of (output - y) w.x, which is 0 for a
// correct answer and the distance from a correct one otherwise. The rule is a
// step of descent on it, one example at a time. Rows times weights is at most
// CellsMax, so the sum is at most CellsMax * WeightMax * InputMax = 2^62.
func (m *Machine) criterion() int64 {
	total := int64(0)
	for i, y := range m.targets {
		if sum := dot(m.weight, m.row(int64(i))); m.step(sum) != (y == 1) {
			total += max(sum, -sum)
		}
	}
	return total
}

func dot(w, x []int64) int64 {
	sum := int64(0)
	for i, v := range x {
		sum += w[i] * v
	}
	return sum
}

func norm2(w []int64) int64 { return dot(w, w) }

func equal(a, b []int64) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
