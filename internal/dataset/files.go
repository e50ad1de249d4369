package dataset

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
)

// File is one file of a data set that is not part of this program.
type File struct {
	Set, Name string // the folder and the file where it is looked for; gzip adds ".gz"
	Bytes     int64  // of the uncompressed file
	SHA256    string // of the uncompressed file
	Doc       string
	From      string // where it can be had
}

// Files lists the known files, set by set. The digests of the digits were
// measured on copies; that of the text is the published one: copies of the same
// length in which a character is changed go round.
func Files() []File {
	const (
		mnist = "https://ossci-datasets.s3.amazonaws.com/mnist/ (LeCun, Cortes and Burges; a mirror of yann.lecun.com/exdb/mnist)"
		usps  = "https://hastie.su.domains/ElemStatLearn/data.html (zip codes; with The Elements of Statistical Learning)"
		text  = "https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/input.txt"
	)
	return []File{
		{"mnist", "train-images-idx3-ubyte", 47040016, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db", "60,000 handwritten digits of 28 x 28 pixels", mnist},
		{"mnist", "train-labels-idx1-ubyte", 60008, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5", "their labels", mnist},
		{"mnist", "t10k-images-idx3-ubyte", 7840016, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7", "10,000 handwritten digits for tests", mnist},
		{"mnist", "t10k-labels-idx1-ubyte", 10008, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2", "their labels", mnist},
		{"usps", "zip.train", 14512253, "abc9f5c75b997cabe66b5d01727d5a681c69298e1641a8d37b55433a52129dc0", "7,291 zip-code digits of 16 x 16 pixels (LeCun et al. 1989)", usps},
		{"usps", "zip.test", 2029542, "6bde17b4f1cd68e0630cd2751d6495b5795d9165ab2dc4a0be8b7002b732f4cc", "2,007 zip-code digits for tests", usps},
		{"text", "tinyshakespeare.txt", 1115394, "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed", "speeches from Shakespeare's plays", text},
	}
}

// Uncompressed reads a whole file, takes gzip off where it is on, and returns
// the bytes with their SHA-256.
func Uncompressed(name string, r io.Reader) (data []byte, digest string, err error) {
	s, err := open(name, r)
	if err != nil {
		return nil, "", err
	}
	if data, err = io.ReadAll(s); err != nil {
		return nil, "", s.at(err)
	}
	return data, s.digest(), nil
}

// Verify says whether a file's digest is the one that is known; the error
// names both.
func (f File) Verify(name, digest string) error {
	if digest != f.SHA256 {
		return fmt.Errorf("%s: SHA-256 %s of the uncompressed bytes; want %s; the file may be damaged or another edition", name, digest, f.SHA256)
	}
	return nil
}

// paths is where a file may lie in the folder of data: in the folder of its
// set, or directly, with gzip on or without.
func (f File) paths() []string {
	return []string{f.Path(), f.Path() + gzEnding, f.Name, f.Name + gzEnding}
}

const gzEnding = ".gz"

// Path is where the file belongs in the folder of data, uncompressed.
func (f File) Path() string { return f.Set + "/" + f.Name }

// find says where the file lies, whatever its state.
func (f File) find(files fs.FS) (name string, ok bool) {
	for _, name := range f.paths() {
		if _, err := fs.Stat(files, name); err == nil {
			return name, true
		}
	}
	return "", false
}

// open opens a known file, plain or with gzip on.
func (f File) open(files fs.FS) (name string, r fs.File, err error) {
	if files == nil {
		return "", nil, fmt.Errorf("the file %s is not part of this program and no folder of data is given; want --data DIR or PERCEPTARIUM_DATA with %s in it", f.Name, f.Path())
	}
	for _, name := range f.paths() {
		r, err := files.Open(name)
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return name, r, err
		}
	}
	return "", nil, fmt.Errorf("the folder of data has no %s, with or without .gz; it can be had from %s", f.Path(), f.From)
}

// AnyEdition reports whether copies that differ here and there are taken too.
func (f File) AnyEdition() bool { return f.Set == "text" }

// Look reads a known file, if it is there: where it lies, empty where it does
// not; whether it is another edition, good all the same; and what is wrong.
func (f File) Look(files fs.FS) (name string, other bool, err error) {
	if files == nil {
		return "", false, nil
	}
	name, ok := f.find(files)
	if !ok {
		return "", false, nil
	}
	r, err := files.Open(name)
	if err != nil {
		return name, false, err
	}
	defer r.Close()
	data, digest, err := Uncompressed(name, r)
	if err != nil {
		return name, false, err
	}
	other, err = f.accepts(name, data, digest)
	return name, other, err
}

// accepts holds a file against what is known of it.
func (f File) accepts(name string, data []byte, digest string) (other bool, err error) {
	if err := f.Verify(name, digest); err == nil || !f.AnyEdition() {
		return false, err
	}
	_, err = ReadText(name, bytes.NewReader(data))
	return err == nil, err
}

// baseOf is a file's name without folders and .gz, as any system writes it.
func baseOf(name string) string {
	return strings.TrimSuffix(path.Base(strings.ReplaceAll(name, "\\", "/")), gzEnding)
}

// ErrUnknownFile is what Recognise returns, in other words, for a file that is
// none of the known ones.
var ErrUnknownFile = errors.New("is that of no known file")

// Recognise reads a file that somebody has, plain or with gzip on, and says
// which known file it is: by its bytes, whatever its name, or by its name, if
// its bytes will do.
func Recognise(name string, r io.Reader) (f File, data []byte, err error) {
	data, digest, err := Uncompressed(name, r)
	if err != nil {
		return File{}, nil, err
	}
	base := baseOf(name)
	var names []string
	for _, f := range Files() {
		if f.SHA256 == digest {
			return f, data, nil
		}
		names = append(names, f.Name)
	}
	for _, f := range Files() {
		if f.Name == base {
			_, err := f.accepts(name, data, digest)
			return f, data, err
		}
	}
	return File{}, data, fmt.Errorf("%s: SHA-256 %s of the uncompressed bytes %w (%s), and no table with the ending .csv", name, digest, ErrUnknownFile, strings.Join(names, ", "))
}
