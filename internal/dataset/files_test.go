package dataset

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// file reads a known file below the data folder of the environment; ok is
// false where there is no such folder.
func file(t testing.TB, f File) (data []byte, ok bool) {
	t.Helper()
	dir := os.Getenv("PERCEPTARIUM_DATA")
	if dir == "" {
		return nil, false
	}
	for _, path := range []string{filepath.Join(dir, f.Set, f.Name), filepath.Join(dir, f.Name)} {
		for _, ending := range []string{"", ".gz"} {
			raw, err := os.ReadFile(path + ending)
			if err != nil {
				continue
			}
			data, digest, err := Uncompressed(f.Name, bytes.NewReader(raw))
			if err == nil && f.Set != "text" {
				err = f.Verify(f.Name, digest)
			}
			if err != nil || int64(len(data)) != f.Bytes {
				t.Fatalf("%s: %d bytes, %v", path, len(data), err)
			}
			return raw, true
		}
	}
	t.Fatalf("%s has no %s/%s", dir, f.Set, f.Name)
	return nil, false
}

// counts is how many images of each class a set has.
func counts(set *Images) string {
	n := make([]int, set.Classes)
	for _, label := range set.Labels {
		n[label]++
	}
	return fmt.Sprint(n)
}

// TestZipCodes reads the zip-code files where they are present, and a file of
// its own of the same kind anyhow. The class counts are those that the set's
// description publishes.
func TestZipCodes(t *testing.T) {
	var own bytes.Buffer
	for d := range 20 {
		own.WriteString(zip(fmt.Sprintf("%d.0000", d%10), d, "0.1230") + " \n")
	}
	set, err := ReadUSPS("own", &own)
	if err != nil || counts(set) != "[2 2 2 2 2 2 2 2 2 2]" {
		t.Fatalf("own file: %v", err)
	}
	want := map[string]string{
		"zip.train": "[1194 1005 731 658 652 556 664 645 542 644]",
		"zip.test":  "[359 264 198 166 200 160 170 147 166 177]",
	}
	for _, f := range Files() {
		if f.Set != "usps" {
			continue
		}
		data, ok := file(t, f)
		if !ok {
			continue
		}
		set, err := ReadUSPS(f.Name, bytes.NewReader(data))
		if err != nil || counts(set) != want[f.Name] || set.SHA256[0] != f.SHA256 {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
}

func TestHandwrittenDigitFiles(t *testing.T) {
	images, err := ReadIDX("own images", bytes.NewReader(idx([]uint32{3, 28, 28}, make([]byte, 3*28*28))))
	if err != nil {
		t.Fatal(err)
	}
	labels, err := ReadIDX("own labels", bytes.NewReader(idx([]uint32{3}, []byte{5, 0, 4})))
	if err != nil {
		t.Fatal(err)
	}
	if set, err := Join(images, labels, 10); err != nil || set.Len() != 3 {
		t.Fatalf("own files: %v", err)
	}
	files := Files()
	for i, want := range []int{60_000, 10_000} {
		var pair [2]*IDX
		for k := range pair {
			data, ok := file(t, files[2*i+k])
			if !ok {
				return
			}
			if pair[k], err = ReadIDX(files[2*i+k].Name, bytes.NewReader(data)); err != nil {
				t.Fatal(err)
			}
		}
		set, err := Join(pair[0], pair[1], 10)
		if err != nil || set.Len() != want || set.Rows != 28 || set.Cols != 28 || set.SHA256[0] != files[2*i].SHA256 {
			t.Errorf("%s: %v", files[2*i].Name, err)
		}
	}
}

func TestCorpus(t *testing.T) {
	own, err := ReadText("own", bytes.NewReader([]byte("Speak, speak.\n")))
	if err != nil || len(own.Codes) != 14 {
		t.Fatalf("own text: %v", err)
	}
	f := Files()[6]
	data, ok := file(t, f)
	if !ok {
		return
	}
	x, err := ReadText(f.Name, bytes.NewReader(data))
	if err != nil || len(x.Codes) != 1115394 {
		t.Fatalf("%s: %v", f.Name, err)
	}
	symbols := 65
	if f.Verify(f.Name, x.SHA256) != nil {
		symbols = 64 // an edition without the dollar sign
	}
	if len(x.Symbols) != symbols {
		t.Errorf("%s has %d different characters, want %d", f.Name, len(x.Symbols), symbols)
	}
}

// TestRecognise knows a file by its bytes, and a text by its name too.
func TestRecognise(t *testing.T) {
	f, data, err := Recognise(`C:\down\tinyshakespeare.txt.gz`, bytes.NewReader(gz(t, []byte("Speak."))))
	if err != nil || f.Set != "text" || string(data) != "Speak." {
		t.Errorf("a text: %v, %v", f, err)
	}
	for name, want := range map[string]string{
		"zip.train":           "zip.train: SHA-256 ",
		"notes":               "notes: SHA-256 ",
		"tinyshakespeare.txt": "tinyshakespeare.txt:1: the control character 0x00; want plain text",
	} {
		if _, _, err := Recognise(name, bytes.NewReader([]byte("a\x00"))); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: got %v, want %s...", name, err, want)
		}
	}
	for _, f := range Files() {
		raw, ok := file(t, f)
		if !ok {
			return
		}
		if got, _, err := Recognise("another name", bytes.NewReader(raw)); f.Set != "text" && (err != nil || got != f) {
			t.Errorf("%s: %v, %v", f.Name, got, err)
		}
	}
}

// TestLook finds files in the folder of their set, directly, and with gzip on.
func TestLook(t *testing.T) {
	text := known("tinyshakespeare.txt")
	for _, row := range []struct {
		name  string
		files fs.FS
		path  string
		other bool
		wrong bool
	}{
		{"no folder", nil, "", false, false},
		{"nothing", fstest.MapFS{}, "", false, false},
		{"in its set", fstest.MapFS{"text/tinyshakespeare.txt": {Data: []byte("a")}}, "text/tinyshakespeare.txt", true, false},
		{"directly, gzip", fstest.MapFS{"tinyshakespeare.txt.gz": {Data: gz(t, []byte("a"))}}, "tinyshakespeare.txt.gz", true, false},
		{"cut", fstest.MapFS{"tinyshakespeare.txt.gz": {Data: gz(t, []byte("a"))[:15]}}, "tinyshakespeare.txt.gz", false, true},
		{"empty", fstest.MapFS{"tinyshakespeare.txt": {}}, "tinyshakespeare.txt", false, true},
	} {
		path, other, err := text.Look(row.files)
		if path != row.path || other != row.other || (err != nil) != row.wrong {
			t.Errorf("%s: %q, %v, %v", row.name, path, other, err)
		}
	}
}

func BenchmarkReadUSPS(b *testing.B) {
	var own bytes.Buffer
	for d := range 1000 {
		own.WriteString(zip(fmt.Sprintf("%d.0000", d%10), d%256, "0.1230") + " \n")
	}
	b.ReportAllocs()
	b.SetBytes(int64(own.Len()))
	for b.Loop() {
		if _, err := ReadUSPS("own", bytes.NewReader(own.Bytes())); err != nil {
			b.Fatal(err)
		}
	}
}
