package analysis

import (
	"fmt"
	"slices"
	"strings"
)

// Picture is a picture of lit and dark points, [rows][columns].
type Picture [][]bool

// String draws it, # for a lit point.
func (f Picture) String() string {
	var b strings.Builder
	for _, row := range f {
		for _, lit := range row {
			b.WriteByte(".#"[btoi(lit)])
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// StrandRows is the height of the figure of three strands.
const StrandRows = 5

// StrandsMin is its smallest length: with less its two ends are one.
const StrandsMin = 2

// Strands draws three parallel strands of that length, in rows 0, 2 and 4. The
// left end joins the upper two, or with left the lower two; the right end the
// same with right. The figure hangs together exactly if left differs from
// right. (After Minsky and Papert 1969, who prove with four such figures that
// no perceptron of limited diameter decides connectedness.)
func Strands(length int, left, right bool) Picture {
	if length < StrandsMin {
		panic("analysis: strands too short")
	}
	f := make(Picture, StrandRows)
	for y := range f {
		f[y] = make([]bool, length)
		for x := range f[y] {
			f[y][x] = y%2 == 0
		}
	}
	f[1+2*btoi(left)][0] = true
	f[1+2*btoi(right)][length-1] = true
	return f
}

// AllStrands is the four figures in the order of their ends: 00, 01, 10, 11.
func AllStrands(length int) []Picture {
	var list []Picture
	for i := range 4 {
		list = append(list, Strands(length, i&2 > 0, i&1 > 0))
	}
	return list
}

// Connected reports whether all lit points hang together by neighbours to the
// left, right, above and below. The empty figure does.
func (f Picture) Connected() bool {
	reached := make([][]bool, len(f))
	for y := range f {
		reached[y] = make([]bool, len(f[y]))
	}
	pieces := 0
	for y := range f {
		for x := range f[y] {
			if f[y][x] && !reached[y][x] {
				pieces++
				f.flood(reached, y, x)
			}
		}
	}
	return pieces <= 1
}

func (f Picture) flood(reached [][]bool, y, x int) {
	open := [][2]int{{y, x}}
	for len(open) > 0 {
		y, x := open[len(open)-1][0], open[len(open)-1][1]
		open = open[:len(open)-1]
		if y < 0 || x < 0 || y >= len(f) || x >= len(f[y]) || !f[y][x] || reached[y][x] {
			continue
		}
		reached[y][x] = true
		open = append(open, [2]int{y - 1, x}, [2]int{y + 1, x}, [2]int{y, x - 1}, [2]int{y, x + 1})
	}
}

// window is what is seen through a window of rows x cols with its top left
// corner at y, x.
func (f Picture) window(y, x, rows, cols int) string {
	var b strings.Builder
	for _, row := range f[y : y+rows] {
		for _, lit := range row[x : x+cols] {
			b.WriteByte(".#"[btoi(lit)])
		}
		b.WriteByte('/')
	}
	return strings.TrimSuffix(b.String(), "/")
}

// WindowCounts slides a window of rows x cols over each figure and counts what
// is seen. Patterns are sorted, drawn with / between rows; counts is
// [figure][pattern].
func WindowCounts(figures []Picture, rows, cols int) (patterns []string, counts [][]int64) {
	seen := make([]map[string]int64, len(figures))
	for i, f := range figures {
		seen[i] = map[string]int64{}
		f.slide(rows, cols, func(_, _ int, pattern string) {
			seen[i][pattern]++
			if at, found := slices.BinarySearch(patterns, pattern); !found {
				patterns = slices.Insert(patterns, at, pattern)
			}
		})
	}
	for i := range figures {
		line := make([]int64, len(patterns))
		for k, pattern := range patterns {
			line[k] = seen[i][pattern]
		}
		counts = append(counts, line)
	}
	return patterns, counts
}

func (f Picture) slide(rows, cols int, see func(y, x int, pattern string)) {
	for y := 0; y+rows <= len(f); y++ {
		for x := 0; x+cols <= len(f[y]); x++ {
			see(y, x, f.window(y, x, rows, cols))
		}
	}
}

// WindowPlaces is WindowCounts with the place of the window kept: a coordinate
// for each pattern at each place, 1 where it is seen there. Whatever a
// perceptron may compute from what it sees through windows of that size, place
// by place, is a weighted sum of these.
func WindowPlaces(figures []Picture, rows, cols int) (names []string, places [][]int64) {
	index := map[string]int{}
	for _, f := range figures {
		f.slide(rows, cols, func(y, x int, pattern string) {
			name := fmt.Sprintf("%d,%d:%s", y, x, pattern)
			if _, ok := index[name]; !ok {
				index[name] = len(names)
				names = append(names, name)
			}
		})
	}
	for _, f := range figures {
		line := make([]int64, len(names))
		f.slide(rows, cols, func(y, x int, pattern string) {
			line[index[fmt.Sprintf("%d,%d:%s", y, x, pattern)]] = 1
		})
		places = append(places, line)
	}
	return names, places
}

// Connectedness makes points of figures and the counts taken from them: a
// constant first, then the counts; +1 where the figure hangs together.
func Connectedness(figures []Picture, counts [][]int64) Points {
	var p Points
	for i, f := range figures {
		p.X = append(p.X, append([]int64{1}, counts[i]...))
		p.Y = append(p.Y, sign(f.Connected()))
	}
	return p
}
