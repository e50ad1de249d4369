package tui

import (
	"sort"

	"perceptarium/sim"
)

// gridStyle is what stands for one cell, or for several.
type gridStyle uint8

const (
	gridNumbers gridStyle = iota
	gridLamps
	gridRamp    // a bar for each value
	gridShade   // an even tone for each value
	gridHalf    // two lamps, one above the other, in a character
	gridBraille // 2 x 4 lamps in a character
)

// grid is a form of a Grid: how its cells lie, and what stands for them.
type grid struct {
	rows, cols int // where one long row is folded: as folded
	pitch, gap int // width of a cell, the gap to the next within it
	groupX     int // cells in a character, to the right
	groupY     int // and downwards
	heads      int // 0 no names, 1 one line of names above all, 2 one above each row
	style      gridStyle
}

const (
	numbersMax  = 400 // cells that are shown as numbers in an ordinary panel
	numberRows  = 8   // of a long table, that are shown at once
	foldFrom    = 21  // a single row from that length on is folded
	smallGrid   = 40  // cells of a grid whose numbers should be read
	brailleFrom = 129 // that many lamps may be drawn as dots of braille
)

// gridForms lists the forms of a grid, from one number for each cell to one
// character for many.
func gridForms(p *sim.Probe) []form {
	rows, cols := max(p.Rows, 1), max(p.Cols, 1)
	var list []form
	if named := numbersOf(p, rows, cols); named != nil {
		list = append(list, named...)
	}
	from := len(list)
	list = append(list, shapeForms(p, rows, cols)...)
	if rows == 1 && cols >= foldFrom {
		list = append(list, foldForms(p, cols)...)
	}
	for i := from; from > 0 && len(p.Names) > 0 && i < len(list); i++ {
		list[i].loss += namesLoss
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].loss < list[j].loss })
	return list
}

// foldForms folds one long row into several.
func foldForms(p *sim.Probe, cols int) (list []form) {
	for i, width := range []int{128, 64, 40, 32, 20, 16, 10, 8} {
		if width >= cols {
			continue
		}
		for _, f := range shapeForms(p, (cols+width-1)/width, width) {
			f.loss += 0.02 * float64(i+1)
			if f.exact {
				list = append(list, f)
			}
		}
	}
	return list
}

const namesLoss = 1.5 // of cells whose names are no longer seen

// numbersOf shows values as numbers or lamps under their names.
func numbersOf(p *sim.Probe, rows, cols int) []form {
	if rows*cols > numbersMax || isLamps(p) && len(p.Names) == 0 {
		return nil
	}
	list := numbersWide(p, rows, cols, nameLong)
	if len(p.Names) == cols {
		for _, f := range numbersWide(p, rows, cols, nameShort) {
			f.loss += 0.12
			list = append(list, f)
		}
	}
	return list
}

// The widths to which names above numbers are cut.
const (
	nameLong  = 9
	nameShort = 5
)

// numbersWide shows them under names of at most that width: in as many lines as
// there are rows, or where there is one row in more; a long table in part.
func numbersWide(p *sim.Probe, rows, cols, nameMax int) []form {
	w, heads := valueWidth(p), 0
	if len(p.Names) == cols {
		heads = 1
		for _, name := range p.Names {
			w = max(w, min(textWidth(name), nameMax))
		}
	}
	g := grid{rows: rows, cols: cols, pitch: w + 2, gap: 2, groupX: 1, groupY: 1, heads: heads, style: gridNumbers}
	if isLamps(p) {
		g.style, g.pitch, g.gap = gridLamps, w+1, 1
	}
	list := []form{g.form(0)}
	if rows == 1 {
		for lines := 2; lines <= 4 && lines*2 <= cols+1; lines++ {
			g.cols = (cols + lines - 1) / lines
			g.rows, g.heads = (cols+g.cols-1)/g.cols, heads*2
			list = append(list, g.form(0.3*float64(lines-1)))
		}
	} else if rows > numberRows {
		f := g.form(0.5)
		f.h = numberRows + heads
		list = append(list, f)
	}
	return list
}

// shapeForms lists the forms of rows x cols cells without names.
func shapeForms(p *sim.Probe, rows, cols int) []form {
	one := grid{rows: rows, cols: cols, pitch: 1, groupX: 1, groupY: 1}
	if isLamps(p) {
		return lampForms(one)
	}
	one.style = gridRamp
	loss := 0.3
	if p.Cells() <= smallGrid {
		loss = 2
	}
	list := []form{one.form(loss)}
	for i, group := range [][2]int{{2, 1}, {2, 2}, {4, 2}, {4, 4}, {8, 8}} {
		one.groupX, one.groupY = group[0], group[1]
		if group[0] <= cols && group[1] <= rows {
			list = append(list, one.form(loss+0.7*float64(i+1)))
		}
	}
	return list
}

func lampForms(one grid) []form {
	wide, half, dots := one, one, one
	one.style, wide.style, half.style, dots.style = gridLamps, gridLamps, gridHalf, gridBraille
	wide.pitch, wide.gap = 2, 1
	half.groupY = 2
	dots.groupX, dots.groupY = 2, 4
	list := []form{wide.form(0), one.form(0.1), half.form(0.3)}
	if one.rows*one.cols >= brailleFrom {
		list = append(list, dots.form(0.6))
		for i, n := range []int{4, 8, 16} {
			dots.style, dots.groupX, dots.groupY = gridShade, n, n
			list = append(list, dots.form(2+float64(i)))
		}
	}
	return list
}

func (g grid) form(loss float64) form {
	exact := g.groupX*g.groupY == 1
	h := (g.rows + g.groupY - 1) / g.groupY
	switch g.heads {
	case 1:
		h++
	case 2:
		h *= 2
	}
	w := (g.cols+g.groupX-1)/g.groupX*g.pitch - g.gap
	return form{size: size{w, h}, loss: loss, cols: g.cols, exact: exact, draw: func(l *look, a area) { g.draw(l, a) }}
}

