package dataset

import (
	"errors"
	"fmt"
	"io"
)

// IDX is an array of bytes as the MNIST files hold it: two zero bytes, the type
// 0x08, the number of dimensions, each of these in four bytes with the highest
// first, then the data.
type IDX struct {
	Name   string
	Dims   []int
	Data   []byte // row-major
	SHA256 string // of the uncompressed file
}

// idxDimsMax is the most dimensions that an IDX file may have.
const idxDimsMax = 4

// ReadIDX reads an IDX file of unsigned bytes, gzip or not. Errors say
// "NAME: byte N: what is wrong; what would be right".
func ReadIDX(name string, r io.Reader) (*IDX, error) {
	s, err := open(name, r)
	if err != nil {
		return nil, err
	}
	dims, size, err := s.idxHead()
	if err != nil {
		return nil, err
	}
	data, err := s.take(size)
	if err == nil {
		err = s.end()
	}
	if err != nil {
		return nil, err
	}
	return &IDX{name, dims, data, s.digest()}, nil
}

func (s *source) idxHead() (dims []int, size int, err error) {
	magic, err := s.take(4)
	if err != nil {
		return nil, 0, err
	}
	if magic[0] != 0 || magic[1] != 0 || magic[2] != 8 {
		return nil, 0, s.fail("magic number 0x%x; want 0x000008 and the number of dimensions: an IDX file of unsigned bytes", magic)
	}
	if magic[3] == 0 || magic[3] > idxDimsMax {
		return nil, 0, s.fail("%d dimensions; want 1..%d", magic[3], idxDimsMax)
	}
	size = 1
	for range magic[3] {
		b, err := s.take(4)
		if err != nil {
			return nil, 0, err
		}
		d := int64(b[0])<<24 | int64(b[1])<<16 | int64(b[2])<<8 | int64(b[3])
		if d == 0 || d > int64(bytesMax/size) {
			return nil, 0, s.fail("a dimension of %d; want at least 1, and at most %d bytes in all", d, bytesMax)
		}
		dims, size = append(dims, int(d)), size*int(d)
	}
	return dims, size, nil
}

// Join makes a set of two IDX files: images [n][rows][cols] and labels [n],
// each label below classes. Levels run from 0, bare ground, to 255, full ink.
func Join(images, labels *IDX, classes int) (*Images, error) {
	switch {
	case len(images.Dims) != 3:
		return nil, fmt.Errorf("%s: %d dimensions; want 3: images, rows, columns", images.Name, len(images.Dims))
	case len(labels.Dims) != 1:
		return nil, fmt.Errorf("%s: %d dimensions; want 1: labels", labels.Name, len(labels.Dims))
	case labels.Dims[0] != images.Dims[0]:
		return nil, fmt.Errorf("%s: %d labels for the %d images of %s; want as many labels as images", labels.Name, labels.Dims[0], images.Dims[0], images.Name)
	case classes < 1 || classes > 256:
		return nil, errors.New("a set of images has 1..256 classes")
	}
	for i, v := range labels.Data {
		if int(v) >= classes {
			return nil, fmt.Errorf("%s: byte %d: label %d; want 0..%d", labels.Name, 8+i, v, classes-1)
		}
	}
	set := &Images{
		Rows: images.Dims[1], Cols: images.Dims[2], Hi: 255, Classes: classes,
		Pixels: make([]int16, len(images.Data)), Labels: labels.Data,
		SHA256: []string{images.SHA256, labels.SHA256},
	}
	for i, v := range images.Data {
		set.Pixels[i] = int16(v)
	}
	return set, nil
}
