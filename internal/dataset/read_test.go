package dataset

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"
)

// idx makes an IDX file of bytes.
func idx(dims []uint32, data []byte) []byte {
	file := []byte{0, 0, 8, byte(len(dims))}
	for _, d := range dims {
		file = append(file, byte(d>>24), byte(d>>16), byte(d>>8), byte(d))
	}
	return append(file, data...)
}

// both calls test with a file and with the same file in gzip.
func both(t *testing.T, data []byte, test func(t *testing.T, data []byte)) {
	t.Run("plain", func(t *testing.T) { test(t, data) })
	t.Run("gzip", func(t *testing.T) { test(t, gz(t, data)) })
}

func TestReadIDX(t *testing.T) {
	file := idx([]uint32{2, 2, 3}, []byte{0, 1, 2, 3, 4, 5, 250, 251, 252, 253, 254, 255})
	both(t, file, func(t *testing.T, data []byte) {
		images, err := ReadIDX("images", bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		labels, err := ReadIDX("labels", bytes.NewReader(idx([]uint32{2}, []byte{9, 0})))
		if err != nil {
			t.Fatal(err)
		}
		set, err := Join(images, labels, 10)
		if err != nil {
			t.Fatal(err)
		}
		if set.Len() != 2 || set.Rows != 2 || set.Cols != 3 || set.Lo != 0 || set.Hi != 255 || set.Classes != 10 {
			t.Errorf("set is %+v", set)
		}
		if fmt.Sprint(set.At(1), set.Labels) != "[250 251 252 253 254 255] [9 0]" {
			t.Errorf("got %v %v", set.At(1), set.Labels)
		}
		if images.SHA256 != Digest(file) || set.SHA256[0] != Digest(file) {
			t.Errorf("digest %s, want that of the uncompressed bytes", images.SHA256)
		}
	})
}

func TestReadIDXRefuses(t *testing.T) {
	good := idx([]uint32{2, 1, 1}, []byte{7, 8})
	rows := []struct {
		name string
		file []byte
		want string
	}{
		{"empty", nil, "f: byte 0: the file ends early; want all of it"},
		{"short magic", good[:3], "f: byte 3: the file ends early; want all of it"},
		{"foreign magic", []byte("PK\x03\x04....."), "f: byte 4: magic number 0x504b0304; want 0x000008 and the number of dimensions: an IDX file of unsigned bytes"},
		{"floats", []byte{0, 0, 13, 1, 0, 0, 0, 1}, "f: byte 4: magic number 0x00000d01; want 0x000008 and the number of dimensions: an IDX file of unsigned bytes"},
		{"no dimensions", []byte{0, 0, 8, 0}, "f: byte 4: 0 dimensions; want 1..4"},
		{"five dimensions", []byte{0, 0, 8, 5}, "f: byte 4: 5 dimensions; want 1..4"},
		{"short dimensions", good[:10], "f: byte 10: the file ends early; want all of it"},
		{"dimension 0", idx([]uint32{2, 0, 1}, nil), "f: byte 12: a dimension of 0; want at least 1, and at most 67108864 bytes in all"},
		{"too much", idx([]uint32{1 << 16, 1 << 16}, nil), "f: byte 12: a dimension of 65536; want at least 1, and at most 67108864 bytes in all"},
		{"far too much", idx([]uint32{1<<32 - 1, 1<<32 - 1, 1<<32 - 1}, nil), "f: byte 8: a dimension of 4294967295; want at least 1, and at most 67108864 bytes in all"},
		{"great promise", idx([]uint32{1 << 26}, []byte("abc")), "f: byte 11: the file ends early; want all of it"},
		{"short data", good[:len(good)-1], "f: byte 17: the file ends early; want all of it"},
		{"long data", append(good[:len(good):len(good)], 1), "f: byte 19: more data than the header promises; want nothing after them"},
		{"gzip cut in its head", gz(t, good)[:8], "f: byte 0: the file ends early; want all of it"},
		{"gzip cut in its check", gz(t, good)[:len(gz(t, good))-3], "f: byte 18: the file ends early; want all of it"},
	}
	for _, r := range rows {
		got, err := ReadIDX("f", bytes.NewReader(r.file))
		if err == nil || err.Error() != r.want || got != nil {
			t.Errorf("%s:\n got %v\nwant %s", r.name, err, r.want)
		}
	}
}

func TestJoinRefuses(t *testing.T) {
	read := func(name string, dims []uint32, data []byte) *IDX {
		x, err := ReadIDX(name, bytes.NewReader(idx(dims, data)))
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	images := read("images", []uint32{2, 1, 1}, []byte{7, 8})
	rows := []struct {
		name           string
		images, labels *IDX
		classes        int
		want           string
	}{
		{"counts disagree", images, read("labels", []uint32{3}, []byte{1, 2, 3}), 10, "labels: 3 labels for the 2 images of images; want as many labels as images"},
		{"label out of range", images, read("labels", []uint32{2}, []byte{1, 10}), 10, "labels: byte 9: label 10; want 0..9"},
		{"labels first", read("labels", []uint32{2}, []byte{1, 2}), images, 10, "labels: 1 dimensions; want 3: images, rows, columns"},
		{"images twice", images, images, 10, "images: 3 dimensions; want 1: labels"},
		{"classes", images, read("labels", []uint32{2}, []byte{1, 2}), 257, "a set of images has 1..256 classes"},
	}
	for _, r := range rows {
		set, err := Join(r.images, r.labels, r.classes)
		if err == nil || err.Error() != r.want || set != nil {
			t.Errorf("%s: got %v, want %s", r.name, err, r.want)
		}
	}
}

// zip is a line of a zip-code file with one value given.
func zip(digit string, at int, value string) string {
	fields := []string{digit}
	for i := range 256 {
		v := "-1"
		if i == at {
			v = value
		}
		fields = append(fields, v)
	}
	return strings.Join(fields, " ")
}

func TestReadUSPS(t *testing.T) {
	file := []byte(zip("6.0000", 3, "-0.6310") + " \r\n\n" + zip("0", 255, ".5") + "\n" + zip("9.", 0, "+1.00000") + " ")
	both(t, file, func(t *testing.T, data []byte) {
		set, err := ReadUSPS("zip", bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(set.Labels) != "[6 0 9]" || set.Rows != 16 || set.Cols != 16 || set.Lo != -10000 || set.Hi != 10000 {
			t.Errorf("set has labels %v and %d x %d pixels in %d..%d", set.Labels, set.Rows, set.Cols, set.Lo, set.Hi)
		}
		if a, b, c := set.At(0)[3], set.At(1)[255], set.At(2)[0]; a != -6310 || b != 5000 || c != 10000 || set.At(0)[4] != -10000 {
			t.Errorf("levels %d %d %d", a, b, c)
		}
		if set.SHA256[0] != Digest(file) {
			t.Error("the digest is not of the uncompressed bytes")
		}
	})
}

func TestReadUSPSRefuses(t *testing.T) {
	good := zip("6", 0, "0") + "\n"
	rows := []struct{ name, file, want string }{
		{"empty", "", "z:1: no digits; want lines of a digit and 256 grey values"},
		{"blank", "\n \r\n", "z:3: no digits; want lines of a digit and 256 grey values"},
		{"short", good + "5 1 1 1\n", "z:2: 4 values; want the digit and 256 grey values"},
		{"long", good + good + zip("1", 0, "1 1"), "z:3: 258 values; want the digit and 256 grey values"},
		{"digit 10", zip("10", 0, "1"), `z:1: "10" where the digit should be; want 0..9`},
		{"digit 1.5", zip("1.5", 0, "1"), `z:1: "1.5" where the digit should be; want 0..9`},
		{"digit -1", zip("-1", 0, "1"), `z:1: "-1" where the digit should be; want 0..9`},
		{"NaN", good + zip("1", 7, "NaN"), `z:2: "NaN" as grey value 8; want a number in -1..1 with at most four decimals`},
		{"too bright", zip("1", 0, "1.0001"), `z:1: "1.0001" as grey value 1; want a number in -1..1 with at most four decimals`},
		{"five decimals", zip("1", 0, "0.12345"), `z:1: "0.12345" as grey value 1; want a number in -1..1 with at most four decimals`},
		{"exponent", zip("1", 0, "1e-3"), `z:1: "1e-3" as grey value 1; want a number in -1..1 with at most four decimals`},
		{"only a sign", zip("1", 0, "-."), `z:1: "-." as grey value 1; want a number in -1..1 with at most four decimals`},
		{"a long number", zip("1", 0, strings.Repeat("1", 99)), `z:1: "111111111111111111111111"... as grey value 1; want a number in -1..1 with at most four decimals`},
		{"IDX", string(idx([]uint32{2}, []byte{1, 2})), `z:1: "\x00\x00\b\x01\x00\x00\x00\x02\x01\x02" where the digit should be; want 0..9`},
		{"a long line", strings.Repeat(" ", lineMax+1), "z:1: a line of more than 1048576 bytes; want shorter lines"},
		{"gzip cut", string(gz(t, []byte(good))[:30]), "z:2: the file ends early; want all of it"},
	}
	for _, r := range rows {
		set, err := ReadUSPS("z", strings.NewReader(r.file))
		if err == nil || err.Error() != r.want || set != nil {
			t.Errorf("%s:\n got %v\nwant %s", r.name, err, r.want)
		}
	}
}

func TestReadCSV(t *testing.T) {
	rows := []struct {
		name, file, names, values string
		cols                      int
	}{
		{"plain", "1,2\n3,4\n", "[]", "[1 2 3 4]", 2},
		{"names, CRLF, blanks, no last end", "x, \"y\" \r\n\r\n 1.5 ,-2e1\r\n+.25,\"4\"", "[x y]", "[1.5 -20 0.25 4]", 2},
		{"one column", "7\n8", "[]", "[7 8]", 1},
		{"rounded once", "0.1\n16777217\n1e-46\n", "[]", "[0.1 1.6777216e+07 0]", 1},
		{"empty names", ",\n1,2", "[ ]", "[1 2]", 2},
	}
	for _, r := range rows {
		both(t, []byte(r.file), func(t *testing.T, data []byte) {
			n, err := ReadCSV("t", bytes.NewReader(data))
			if err != nil {
				t.Fatalf("%s: %v", r.name, err)
			}
			if fmt.Sprint(n.Names) != r.names || fmt.Sprint(n.Values) != r.values || n.Cols != r.cols || n.Rows()*n.Cols != len(n.Values) {
				t.Errorf("%s: got %v, %d columns, %v", r.name, n.Names, n.Cols, n.Values)
			}
			if n.SHA256 != Digest([]byte(r.file)) {
				t.Errorf("%s: the digest is not of the uncompressed bytes", r.name)
			}
		})
	}
}

func TestReadCSVRefuses(t *testing.T) {
	rows := []struct{ name, file, want string }{
		{"empty", "", "t:1: no rows; want at least one line of numbers"},
		{"names alone", "x,y\n", "t:2: no rows; want at least one line of numbers"},
		{"NaN", "1,2\n3,NaN\n", `t:2: column 2: "NaN" is not a number; want a decimal number`},
		{"nan in the first line", "nan,nan\n1,2\n", `t:1: column 1: "nan" is not a number; want a decimal number`},
		{"infinity", "1\n\n-inf\n", `t:3: column 1: "-inf" is not a number; want a decimal number`},
		{"too large", "1\n1e39\n", `t:2: column 1: "1e39" is too large for a float32; want a decimal number`},
		{"too large in the first line", "1e39\n", `t:1: column 1: "1e39" is too large for a float32; want a decimal number`},
		{"hexadecimal", "1\n0x10\n", `t:2: column 1: "0x10" is not a number; want a decimal number`},
		{"underscore", "1\n1_0\n", `t:2: column 1: "1_0" is not a number; want a decimal number`},
		{"empty field", "1,2\n3,\n", `t:2: column 2: "" is not a number; want a decimal number`},
		{"word among numbers", "1,y\n", `t:1: column 2: "y" is not a number; want a decimal number`},
		{"short row", "1,2\r\n3\r\n", "t:2: 1 columns; want 2 as in the first line"},
		{"long row", "x,y\n1,2,3\n", "t:2: 3 columns; want 2 as in the first line"},
		{"open quote", "\"x,y\n1,2\n", "t:1: a quote without its end; want both on one line"},
		{"behind a quote", "\"x\"z,y\n1,2\n", `t:1: "z,y" behind a quoted field; want a comma`},
		{"many columns", strings.Repeat("1,", csvColsMax) + "1", "t:1: more than 4096 columns; want fewer"},
		{"a long line", strings.Repeat("1", lineMax+1), "t:1: a line of more than 1048576 bytes; want shorter lines"},
	}
	for _, r := range rows {
		n, err := ReadCSV("t", strings.NewReader(r.file))
		if err == nil || err.Error() != r.want || n != nil {
			t.Errorf("%s:\n got %v\nwant %s", r.name, err, r.want)
		}
	}
}

func TestReadText(t *testing.T) {
	file := []byte("ba\r\nb\u00e9\tb\n")
	both(t, file, func(t *testing.T, data []byte) {
		x, err := ReadText("t", bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if string(x.Symbols) != "\t\nab\u00e9" || fmt.Sprint(x.Codes) != "[3 2 1 3 4 0 3 1]" || x.SHA256 != Digest(file) {
			t.Errorf("got %q %v", string(x.Symbols), x.Codes)
		}
		if x.String() != "ba\nb\u00e9\tb\n" {
			t.Errorf("again: %q", x.String())
		}
	})
}

func TestReadTextRefuses(t *testing.T) {
	var many strings.Builder
	for c := rune(0x4e00); c <= 0x4e00+symbolsMax; c++ {
		if c >= 0xd800 {
			many.WriteRune(c + 0x10000)
			continue
		}
		many.WriteRune(c)
	}
	rows := []struct{ name, file, want string }{
		{"empty", "", "t:1: no text; want at least one character"},
		{"latin-1", "a\nb\xe9c", "t:2: the byte 0xe9 is not UTF-8; want plain text in UTF-8"},
		{"lone CR", "a\rb", "t:1: the control character 0x0d; want plain text"},
		{"zero", "a\n\n\x00", "t:3: the control character 0x00; want plain text"},
		{"delete", "\x7f", "t:1: the control character 0x7f; want plain text"},
		{"many characters", many.String(), "t:1: more than 32768 different characters; want fewer"},
		{"long", strings.Repeat("a", textBytesMax+1), "t: byte 33554433: more than 33554432 bytes of text; want a smaller file"},
	}
	for _, r := range rows {
		x, err := ReadText("t", strings.NewReader(r.file))
		if err == nil || err.Error() != r.want || x != nil {
			t.Errorf("%s:\n got %v\nwant %s", r.name, err, r.want)
		}
	}
}

func TestVerify(t *testing.T) {
	f := Files()[0]
	if err := f.Verify("x", f.SHA256); err != nil {
		t.Error(err)
	}
	data, digest, err := Uncompressed("x", bytes.NewReader(gz(t, []byte("abc"))))
	if err != nil || string(data) != "abc" || digest != "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" {
		t.Errorf("got %q %s %v", data, digest, err)
	}
	want := "x: SHA-256 " + digest + " of the uncompressed bytes; want " + f.SHA256 + "; the file may be damaged or another edition"
	if err := f.Verify("x", digest); err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
	if _, _, err := Uncompressed("x", bytes.NewReader(gz(t, []byte("abc"))[:20])); err == nil || err.Error() != "x: byte 3: the file ends early; want all of it" {
		t.Errorf("cut gzip: %v", err)
	}
}

func placed(t *testing.T, err error, file, mark string, empty bool) {
	if err == nil {
		return
	}
	if !empty || !strings.HasPrefix(err.Error(), file+":"+mark) && !strings.HasPrefix(err.Error(), file+": byte ") {
		t.Fatal(err)
	}
}

func FuzzIDX(f *testing.F) {
	f.Add(idx([]uint32{2, 2, 3}, make([]byte, 12)), idx([]uint32{2}, []byte{1, 2}))
	f.Add(idx([]uint32{1, 1, 1}, []byte{3}), gz(f, idx([]uint32{1}, []byte{11})))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		images, err := ReadIDX("a", bytes.NewReader(a))
		placed(t, err, "a", " byte", images == nil)
		labels, err2 := ReadIDX("b", bytes.NewReader(b))
		placed(t, err2, "b", " byte", labels == nil)
		if err != nil || err2 != nil {
			return
		}
		set, err := Join(images, labels, 10)
		if err == nil {
			for i := range set.Len() {
				if len(set.At(i)) != set.Rows*set.Cols || set.Labels[i] > 9 {
					t.Fatal("malformed set")
				}
			}
		}
	})
}

func FuzzUSPS(f *testing.F) {
	f.Add([]byte(zip("6.0000", 3, "-0.6310") + "\r\n" + zip("0", 255, ".5")))
	f.Add(gz(f, []byte(zip("1", 1, "-1.0000")+" \n")))
	f.Fuzz(func(t *testing.T, data []byte) {
		set, err := ReadUSPS("z", bytes.NewReader(data))
		placed(t, err, "z", "", set == nil)
		if err != nil {
			return
		}
		if set.Len() == 0 || len(set.Pixels) != 256*set.Len() {
			t.Fatal("malformed set")
		}
		for _, v := range set.Pixels {
			if v < set.Lo || v > set.Hi {
				t.Fatalf("level %d", v)
			}
		}
	})
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte("x,\"y\"\r\n1.5,-2e1\r\n+.25,\"4\""))
	f.Add(gz(f, []byte("1,2\n3,NaN\n")))
	f.Fuzz(func(t *testing.T, data []byte) {
		n, err := ReadCSV("t", bytes.NewReader(data))
		placed(t, err, "t", "", n == nil)
		if err != nil {
			return
		}
		if n.Rows() < 1 || n.Rows()*n.Cols != len(n.Values) || len(n.Names) != 0 && len(n.Names) != n.Cols {
			t.Fatal("malformed table")
		}
		for _, v := range n.Values {
			if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
				t.Fatalf("value %v", v)
			}
		}
	})
}

func FuzzText(f *testing.F) {
	f.Add([]byte("ba\r\nb\u00e9\tb\n"))
	f.Add([]byte("a\r\r\nb"))
	f.Add(gz(f, []byte("First Citizen:\nBefore we proceed")))
	f.Fuzz(func(t *testing.T, data []byte) {
		x, err := ReadText("t", bytes.NewReader(data))
		placed(t, err, "t", "", x == nil)
		if err != nil {
			return
		}
		again, err := ReadText("t", strings.NewReader(x.String()))
		if err != nil || again.String() != x.String() {
			t.Fatalf("read again: %v", err)
		}
	})
}
