package dataset

import (
	"fmt"
	"io/fs"
	"strings"

	"perceptarium/modern/examples"
	"perceptarium/sim/rng"
)

// speechBytes is the length of the made-up speeches, in characters.
const speechBytes = 100_000

// text cuts a corpus into sequences that follow each other without a gap: the
// first nine tenths for training, the rest for testing. Classes is the number
// of different characters, and the class of a sequence the character after it.
func (s *settings) text(files fs.FS) (*examples.Set, error) {
	corpus, name, err := s.corpus(files)
	if err != nil {
		return nil, err
	}
	steps := int(s.num("steps"))
	set := &examples.Set{Name: fmt.Sprintf("%s, %d different characters", name, len(corpus.Symbols)),
		Shape: []int{1}, Steps: steps, Outputs: 1, Classes: len(corpus.Symbols)}
	all := (len(corpus.Codes) - 1) / steps
	first := all * 9 / 10
	if set.Train, err = s.windows("train", corpus.Codes[:first*steps+1], steps); err != nil {
		return nil, err
	}
	set.Test, err = s.windows("test", corpus.Codes[first*steps:], steps)
	return set, err
}

func (s *settings) windows(name string, codes []uint16, steps int) (p examples.Part, err error) {
	all := (len(codes) - 1) / steps
	if p.N = int(s.num(name)); p.N == 0 {
		p.N = all
	}
	if p.N > all {
		return p, s.fail(name, "there are %d sequences of %d", all, steps)
	}
	for i := range p.N * steps {
		p.X = append(p.X, float32(codes[i]))
		p.Y = append(p.Y, float32(codes[i+1]))
	}
	for i := range p.N {
		p.Class = append(p.Class, int32(codes[(i+1)*steps]))
	}
	return p, nil
}

func (s *settings) corpus(files fs.FS) (text *Text, name string, err error) {
	if Present(files, "text") {
		return shakespeare(files)
	}
	text, err = ReadText("speeches", strings.NewReader(speeches(s.seed)))
	return text, "speeches, made up", err
}

// shakespeare reads the file. Copies with another character here and there are
// as good to learn from: they are taken, and the name of the set says so.
func shakespeare(files fs.FS) (text *Text, name string, err error) {
	f := known("tinyshakespeare.txt")
	path, r, err := f.open(files)
	if err != nil {
		return nil, "", err
	}
	defer r.Close()
	name = "tiny Shakespeare"
	if text, err = ReadText(path, r); err == nil && f.Verify(path, text.SHA256) != nil {
		name += " in another edition"
	}
	return text, name, err
}

// speeches makes up a dialogue: a grammar of five rules over small lists of
// words. It has line ends, capitals and stops where a play has them, so that a
// net has something to learn at every range: letters, words, lines, turns.
func speeches(seed uint64) string {
	st := rng.New(seed).Stream("text.speeches")
	one := func(list string) string {
		words := strings.Fields(list)
		return words[st.Below(int64(len(words)))]
	}
	var b strings.Builder
	for b.Len() < speechBytes {
		fmt.Fprintf(&b, "%s:\n", one("WARREN WALTER FRANK MARVIN SEYMOUR ADA GRACE"))
		for range 1 + st.Below(4) {
			noun := func() string {
				return one("the a this every") + " " + one("neuron machine weight layer engine cell wire lamp")
			}
			line := noun() + " " + one("learns holds moves answers forgets adds counts lights") + " " + noun()
			if st.Below(3) == 0 {
				line += " " + one("when where until because") + " " + noun() + " " + one("sleeps fires stops sings")
			}
			b.WriteString(strings.ToUpper(line[:1]) + line[1:] + one(". . . ; ? !") + "\n")
		}
		b.WriteString("\n")
	}
	return b.String()[:speechBytes]
}
