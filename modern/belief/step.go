package belief

import "perceptarium/sim"

// readStep says what the next tick does.
func (m *Machine) readStep(r *sim.Reading) {
	if m.task == taskRest {
		r.SetText("rest")
		return
	}
	r.SetText(taskNames[m.task] + ", " + m.stepText())
}

func (m *Machine) stepText() string {
	top := len(m.layers)
	low, high := top-1, top // of the layer that alternates
	if m.task == taskLearn {
		high = int(m.layer)
		low = high - 1
	}
	to := int(m.level)
	switch m.stage {
	case stageFeed:
		if m.task == taskDream {
			return "level " + number(top-1) + ": every unit on or off at random"
		}
		return "level 0: the next examples"
	case stageUp:
		return "level " + number(to) + ": p(h|v) = logistic(c + W'v), up from level " + number(to-1)
	case stageWake:
		return "level " + number(high) + ": h drawn from p(h|v), v from the data"
	case stageDown:
		return "level " + number(low) + ": v' by p(v|h) = logistic(b + W h)"
	case stageSleep:
		return "level " + number(high) + ": h' drawn from p(h|v')"
	case stageFall:
		return "level " + number(to-1) + ": down from level " + number(to) + ", logistic(b + W h)"
	case stageBoth:
		return "layer " + number(to) + ": weights down += rate (v - v')h, weights up += rate v(h - h')"
	case stageLearn:
		return "layer " + number(high) + ": dW = rate (<v h> - <v' h'>)"
	case stageJudge:
		if m.task == taskDream {
			return "picture " + number(int(m.place)+1) + ": which example is nearest?"
		}
		return "free energy of each label: F = -b - sum of log(1 + exp(c + W'v))"
	}
	return m.netText()
}

func (m *Machine) netText() string {
	in := m.instr(m.at)
	return in.Part.Writes + ": " + in.Part.Rule
}
