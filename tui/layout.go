package tui

import "perceptarium/sim"

// targetKind tells apart what keys can go to.
type targetKind uint8

const (
	onProbe targetKind = iota
	onDials            // the instruments
	onTale             // the narration
	onDesk             // the controls
)

// target is a panel of the stage.
type target struct {
	kind  targetKind
	probe sim.ProbeID
}

// layout is where everything stands on a stage of that size. It depends on the
// size and on the sheet alone: nothing moves while a machine runs.
type layout struct {
	size
	wide    bool
	pages   [][]place
	machine place // the room of the probes' panels
	tale    place
	desk    place
	targets []target
}

const (
	headerRows = 2
	footerRows = 3 // caption, timeline, keys
	deskMin    = 22
)

// arrange lays the stage out. On a narrow screen the narration lies below the
// machine; on a wide one it stands at its right, above the controls.
func arrange(s size, sheet *sim.Sheet, d *dials) *layout {
	l := &layout{size: s, wide: s.w >= widthWide}
	top, body := headerRows, s.h-headerRows-footerRows
	controls := len(sheet.Controls) > 0
	if l.wide {
		w := min(max(s.w*2/5, 40), 64)
		x := s.w - w
		l.machine = place{x: 0, y: top, w: x - gapColumns, h: body}
		l.tale = place{x: x, y: top, w: w, h: body}
		if controls {
			h := min(len(sheet.Controls)+1, body*2/5)
			l.tale.h = body - h
			l.desk = place{x: x, y: top + body - h, w: w, h: h}
		}
	} else {
		h := min(max((body+1)/4, 4), 10)
		l.tale = place{x: 0, y: top + body - h, w: s.w, h: h}
		l.machine = place{x: 0, y: top, w: s.w, h: body - h}
		if controls {
			w := min(max(s.w*3/10, deskMin), 34)
			l.machine.w -= w + gapColumns
			l.desk = place{x: s.w - w, y: top, w: w, h: body - h}
		}
	}
	l.tale.target, l.desk.target = target{kind: onTale}, target{kind: onDesk}
	l.fill(sheet, d)
	return l
}

// fill gives the probes their places, and lists all panels in the order in
// which tab goes through them.
func (l *layout) fill(sheet *sim.Sheet, d *dials) {
	var list []parcel
	dialsDone := len(d.probes) == 0
	for i := range sheet.Probes {
		p := &sheet.Probes[i]
		switch {
		case !isDial(p):
			list = append(list, parcelOf(sim.ProbeID(i), p))
		case !dialsDone && d.probes[0] == sim.ProbeID(i):
			dialsDone = true
			list = append(list, d.parcel())
		}
	}
	l.pages = paginate(list, size{l.machine.w, l.machine.h})
	for _, page := range l.pages {
		for _, p := range page {
			l.targets = append(l.targets, p.target)
		}
	}
	l.targets = append(l.targets, l.tale.target)
	if l.desk.h > 0 {
		l.targets = append(l.targets, l.desk.target)
	}
}

func parcelOf(id sim.ProbeID, p *sim.Probe) parcel {
	box := parcel{target: target{onProbe, id}}
	title := min(textWidth(p.Name)+2, 12)
	for _, f := range forms(p) {
		box.sizes = append(box.sizes, size{max(f.w, title), f.h + 1})
	}
	return box
}

func (d *dials) parcel() parcel {
	box := parcel{target: target{kind: onDials}}
	for _, s := range d.sizes() {
		box.sizes = append(box.sizes, size{s.w, s.h + 1})
	}
	return box
}

// pageOf is the page on which a panel stands; narration and controls are on
// every page.
func (l *layout) pageOf(t target) (int, bool) {
	for i, page := range l.pages {
		for _, p := range page {
			if p.target == t {
				return i, true
			}
		}
	}
	return 0, false
}

// dialsOf gathers the single values of a sheet. Those that show where a control
// stands are seen in the panel of controls, and a fault in the header.
func dialsOf(sheet *sim.Sheet) *dials {
	d := &dials{}
	for i := range sheet.Probes {
		p := &sheet.Probes[i]
		_, turned := sheet.Control(p.Name)
		if !isDial(p) || turned || p.Name == faultProbe {
			continue
		}
		d.probes = append(d.probes, sim.ProbeID(i))
		d.names = max(d.names, min(textWidth(p.Name), dialNameMax))
	}
	return d
}

// faultProbe says why a machine holds.
const faultProbe = "fault"

// gridSize is the shape of a grid in words.
func gridSize(rows, cols int) string {
	return group0(max(rows, 1)) + "x" + group0(max(cols, 1))
}
