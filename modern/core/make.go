package core

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"perceptarium/sim"
)

// What a machine is made with unless its line says otherwise. Sizes that no
// tile divides show the edges.
var usual = shape{m: 5, n: 20, k: 6, lanes: 8, tall: 4, vectors: 2}

const (
	tallMax    = 8
	vectorsMax = 4
)

var laneWords = []string{"1", "4", "8", "16"}

// Slots tells what a machine line may carry.
func Slots() []sim.Slot {
	return []sim.Slot{
		{Key: "shape", Doc: "the product's m, n and k, each in 1..64, as in 5x20x6 (default; files say it themselves)"},
		{Key: "lanes", Words: laneWords, Doc: "floats in a register: 1 is plain Go, 4 NEON, 8 AVX2, 16 AVX-512 (default 8)"},
		{Key: "tile", Doc: "rows and registers of a tile, as in 4x2 (default), at most 8x4"},
		{Key: "a", Data: true, Doc: "matrix [m][k]: a line for each row (default: drawn from -1..1 by the seed)"},
		{Key: "b", Data: true, Doc: "matrix [k][n] (default: drawn likewise)"},
		{Key: "c", Data: true, Doc: "matrix [m][n] (default: zeros)"},
	}
}

// Make makes a machine of the shape and with the matrices of env.
func Make(env sim.Env) (sim.Machine, error) {
	m := &Machine{shape: usual}
	var err error
	if opt, ok := env.Get("lanes"); ok {
		if !slices.Contains(laneWords, opt.Value) {
			return nil, fmt.Errorf("lanes=%s: want one of %s", opt.Value, strings.Join(laneWords, ", "))
		}
		m.lanes, _ = strconv.ParseInt(opt.Value, 10, 64)
	}
	if opt, ok := env.Get("tile"); ok {
		if err = sizes(opt, []*int64{&m.tall, &m.vectors}, []int64{tallMax, vectorsMax}, "4x2"); err != nil {
			return nil, err
		}
	}
	data := ""
	if data, err = m.read(env); err != nil {
		return nil, err
	}
	m.state, m.reference = m.blank(), make([]float32, m.m*m.n)
	m.sheet = m.makeSheet(data)
	m.Reset(0)
	return m, nil
}

// sizes reads numbers between x into their places.
func sizes(opt sim.Option, to []*int64, most []int64, example string) error {
	fields := strings.Split(opt.Value, "x")
	ok := len(fields) == len(to)
	for i := 0; ok && i < len(to); i++ {
		v, err := strconv.ParseInt(fields[i], 10, 64)
		ok = err == nil && v >= 1 && v <= most[i]
		*to[i] = v
	}
	if !ok {
		return fmt.Errorf("%s=%s: want %d whole numbers from 1, at most %s, as in %s", opt.Key, opt.Value, len(to), strings.Join(words(most), "x"), example)
	}
	return nil
}

func words(list []int64) (words []string) {
	for _, v := range list {
		words = append(words, strconv.FormatInt(v, 10))
	}
	return words
}

// read takes the shape and the matrices, and returns the digest of the files.
func (m *Machine) read(env sim.Env) (data string, err error) {
	said, given := false, [3]bool{}
	if opt, ok := env.Get("shape"); ok {
		said = true
		if err = sizes(opt, []*int64{&m.m, &m.n, &m.k}, []int64{SizeMax, SizeMax, SizeMax}, "5x20x6"); err != nil {
			return "", err
		}
	}
	all := sha256.New()
	for i, key := range []string{"a", "b", "c"} {
		opt, ok := env.Get(key)
		if !ok {
			continue
		}
		x, err := readMatrix(opt.Value, opt.Data)
		if err != nil {
			return "", err
		}
		m.filled[i], given[i] = x.values, true
		if err = m.fit(key, opt.Value, x, said, given); err != nil {
			return "", err
		}
		sum := sha256.Sum256(opt.Data)
		all.Write([]byte(key))
		all.Write(sum[:])
	}
	if given == [3]bool{} {
		return "", nil
	}
	return hex.EncodeToString(all.Sum(nil)), nil
}

// matrix is a matrix from a file.
type matrix struct {
	rows, columns int64
	values        []float32
}

// fit takes over the sizes of a matrix, or refuses them where they are known to
// be others: from the shape, or from a matrix before.
func (m *Machine) fit(key, file string, x matrix, said bool, given [3]bool) error {
	rows, columns, knowsRows, knowsColumns := &m.m, &m.k, said, said
	switch key {
	case "b":
		rows, columns, knowsRows = &m.k, &m.n, said || given[0]
	case "c":
		columns, knowsRows, knowsColumns = &m.n, said || given[0], said || given[1]
	}
	if knowsRows && *rows != x.rows || knowsColumns && *columns != x.columns {
		return fmt.Errorf("%s: a %d x %d matrix; as %s it has to have %s rows and %s columns", file, x.rows, x.columns, key, wanted(knowsRows, *rows), wanted(knowsColumns, *columns))
	}
	*rows, *columns = x.rows, x.columns
	return nil
}

func wanted(known bool, n int64) string {
	if known {
		return strconv.FormatInt(n, 10)
	}
	return "any number of"
}

// readMatrix reads a matrix, a line for each row, numbers between spaces or
// commas. Empty lines and lines that begin with # are passed over.
func readMatrix(name string, data []byte) (matrix, error) {
	var x matrix
	for i, line := range bytes.Split(data, []byte("\n")) {
		fields := strings.Fields(strings.ReplaceAll(string(line), ",", " "))
		if len(fields) == 0 || fields[0][0] == '#' {
			continue
		}
		if x.rows > 0 && int64(len(fields)) != x.columns {
			return matrix{}, fmt.Errorf("%s:%d: %d numbers; the first row has %d", name, i+1, len(fields), x.columns)
		}
		x.rows, x.columns = x.rows+1, int64(len(fields))
		if x.rows > SizeMax || x.columns > SizeMax {
			return matrix{}, fmt.Errorf("%s:%d: more than %d x %d numbers: too large to be watched", name, i+1, SizeMax, SizeMax)
		}
		for _, f := range fields {
			v, err := strconv.ParseFloat(f, 32)
			if err != nil || !(v >= -ValueMax && v <= ValueMax) {
				return matrix{}, fmt.Errorf("%s:%d: %.40q is not a number within -1e9..1e9", name, i+1, f)
			}
			x.values = append(x.values, float32(v))
		}
	}
	if x.rows == 0 {
		return matrix{}, fmt.Errorf("%s: no row; want a line of numbers for each", name)
	}
	return x, nil
}

// blank is a state of the machine's shape.
func (m *Machine) blank() state {
	take := func(n int64) []float32 { return make([]float32, n) }
	w := m.width()
	return state{
		a: take(m.m * m.k), b: take(m.k * m.n), c: take(m.m * m.n), origin: take(m.m * m.n),
		panel: take(m.k * w), sum: take(m.tall * w), odd: take(m.tall * w), vector: take(w), broadcast: take(m.lanes),
	}
}