// draw draws the grid; where the area is too small, the part around the cursor,
// or from the row that it is scrolled to.
func (g grid) draw(l *look, a area) {
	s := scaleOf(l.p, l.now)
	high := 1
	if g.heads == 2 {
		high = 2
	}
	top := 0
	if g.heads == 1 {
		top = 1
	}
	rows, cols := (g.rows+g.groupY-1)/g.groupY, (g.cols+g.groupX-1)/g.groupX
	shownRows, shownCols := max((a.h-top)/high, 1), max((a.w+g.gap)/g.pitch, 1)
	row0, col0 := g.origin(l, rows, cols, shownRows, shownCols)
	if top == 1 {
		g.names(l, a, 0, 0, col0, shownCols)
	}
	for r := row0; r < min(row0+shownRows, rows); r++ {
		y := top + (r-row0)*high
		if g.heads == 2 {
			g.names(l, a, y, r*g.cols, col0, shownCols)
			y++
		}
		for c := col0; c < min(col0+shownCols, cols); c++ {
			g.cell(l, a, (c-col0)*g.pitch, y, r, c, s)
		}
	}
	if more := rows - row0 - shownRows; more > 0 && a.h > 2 {
		a.right(a.w, a.h-1, l.t.down+" "+plural(more, "row more", "rows more"), inkDim)
	}
}

func (g grid) origin(l *look, rows, cols, shownRows, shownCols int) (row, col int) {
	row = min(max(l.scroll, 0), max(rows-shownRows, 0))
	if l.cursor >= 0 {
		r, c := l.cursor/g.cols/g.groupY, l.cursor%g.cols/g.groupX
		row = min(max(r-shownRows/2, 0), max(rows-shownRows, 0))
		col = min(max(c-shownCols/2, 0), max(cols-shownCols, 0))
	}
	return row, col
}

func (g grid) names(l *look, a area, y, first, col0, shown int) {
	for c := col0; c < min(col0+shown, g.cols) && first+c < len(l.p.Names); c++ {
		x := (c - col0) * g.pitch
		name := cut(l.p.Names[first+c], g.pitch-g.gap)
		if g.style == gridNumbers {
			a.right(x+g.pitch-g.gap, y, name, inkDim)
			continue
		}
		a.text(x, y, name, inkDim)
	}
}

func (g grid) cell(l *look, a area, x, y, r, c int, s scale) {
	i := r*g.groupY*g.cols + c*g.groupX
	if g.groupX*g.groupY > 1 {
		g.several(l, a, x, y, r, c, s)
		return
	}
	v, ok := l.now.At(i)
	if !ok || i >= l.p.Cells() {
		return
	}
	k := inkText
	switch g.style {
	case gridNumbers:
		if l.changed(i) {
			k = inkChanged
		}
		a.right(x+g.pitch-g.gap, y, fit(v, g.pitch-g.gap), k)
	case gridLamps:
		g.lamp(l, a, x, y, v)
	case gridShade:
		r, k := shadeOf(l.t, s, number(v))
		a.fill(x, y, g.pitch, r, k)
	default:
		ch, k := s.glyph(l.t, number(v))
		a.put(x, y, ch, k)
	}
	if i == l.cursor {
		a.tint(x, y, max(g.pitch-g.gap, 1), inkCursor)
	}
}

func (g grid) lamp(l *look, a area, x, y int, v sim.Value) {
	if number(v) != 0 {
		a.put(x, y, l.t.lit, inkLit)
		return
	}
	a.put(x, y, l.t.dark, inkFaint)
}

// several draws the character that stands for a group of cells.
func (g grid) several(l *look, a area, x, y, r, c int, s scale) {
	var sum float64
	var n, lit int
	var dots rune
	for dy := range g.groupY {
		for dx := range g.groupX {
			row, col := r*g.groupY+dy, c*g.groupX+dx
			v, ok := l.now.At(row*g.cols + col)
			if row >= g.rows || col >= g.cols || !ok {
				continue
			}
			n++
			sum += number(v)
			if number(v) != 0 {
				lit++
				dots |= dotOf(g.style, dx, dy)
			}
		}
	}
	if n == 0 {
		return
	}
	mean := sum / float64(n)
	switch {
	case g.style == gridShade || l.t.ascii && g.style == gridBraille:
		ch, k := shadeOf(l.t, s, mean)
		a.fill(x, y, g.pitch, ch, k)
	case g.style == gridRamp:
		ch, k := s.glyph(l.t, mean)
		a.put(x, y, ch, k)
	case lit == 0:
		a.put(x, y, '·', inkFaint)
	case g.style == gridHalf:
		a.put(x, y, halfBlock(l.t.ascii, dots), inkLit)
	default:
		a.put(x, y, 0x2800+dots, inkLit)
	}
}

// dotOf is the bit of a lamp within its character: of a half-block 1 above and 2
// below, of braille as Unicode numbers its dots.
func dotOf(style gridStyle, dx, dy int) rune {
	if style == gridHalf {
		return 1 << dy
	}
	return [4][2]rune{{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}}[min(dy, 3)][min(dx, 1)]
}

func halfBlock(ascii bool, dots rune) rune {
	if ascii {
		return [4]rune{' ', '\'', ',', ':'}[dots&3]
	}
	return [4]rune{' ', '▀', '▄', '█'}[dots&3]
}

func shadeOf(t *theme, s scale, v float64) (rune, ink) {
	i := s.step(v, len(t.shade))
	if i == 0 {
		return '·', inkFaint
	}
	return t.shade[i], s.ink(v)
}
