package dataset

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func gz(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func encodePNG(t testing.TB, im image.Image) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, im); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// ramp is a 3 x 2 picture whose levels are 0, 51 ... 255.
func ramp() *image.Gray {
	im := image.NewGray(image.Rect(0, 0, 3, 2))
	for i := range 6 {
		im.Pix[i] = uint8(51 * i)
	}
	return im
}

func TestPicturesOfEveryFormat(t *testing.T) {
	colours := image.NewNRGBA(image.Rect(5, 5, 8, 7))
	colours.SetNRGBA(5, 5, color.NRGBA{255, 0, 0, 255})
	colours.SetNRGBA(6, 5, color.NRGBA{0, 255, 0, 255})
	colours.SetNRGBA(7, 5, color.NRGBA{0, 0, 255, 255})
	colours.SetNRGBA(5, 6, color.NRGBA{255, 255, 255, 255})
	colours.SetNRGBA(6, 6, color.NRGBA{0, 0, 0, 0})
	colours.SetNRGBA(7, 6, color.NRGBA{0, 0, 0, 128})
	deep := image.NewGray16(image.Rect(0, 0, 3, 2))
	for i := range 6 {
		deep.SetGray16(i%3, i/3, color.Gray16{uint16(i * 13107)})
	}
	plain := []int64{0, 51, 102, 153, 204, 255}
	rows := []struct {
		name, file string
		want       []int64
	}{
		{"P1", "P1\n3 2\n1 0 1\n010\n", []int64{0, 255, 0, 255, 0, 255}},
		{"P1 comments, no blanks", "P1#what\r\n# 3 2\r\n3 #w\n2\n1#1\n01010", []int64{0, 255, 0, 255, 0, 255}},
		{"P2", "P2 3 2 5\n0 1 2\n3 4 5\n", plain},
		{"P2 CRLF, no last blank", "P2\r\n3 2\r\n65535\r\n0 13107 26214\r\n39321 52428 65535", plain},
		{"P4", "P4\n3 2\n\xa0\x5f", []int64{0, 255, 0, 255, 0, 255}},
		{"P4 two bytes a row", "P4 9 1\n\x80\x80", []int64{0, 255, 255, 255, 255, 255, 255, 255, 0}},
		{"P5", "P5 3 2 255 \x00\x33\x66\x99\xcc\xff\n", plain},
		{"P5 small", "P5 3 2 5\n\x00\x01\x02\x03\x04\x05", plain},
		{"P5 16 bits", "P5 3 2 1275\n\x00\x00\x00\xff\x01\xfe\x02\xfd\x03\xfc\x04\xfb", plain},
		{"PNG grey", encodePNG(t, ramp()), plain},
		{"PNG 16 bits", encodePNG(t, deep), plain},
		{"PNG colours and alpha", encodePNG(t, colours), []int64{76, 150, 29, 255, 255, 127}},
		{"PNG palette", encodePNG(t, &image.Paletted{Pix: []uint8{0, 1, 1, 0, 0, 1}, Stride: 3, Rect: image.Rect(0, 0, 3, 2), Palette: color.Palette{color.Black, color.White}}), []int64{0, 255, 255, 0, 0, 255}},
	}
	for _, r := range rows {
		for _, packed := range []bool{false, true} {
			data := []byte(r.file)
			if packed {
				data = gz(t, data)
			}
			im, err := ReadImage("card", bytes.NewReader(data))
			if err != nil {
				t.Errorf("%s: %v", r.name, err)
				continue
			}
			if got := im.Scale(im.Rows, im.Cols).Cells; fmt.Sprint(got) != fmt.Sprint(r.want) {
				t.Errorf("%s: got %v, want %v", r.name, got, r.want)
			}
		}
	}
}

