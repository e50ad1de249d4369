package cli

import (
	"fmt"

	"perceptarium/internal/era"
	"perceptarium/sim"
	"perceptarium/sim/script"
)

// workProbes are the probes by which a machine reports its multiply-adds since
// power on: the first that it has.
var workProbes = []string{"macs", "multiply-adds"}

// work is what the machines of a replay computed.
type work struct {
	macs int64
	year int
	then string // the computer of its time, by its key; empty: the newest of the year
}

// workOf adds up what the machines of all acts report; none where no machine
// reports anything.
func workOf(s *source, p *script.Player) (w work, any bool) {
	var r sim.Reading
	for _, b := range p.Benches() {
		for _, name := range workProbes {
			if id, ok := b.Sheet().Probe(name); ok {
				b.Read(id, &r)
				w.macs += r.Ints[0]
				any = true
				break
			}
		}
	}
	w.year, w.then = s.sc.Header.Year, s.sc.Header.Computer
	return w, any && w.macs > 0
}

// checkComputer refuses a computer in a scenario's header that is not in the
// table.
func checkComputer(s *source) error {
	key := s.sc.Header.Computer
	if _, ok := era.Find(key); key == "" || ok {
		return nil
	}
	return fmt.Errorf("%s: header: computer: %s", s.words(), sim.Unknown("no computer is called", key, era.Keys()))
}

// computers are the computer of the run's time, if there was one, and today's.
func (w work) computers() []era.Computer {
	then, ok := era.Of(w.year)
	if w.then != "" {
		then, ok = era.Find(w.then)
	}
	today := era.Today()
	if !ok || then.Key == today.Key {
		return []era.Computer{today}
	}
	return []era.Computer{then, today}
}

// lines tell the work in words, every time with peak, share and mark.
func (w work) lines() []string {
	run := era.MACs(float64(w.macs))
	lines := []string{fmt.Sprintf("%s multiply-adds", grouped(w.macs))}
	for _, c := range w.computers() {
		lines = append(lines, fmt.Sprintf("%s (%d): %s", c.Name, c.Year, taken(&c, run)))
	}
	return lines
}

// taken says how long a run takes on a computer, and what it costs.
func taken(c *era.Computer, run era.Run) string {
	seconds := c.Seconds(run)
	if !seconds.Known() {
		return "unknown"
	}
	text := fmt.Sprintf("%s at %s of a peak of %s (%v)", era.Duration(seconds.Value), percent(c.Share), era.Speed(c.Peak.Value), seconds.Mark)
	if joules := c.Joules(run); joules.Known() {
		text += fmt.Sprintf(", %s (%v)", era.Energy(joules.Value), joules.Mark)
	}
	if dollars := c.Dollars(run); dollars.Known() {
		text += fmt.Sprintf(", %s of its price (%v)", era.Money(dollars.Value), dollars.Mark)
	}
	return text
}

// grouped writes a number with commas between thousands.
func grouped(n int64) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// workJSON is the work in --json; docs/json.md is its schema.
type workJSON struct {
	MACs int64    `json:"macs"`
	On   []onJSON `json:"on"`
}

// onJSON is one computer; a figure that nobody has is left out.
type onJSON struct {
	Computer string      `json:"computer"`
	Text     string      `json:"text"`
	Year     int         `json:"year"`
	Peak     *figureJSON `json:"peak,omitempty"`
	Share    *figureJSON `json:"share,omitempty"`
	Seconds  *figureJSON `json:"seconds,omitempty"`
	Joules   *figureJSON `json:"joules,omitempty"`
	Dollars  *figureJSON `json:"dollars,omitempty"`
}

type figureJSON struct {
	Value float64 `json:"value"`
	Mark  string  `json:"mark"`
}

func figureJSONOf(f era.Figure) *figureJSON {
	if !f.Known() {
		return nil
	}
	return &figureJSON{f.Value, f.Mark.String()}
}

func (w work) json() *workJSON {
	v, run := &workJSON{MACs: w.macs}, era.MACs(float64(w.macs))
	for _, c := range w.computers() {
		v.On = append(v.On, onJSON{
			Computer: c.Key, Text: c.Name, Year: c.Year,
			Peak: figureJSONOf(c.Peak), Share: figureJSONOf(c.Share),
			Seconds: figureJSONOf(c.Seconds(run)), Joules: figureJSONOf(c.Joules(run)), Dollars: figureJSONOf(c.Dollars(run)),
		})
	}
	return v
}
