//go:build amd64 && !purego

package kernel

// lanes is some output channels of a group side by side, as the gradient of
// the weights takes them: one or two times 8 that follow each other. Where
// there are not enough for the last 8, some are taken twice; where there are
// less than 8 in all, what is in the lanes behind them is of no use.
type lanes struct {
	count int    // 8 or 16
	first [2]int // the first channel of each 8
	used  int    // of each 8, those that are channels
}

const lanesMax = 16

// lanesFrom returns the lanes from channel o of that many on.
func lanesFrom(o, channels int) lanes {
	l := lanes{count: lanesMax, first: [2]int{o, o + 8}, used: min(channels, 8)}
	if channels-o <= 8 {
		l.count = 8
	}
	for i := range l.first {
		l.first[i] = max(0, min(l.first[i], channels-8))
	}
	return l
}

// weights adds to the gradient of some taps of a group's weights what all
// pictures give, one after the other. The gradients of the result are turned
// so that the channels of a place lie side by side; the picture's element is
// the same for all lanes.
func (t *convTask) weights(group, from, to int, s *scratch) {
	n, area, taps := to-from, t.outH*t.outW, t.KH*t.KW
	x := room(&s.a, t.inG*t.channel)
	sums := room(&s.c, (t.outG+lanesMax)*n)
	turned := room(&s.d, area*lanesMax)
	dw := t.w[group*t.outG*t.taps:][:t.outG*t.taps][from:]
	for o := 0; o < t.outG; o += lanesMax {
		lanesFrom(o, t.outG).turn(sums[o*n:], dw, t.taps, n)
	}
	for b := range t.Batch {
		in := t.picture(t.x, t.inG, t.InH*t.InW, b, group)
		for i := from / taps; i*taps < to; i++ {
			t.fill(x[i*t.channel:][:t.channel], in[i*t.InH*t.InW:][:t.InH*t.InW])
		}
		dy := t.picture(t.y, t.outG, area, b, group)
		for o := 0; o < t.outG; o += lanesMax {
			l := lanesFrom(o, t.outG)
			l.turn(turned, dy, area, area)
			t.addPicture(l, sums[o*n:], x, turned, from, n)
		}
	}
	for o := 0; o < t.outG; o += lanesMax {
		lanesFrom(o, t.outG).turnBack(dw, t.taps, sums[o*n:], n)
	}
}

// addPicture adds one picture to the sums of n taps, in tiles of about equal
// height.
func (t *convTask) addPicture(l lanes, sums, x, turned []float32, from, n int) {
	w := weightTile{x: &x[0], b: &turned[0], rows: t.outH, cols: t.outW, skip: 4 * (t.cols - t.outW)}
	tall := 9
	if l.count == lanesMax {
		tall = usual.tall
	}
	tiles := (n + tall - 1) / tall
	for i := 0; i < n; i += w.height {
		w.height = (n - i + tiles - 1) / tiles
		w.offs, w.c = &t.offs[from+i], &sums[i*l.count]
		if l.count == lanesMax {
			weights16AVX2(&w)
		} else {
			weights8AVX2(&w)
		}
		tiles--
	}
}

// turn copies k elements of each channel's row of src so that the channels lie
// side by side.
func (l lanes) turn(dst, src []float32, ld, k int) {
	for h := range l.count / 8 {
		var rows [8]*float32
		for r := range rows {
			rows[r] = &src[(l.first[h]+min(r, l.used-1))*ld]
		}
		turnRows(dst[8*h:], l.count, &rows, k)
	}
}

// turnRows transposes 8 rows of k elements.
func turnRows(dst []float32, step int, rows *[8]*float32, k int) {
	if k < 8 {
		for r, p := range rows {
			for l, v := range elements(p, k) {
				dst[l*step+r] = v
			}
		}
		return
	}
	turnRowsAVX2(&dst[0], 4*step, rows, k&^7)
	if k&7 == 0 {
		return
	}
	last := *rows
	for r := range last {
		last[r] = &elements(rows[r], k)[k-8]
	}
	turnRowsAVX2(&dst[(k-8)*step], 4*step, &last, 8)
}

// turnBack is the reverse of turn.
func (l lanes) turnBack(dst []float32, ld int, src []float32, k int) {
	for h := range l.count / 8 {
		if l.used < 8 || k < 8 {
			for r := range l.used {
				for i := range k {
					dst[(l.first[h]+r)*ld+i] = src[i*l.count+8*h+r]
				}
			}
			continue
		}
		for i := 0; i < k; i += 8 {
			at := min(i, k-8)
			var rows [8]*float32
			for r := range rows {
				rows[r] = &src[(at+r)*l.count+8*h]
			}
			turnRowsAVX2(&dst[l.first[h]*ld+at], 4*ld, &rows, 8)
		}
	}
}
