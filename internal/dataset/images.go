package dataset

import (
	"fmt"

	"perceptarium/sim/rng"
)

// Images are labelled pictures in shades of grey.
type Images struct {
	Rows, Cols int
	Lo, Hi     int16   // the levels of bare ground and of full ink
	Pixels     []int16 // [Len][Rows][Cols], row-major, each in Lo..Hi
	Classes    int
	Labels     []uint8  // [Len], each below Classes
	SHA256     []string // of the uncompressed files it came from; empty where it was generated
}

// Len is the number of images.
func (im *Images) Len() int { return len(im.Labels) }

// At returns the pixels [Rows][Cols] of one image; they are not a copy.
func (im *Images) At(i int) []int16 {
	n := im.Rows * im.Cols
	return im.Pixels[i*n : (i+1)*n : (i+1)*n]
}

// Scaled is the set with images of rows x cols, by exact area, each level
// rounded once, halves up. It panics if rows or cols is not positive.
func (im *Images) Scaled(rows, cols int) *Images {
	scale := newScaler(im.Rows, im.Cols, rows, cols)
	set := *im
	set.Rows, set.Cols = rows, cols
	set.Pixels = make([]int16, 0, im.Len()*rows*cols)
	for i := range im.Len() {
		one := im.At(i)
		for _, sum := range scale.sums(func(k int) int64 { return int64(one[k]) - int64(im.Lo) }) {
			set.Pixels = append(set.Pixels, int16(scale.mean(sum)+int64(im.Lo)))
		}
	}
	return &set
}

// Split shuffles the images and divides them: n into the first set, the rest
// into the second. Neither shares memory with im.
func (im *Images) Split(n int, seed uint64) (first, second *Images, err error) {
	if n < 0 || n > im.Len() {
		return nil, nil, fmt.Errorf("%d of %d images; want 0..%d", n, im.Len(), im.Len())
	}
	order := make([]int32, im.Len())
	st := rng.New(seed).Stream("images.split")
	st.Perm(order)
	return im.pick(order[:n]), im.pick(order[n:]), nil
}

// pick is the set of some images, in that order.
func (im *Images) pick(list []int32) *Images {
	set := *im
	set.Pixels, set.Labels = make([]int16, 0, len(list)*im.Rows*im.Cols), make([]uint8, 0, len(list))
	for _, i := range list {
		set.Pixels = append(set.Pixels, im.At(int(i))...)
		set.Labels = append(set.Labels, im.Labels[i])
	}
	return &set
}
