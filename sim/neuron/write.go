package neuron

import "strconv"

// Append appends the net in the text format, without comments: what Read makes
// of it is the same net. The net must be one that Check accepts.
func (n *Net) Append(dst []byte) []byte {
	if n.Title != "" {
		dst = append(append(append(dst, "title "...), n.Title...), '\n')
	}
	for _, law := range n.Laws {
		dst = append(append(append(dst, "law "...), law...), '\n')
	}
	dst = appendNames(dst, "input", n.Inputs)
	dst = appendNames(dst, "always", n.Always)
	for i := range n.Units {
		dst = n.Units[i].append(dst)
	}
	dst = appendNames(dst, "start", n.Start)
	return appendNames(dst, "output", n.Outputs)
}

// String is the net in the text format.
func (n *Net) String() string { return string(n.Append(nil)) }

const namesInLine = 16

func appendNames(dst []byte, keyword string, names []string) []byte {
	for i, name := range names {
		if i%namesInLine == 0 {
			dst = append(dst, keyword...)
		}
		dst = append(append(dst, ' '), name...)
		if i%namesInLine == namesInLine-1 || i == len(names)-1 {
			dst = append(dst, '\n')
		}
	}
	return dst
}

func (u *Unit) append(dst []byte) []byte {
	dst = append(append(append(dst, "unit "...), u.Name...), ' ')
	dst = strconv.AppendInt(dst, int64(u.Threshold), 10)
	for _, a := range u.Afferents {
		dst = append(append(append(dst, ' '), effectMarks[a.Effect]...), a.From...)
		if a.Synapses != 1 {
			dst = strconv.AppendInt(append(dst, '*'), int64(a.Synapses), 10)
		}
	}
	return append(dst, '\n')
}
