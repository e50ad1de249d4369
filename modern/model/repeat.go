package model

import (
	"strconv"
	"strings"
)

// line is the words of a line that is not empty.
type line struct {
	number int
	words  []string
}

// linesMax bounds a net's lines, those of repeats counted each time.
const linesMax = 1 << 14

// lines splits the text and writes out its repeats: the lines between "repeat N"
// and "end" stand N times, each name in them followed by -1, -2 ... In them,
// "before" is the layer that comes before the first line of this round.
func (r *reader) lines(text []byte) ([]line, error) {
	var all, block []line
	times, opened := 0, 0
	for _, text := range strings.Split(strings.TrimPrefix(string(text), "\ufeff"), "\n") {
		r.line++
		text, _, _ = strings.Cut(text, "#")
		words := strings.Fields(text)
		if len(words) == 0 {
			continue
		}
		var err error
		switch {
		case words[0] == "repeat":
			if opened > 0 {
				return nil, r.errorf("a repeat within that of line %d", opened)
			}
			opened, block = r.line, nil
			times, err = r.times(words)
		case words[0] == "end" && opened == 0:
			err = r.errorf("end without repeat")
		case words[0] == "end":
			all = append(all, unrolled(all, block, times)...)
			opened = 0
		case opened > 0:
			block = append(block, line{r.line, words})
		default:
			all = append(all, line{r.line, words})
		}
		if err == nil && len(all) > linesMax {
			err = r.errorf("more than %d layers", linesMax)
		}
		if err != nil {
			return nil, err
		}
	}
	if opened > 0 {
		return nil, r.errorf("the repeat of line %d has no end", opened)
	}
	return all, nil
}

func (r *reader) times(words []string) (int, error) {
	if len(words) == 2 {
		if n, err := strconv.Atoi(words[1]); err == nil && n >= 1 && n <= 1<<10 {
			return n, nil
		}
	}
	return 0, r.errorf("repeat is followed by how often, 1..1024")
}

// unrolled writes the block out so many times.
func unrolled(all, block []line, times int) []line {
	names := map[string]bool{}
	for _, l := range block {
		if len(l.words) > 1 {
			names[l.words[1]] = true
		}
	}
	before := "input"
	if n := len(all); n > 0 && len(all[n-1].words) > 1 && all[n-1].words[0] != "input" {
		before = all[n-1].words[1]
	}
	var list []line
	for i := 1; i <= times; i++ {
		suffix := "-" + strconv.Itoa(i)
		for _, l := range block {
			list = append(list, line{l.number, renamed(l.words, names, suffix, before)})
		}
		if n := len(block); n > 0 && len(block[n-1].words) > 1 {
			before = block[n-1].words[1] + suffix
		}
	}
	return list
}

// renamed gives the names of a block their suffix, in arguments and after from=.
func renamed(words []string, names map[string]bool, suffix, before string) []string {
	list := make([]string, len(words))
	for i, w := range words {
		key, name, isFrom := strings.Cut(w, "=")
		if !isFrom {
			key, name = "", w
		}
		switch {
		case i == 0 || isFrom && key != "from":
			list[i] = w
			continue
		case name == "before":
			name = before
		case names[name]:
			name += suffix
		}
		if isFrom {
			name = key + "=" + name
		}
		list[i] = name
	}
	return list
}
