package model

import (
	"strings"
	"testing"
)

const xor = `
title  the way out
input  2
dense  hidden 2 act=logistic init=uniform:0.5
dense  out 1 act=logistic   # the answer
loss   squared factor=0.5 tolerance=0.1
train  momentum rate=0.5,0.1@100 momentum=0.9 batch=4 order=shuffled
`

func TestRead(t *testing.T) {
	s, err := Read("xor.net", []byte(xor))
	if err != nil {
		t.Fatal(err)
	}
	n, err := s.Build(4, nil)
	if err != nil || n.Parameters() != 9 || s.Batch != 4 || s.Order != "shuffled" || s.RateAt(99) != 0.5 || s.RateAt(100) != 0.1 || s.Title != "the way out" {
		t.Fatalf("%d parameters, %+v, %v", n.Parameters(), s, err)
	}
}

func TestMistakes(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "n:1: no line begins with input"},
		{"input 2", "n:1: no line begins with loss"},
		{"input 2x2\nloss squared", "n:1: an input is a number, or maps x height x width, not 2x2"},
		{"input 2\ndence h 2\nloss squared", "n:2: no layer is called \"dence\""},
		{"input 2\ndense h two\nloss squared", "n:2: dense h is followed by its number of units, not \"two\""},
		{"input 2\ndense h\nloss squared", "n:2: dense h is followed by its number of units"},
		{"input 2\ndense h 2 act=tanch\nloss squared", "n:2: no activation is called \"tanch\""},
		{"input 2\ndense h 2 acts=tanh\nloss squared", "n:2: dense has no setting \"acts\""},
		{"input 2\ndense h 2 from=g\nloss squared", "n:2: no earlier layer is called \"g\""},
		{"input 2\ndense h 2\ndense h 2\nloss squared", "n:3: two layers are called h"},
		{"input 2\nconv c 2 3x3\nloss squared", "n:2: a convolution sees maps x height x width"},
		{"input 1x2x2\nconv c 2 3x3\nloss squared", "n:2: a convolution larger than its picture"},
		{"input 2x4x4\nconv c 2 3x3 table=0/0-2\nloss squared", "n:2: table: \"0-2\" is no map of the input"},
		{"input 4\ndense h 3 table=0-1*2\nloss squared", "n:2: table has 2 lists for 3 maps"},
		{"input 2\nloss squared\ndense h 2", "n:3: a layer after the loss"},
		{"input 2\nloss square", "n:2: no loss is called \"square\""},
		{"input 2\nloss squared\ntrain sgd rate=0.1,0.2", "n:3: rate is a number, or numbers"},
	} {
		if _, err := Read("n", []byte(c.text)); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%q: got %v, want %s", c.text, err, c.want)
		}
	}
}

// TestDenseTable counts the weights of two groups of units that see parts of the
// input.
func TestDenseTable(t *testing.T) {
	s, err := Read("n", []byte("input 36\ndense code 12 table=0-23*6/24-35*6\nloss squared"))
	if err != nil {
		t.Fatal(err)
	}
	n, err := s.Build(1, nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := 6*24 + 6*12 + 12; n.Parameters() != want || n.Connections() != int64(want) {
		t.Errorf("%d parameters and %d connections, want %d", n.Parameters(), n.Connections(), want)
	}
	n.Start(1)
	w := n.Param("code-w").W
	if w[0] == 0 || w[6] != 0 || w[24*12] != 0 || w[24*12+6] == 0 {
		t.Error("units of one group see the inputs of the other")
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(xor))
	f.Add([]byte("input 1x16x16\npad p 2 value=-1\nconv c 12 5x5 stride=2 biases=unit\npool m max 2x2\nnorm n batch\nadd a m\nloss softmax"))
	f.Add([]byte("input 2 steps=8\nlstm l 4\nrecurrent r 3\nlast e\ndropout d 0.5\nloss softmax\ntrain adam rate=0.1"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if s, err := Read("n", text); err == nil && s.Shape == nil {
			t.Fatal("a net without an input")
		}
	})
}
