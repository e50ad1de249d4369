// Package checkpoint is the files in which a replay that was interrupted goes on,
// and in which other programs read what a net learned.
//
// A checkpoint is a safetensors file: eight bytes, the length of the header,
// little-endian; the header, JSON, with the name, type, shape and place of each
// tensor and the metadata; then the bytes of the tensors. The arrays of the
// machine are there under their names, as F32; what the replay needs besides is
// in tensors of bytes whose names begin with "perceptarium.". The metadata say
// under which arithmetic law the numbers were made, for which scenario, and
// where it stood.
//
// Source: the safetensors format as its documentation describes it.
package checkpoint

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"

	"perceptarium/sim"
	"perceptarium/sim/script"
)

// Array is numbers by name, row-major.
type Array struct {
	Name  string
	Shape []int
	Data  []float32
}

// Format is what the metadata call a file of this kind.
const Format = "perceptarium checkpoint 1"

// own begins the names of what only this program reads.
const own = "perceptarium."

// tensor is one entry of the header.
type tensor struct {
	Type    string    `json:"dtype"`
	Shape   []int     `json:"shape"`
	Offsets [2]uint64 `json:"data_offsets"`
}

// Arrays are those that the machine on the bench hands out.
func Arrays(b *sim.Bench) []Array {
	var list []Array
	b.Exhibit(func(name string, shape []int, data []float32) {
		list = append(list, Array{name, slices.Clone(shape), slices.Clone(data)})
	})
	return list
}

// writer gathers tensors and their header.
type writer struct {
	header map[string]any
	data   []byte
}

func (w *writer) add(name, kind string, shape []int, data []byte) {
	from := uint64(len(w.data))
	w.data = append(w.data, data...)
	w.header[name] = tensor{kind, shape, [2]uint64{from, uint64(len(w.data))}}
}

// Encode writes the checkpoint and the arrays as a safetensors file. The bytes
// depend on nothing else: the header's keys are sorted.
func Encode(c *script.Checkpoint, arrays []Array) ([]byte, error) {
	w := writer{header: map[string]any{}}
	for _, a := range arrays {
		w.add(a.Name, "F32", a.Shape, littleEndian(a.Data))
	}
	for i, r := range c.Runners {
		w.add(own+"act."+strconv.Itoa(i+1), "U8", []int{len(r)}, r)
	}
	w.add(own+"bench", "U8", []int{len(c.Bench)}, c.Bench)
	meta, err := metadata(c, w.data)
	if err != nil {
		return nil, err
	}
	w.header["__metadata__"] = meta
	header, err := json.Marshal(w.header)
	if err != nil {
		return nil, err
	}
	for len(header)%8 != 0 { // the data begin on a multiple of 8, as the format advises
		header = append(header, ' ')
	}
	file := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	return append(append(file, header...), w.data...), nil
}

func metadata(c *script.Checkpoint, data []byte) (map[string]string, error) {
	journal, err := json.Marshal(c.Journal)
	if err != nil {
		return nil, err
	}
	log, err := json.Marshal(c.Log)
	if err != nil {
		return nil, err
	}
	seeds, err := json.Marshal(c.Seeds)
	if err != nil {
		return nil, err
	}
	return map[string]string{
		"format": Format, "law": strconv.Itoa(c.Law), "scenario": c.Scenario, "scenario_sha256": c.Digest, "form": string(c.Form),
		"act": strconv.Itoa(c.Act), "tick": strconv.FormatInt(int64(c.Tick), 10),
		"seeds": string(seeds), "journal": string(journal), "log": string(log), "data_sha256": digest(data),
	}, nil
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func littleEndian(v []float32) []byte {
	b := make([]byte, 0, 4*len(v))
	for _, x := range v {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
	}
	return b
}

// headerMax bounds a header.
const headerMax = 64 << 20

// Decode reads a checkpoint. A file that is cut off, changed, or no checkpoint
// of this program is an error, and nothing of it is used.
func Decode(file []byte) (*script.Checkpoint, error) {
	header, data, err := split(file)
	if err != nil {
		return nil, err
	}
	meta := map[string]string{}
	if raw, ok := header["__metadata__"]; !ok || json.Unmarshal(raw, &meta) != nil || meta["format"] != Format {
		return nil, errors.New("a safetensors file, but no checkpoint of a replay")
	}
	if meta["data_sha256"] != digest(data) {
		return nil, errors.New("a checkpoint whose numbers were changed, or cut off")
	}
	c := &script.Checkpoint{Scenario: meta["scenario"], Digest: meta["scenario_sha256"], Form: script.Form(meta["form"])}
	tick, err1 := strconv.ParseInt(meta["tick"], 10, 64)
	act, err2 := strconv.Atoi(meta["act"])
	law, err3 := strconv.Atoi(meta["law"])
	c.Tick, c.Act, c.Law = sim.Tick(tick), act, law
	if log, ok := meta["log"]; ok {
		err1 = errors.Join(err1, json.Unmarshal([]byte(log), &c.Log))
	}
	if err := errors.Join(err1, err2, err3, json.Unmarshal([]byte(meta["seeds"]), &c.Seeds), json.Unmarshal([]byte(meta["journal"]), &c.Journal)); err != nil {
		return nil, fmt.Errorf("a checkpoint whose metadata cannot be read: %w", err)
	}
	return c, takeOut(c, header, data)
}

// takeOut takes the bench and the scripts out of the data.
func takeOut(c *script.Checkpoint, header map[string]json.RawMessage, data []byte) (err error) {
	if c.Bench, err = cut(header, data, own+"bench"); err != nil {
		return err
	}
	for i := 1; i < c.Act; i++ {
		r, err := cut(header, data, own+"act."+strconv.Itoa(i))
		if err != nil {
			return err
		}
		c.Runners = append(c.Runners, r)
	}
	return nil
}

func split(file []byte) (header map[string]json.RawMessage, data []byte, err error) {
	if len(file) < 8 {
		return nil, nil, errors.New("no safetensors file: too short")
	}
	n := binary.LittleEndian.Uint64(file)
	if n > headerMax || n > uint64(len(file)-8) {
		return nil, nil, errors.New("no safetensors file, or one that is cut off")
	}
	if err := json.Unmarshal(bytes.TrimRight(file[8:8+n], " "), &header); err != nil {
		return nil, nil, errors.New("no safetensors file: its header is no JSON")
	}
	return header, file[8+n:], nil
}

func cut(header map[string]json.RawMessage, data []byte, name string) ([]byte, error) {
	raw, ok := header[name]
	if !ok {
		return nil, fmt.Errorf("a checkpoint without %s", name)
	}
	var t tensor
	if err := json.Unmarshal(raw, &t); err != nil || t.Offsets[0] > t.Offsets[1] || t.Offsets[1] > uint64(len(data)) {
		return nil, fmt.Errorf("a checkpoint with an impossible place of %s", name)
	}
	return data[t.Offsets[0]:t.Offsets[1]], nil
}

// Names lists the arrays in a safetensors file, sorted, those of this program
// alone left out.
func Names(file []byte) ([]string, error) {
	header, _, err := split(file)
	var names []string
	for name := range header {
		if name != "__metadata__" && !strings.HasPrefix(name, own) {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	return names, err
}
