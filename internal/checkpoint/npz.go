package checkpoint

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
)

// NPZ writes the arrays as NumPy's .npz: a zip file, stored, with one .npy for
// each array: the magic, version 1.0, the length of the header, the header
// padded to a multiple of 64, then the numbers, little-endian, row-major.
//
// Source: NumPy's description of the .npy format.
func NPZ(arrays []Array) ([]byte, error) {
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	for _, a := range arrays {
		w, err := z.CreateHeader(&zip.FileHeader{Name: a.Name + ".npy", Method: zip.Store})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(append(npyHeader(a.Shape), littleEndian(a.Data)...)); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return file.Bytes(), err
}

func npyHeader(shape []int) []byte {
	dims := make([]string, len(shape))
	for i, d := range shape {
		dims[i] = fmt.Sprint(d) + ","
	}
	text := fmt.Sprintf("{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }", strings.Join(dims, " "))
	const fixed = 10 // magic, version, length
	for (fixed+len(text)+1)%64 != 0 {
		text += " "
	}
	text += "\n"
	head := append([]byte("\x93NUMPY\x01\x00"), 0, 0)
	binary.LittleEndian.PutUint16(head[8:], uint16(len(text)))
	return append(head, text...)
}