func TestPicturesThatCannotBeRead(t *testing.T) {
	whole := encodePNG(t, ramp())
	huge := strings.Replace(whole, "\x00\x00\x00\x03\x00\x00\x00\x02", "\x7f\x00\x00\x03\x7f\x00\x00\x02", 1)
	wide := encodePNG(t, image.NewGray(image.Rect(0, 0, 4097, 1)))
	packed := string(gz(t, bytes.Repeat([]byte("P5 1 1 255 "), 1000)))
	rows := []struct{ name, file, want string }{
		{"empty", "", "card: byte 0: the file is empty; want PBM or PGM (P1, P2, P4, P5) or PNG"},
		{"one byte", "P", `card: byte 0: this begins with "P", not as a picture does; want PBM or PGM (P1, P2, P4, P5) or PNG`},
		{"JPEG", "\xff\xd8\xff\xe0....JFIF", "card: byte 0: this is a JPEG picture; want PBM or PGM (P1, P2, P4, P5) or PNG"},
		{"PPM", "P6 1 1 255 abc", "card: byte 0: this is a colour picture (PPM); want PBM or PGM (P1, P2, P4, P5) or PNG"},
		{"header only", "P5", "card: byte 2: the file ends early; want all of it"},
		{"no height", "P5 3", "card: byte 4: the file ends early; want all of it"},
		{"word for width", "P5 x", `card: byte 4: 'x' where the width should be; want a whole number`},
		{"negative", "P2 -3 2 5", `card: byte 4: '-' where the width should be; want a whole number`},
		{"zero", "P2 0 2 5", "card: byte 7: 0 x 2 pixels; want 1..4096 on a side and at most 4194304 in all"},
		{"too wide", "P2 4097 2 5", "card: byte 7: the width is more than 4096; want at most that"},
		{"far too wide", "P2 99999999999999999999 2 5", "card: byte 7: the width is more than 4096; want at most that"},
		{"too many", "P4 4096 4096\n", "card: byte 13: 4096 x 4096 pixels; want 1..4096 on a side and at most 4194304 in all"},
		{"maxval 0", "P2 3 2 0\n", "card: byte 9: the largest level is 0; want 1..65535"},
		{"maxval 65536", "P2 3 2 65536\n", "card: byte 12: the largest level is more than 65535; want at most that"},
		{"no blank", "P4 3 2x", `card: byte 7: 'x' after the height; want a blank`},
		{"level above maxval", "P2 3 2 5\n0 1 6 2 2 2", "card: byte 14: a level is more than 5; want at most that"},
		{"packed level above maxval", "P5 3 2 5\n\x01\x02\x06\x01\x01\x01", "card: byte 12: a level of 6 in the row before this; want at most 5"},
		{"P1 with 2", "P1 3 2 010 12", `card: byte 13: '2' where a pixel should be; want 0 or 1`},
		{"P1 short", "P1 3 2 010 1", "card: byte 12: the file ends early; want all of it"},
		{"P2 short", "P2 3 2 5 1 2 3 4 5", "card: byte 18: the file ends early; want all of it"},
		{"P4 short", "P4 9 2\n\x80\x80\x80", "card: byte 10: the file ends early; want all of it"},
		{"P5 short, huge promise", "P5 2048 2048 65535\nab", "card: byte 21: the file ends early; want all of it"},
		{"more", "P2 1 1 5 3 4", "card: byte 12: more data after the last row; want one picture in the file"},
		{"PNG magic only", pngMagic, "card: byte 8: the file ends early; want all of it"},
		{"PNG cut", whole[:len(whole)-20], "card: byte 57: the PNG cannot be read (png: invalid format: unexpected EOF); want an intact one"},
		{"PNG false size", huge, "card: byte 29: the PNG cannot be read (png: unsupported feature: dimension overflow); want an intact one"},
		{"PNG too wide", wide, "card: byte 33: 4097 x 1 pixels; want 1..4096 on a side and at most 4194304 in all"},
		{"gzip cut", packed[:30], "card: byte 0: the file ends early; want all of it"},
		{"gzip head only", "\x1f\x8b", "card: byte 0: the file ends early; want all of it"},
		{"gzip damaged", packed[:20] + "\xff\xff\xff\xff" + packed[24:], "gzip data are damaged"},
	}
	for _, r := range rows {
		im, err := ReadImage("card", strings.NewReader(r.file))
		if err == nil || !strings.Contains(err.Error(), r.want) || im != nil {
			t.Errorf("%s:\n got %v\nwant %s", r.name, err, r.want)
		}
	}
}

// zeros is an endless file.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func TestEndlessFileIsRefused(t *testing.T) {
	s, err := open("bomb", io.MultiReader(strings.NewReader("P2 1 1 5 #"), zeros{}))
	if err != nil {
		t.Fatal(err)
	}
	s.tap.n = bytesMax - 10_000 // as if so much had been read before
	_, err = s.pnm()
	if err == nil || !strings.HasSuffix(err.Error(), errTooLong.Error()) {
		t.Errorf("got %v", err)
	}
}

