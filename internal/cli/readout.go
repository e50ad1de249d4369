package cli

import (
	"bufio"
	"errors"
	"strconv"

	"perceptarium/sim"
	"perceptarium/sim/script"
)

// readOut writes what a probe shows at the end of a replay: a text as it is,
// numbers row by row. So a plugboard becomes a file that a machine takes again.
func (a *app) readOut(p *script.Player, name string) error {
	sheet := p.Bench().Sheet()
	id, err := probeOf(sheet, name)
	if err != nil {
		return err
	}
	var r sim.Reading
	p.Bench().Read(id, &r)
	w := bufio.NewWriter(a.out)
	w.Write(r.Text)
	cols := max(sheet.Probes[id].Cols, 1)
	for i := range max(len(r.Ints), len(r.Floats)) {
		if len(r.Floats) > 0 {
			w.Write(sim.AppendFloat(nil, r.Floats[i]))
		} else {
			w.WriteString(strconv.FormatInt(r.Ints[i], 10))
		}
		if i%cols == cols-1 {
			w.WriteByte('\n')
		} else {
			w.WriteByte(' ')
		}
	}
	return w.Flush()
}

func probeOf(sheet *sim.Sheet, name string) (sim.ProbeID, error) {
	id, ok := sheet.Probe(name)
	if !ok {
		return 0, errors.New(sim.Unknown(sheet.Name+" has no probe", name, sheet.ProbeNames()))
	}
	return id, nil
}