// TestScaleIsTheExactMean compares with rational arithmetic over the continuous
// picture.
func TestScaleIsTheExactMean(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		im := &Image{Rows: rapid.IntRange(1, 40).Draw(t, "rows"), Cols: rapid.IntRange(1, 40).Draw(t, "cols"), Max: rapid.IntRange(1, 65535).Draw(t, "max")}
		for range im.Rows * im.Cols {
			im.Levels = append(im.Levels, uint16(rapid.IntRange(0, im.Max).Draw(t, "level")))
		}
		rows, cols := rapid.IntRange(1, 25).Draw(t, "to rows"), rapid.IntRange(1, 25).Draw(t, "to cols")
		p := im.Scale(rows, cols)
		r, c := rapid.IntRange(0, rows-1).Draw(t, "row"), rapid.IntRange(0, cols-1).Draw(t, "col")
		sum := new(big.Rat)
		for y := range im.Rows {
			for x := range im.Cols {
				area := new(big.Rat).Mul(overlap(y, im.Rows, r, rows), overlap(x, im.Cols, c, cols))
				sum.Add(sum, area.Mul(area, big.NewRat(int64(im.Levels[y*im.Cols+x]), 1)))
			}
		}
		mean := sum.Mul(sum, big.NewRat(int64(rows*cols)*LevelMax, int64(im.Max)))
		rounded := mean.Add(mean, big.NewRat(1, 2))
		want := new(big.Int).Quo(rounded.Num(), rounded.Denom())
		if got := p.Cells[r*cols+c]; got != want.Int64() {
			t.Fatalf("cell %d,%d is %d, want %d", r, c, got, want)
		}
	})
}

// overlap is the length that interval i of n equal ones in 0..1 shares with
// interval k of m.
func overlap(i, n, k, m int) *big.Rat {
	lo, hi := big.NewRat(int64(i), int64(n)), big.NewRat(int64(i+1), int64(n))
	if a := big.NewRat(int64(k), int64(m)); a.Cmp(lo) > 0 {
		lo = a
	}
	if b := big.NewRat(int64(k+1), int64(m)); b.Cmp(hi) < 0 {
		hi = b
	}
	if hi.Cmp(lo) <= 0 {
		return new(big.Rat)
	}
	return hi.Sub(hi, lo)
}

func TestScaleKeepsWhiteWhite(t *testing.T) {
	im := &Image{Rows: 2048, Cols: 2048, Max: 65535, Levels: make([]uint16, 2048*2048)}
	for i := range im.Levels {
		im.Levels[i] = 65535
	}
	p := im.Scale(20, 20)
	for i, v := range p.Cells {
		if v != LevelMax {
			t.Fatalf("cell %d is %d", i, v)
		}
	}
	p.Invert()
	if p.Cells[0] != 0 || p.Cells[399] != 0 {
		t.Error("inverted white is not black")
	}
}

// FuzzImage: any file gives a picture of its stated measures or an error.
func FuzzImage(f *testing.F) {
	for _, s := range []string{"P1\n3 2\n1 0 1\n010\n", "P2 3 2 5\n0 1 2\n3 4 5\n", "P4 9 1\n\x80\x80", "P5 3 2 255 \x00\x33\x66\x99\xcc\xff\n", "P5 3 1 500\n\x00\x01\x00\x02\x00\x03", encodePNG(f, ramp())} {
		f.Add([]byte(s))
		f.Add(gz(f, []byte(s)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		im, err := ReadImage("card", bytes.NewReader(data))
		if err != nil {
			if im != nil || !strings.HasPrefix(err.Error(), "card: byte ") {
				t.Fatal(err)
			}
			return
		}
		if len(im.Levels) != im.Rows*im.Cols || len(im.Levels) > imageCellsMax {
			t.Fatalf("%d x %d with %d levels", im.Rows, im.Cols, len(im.Levels))
		}
		for _, v := range im.Scale(20, 20).Cells {
			if v < 0 || v > LevelMax {
				t.Fatalf("level %d", v)
			}
		}
	})
}

func BenchmarkReadPNG(b *testing.B) {
	file := encodePNG(b, image.NewGray(image.Rect(0, 0, 640, 480)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ReadPicture("card", strings.NewReader(file), 20, 20); err != nil {
			b.Fatal(err)
		}
	}
}
