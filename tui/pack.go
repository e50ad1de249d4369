package tui

// parcel is a panel that wants a place: the sizes it may have, from the fullest
// to the smallest, its title line included.
type parcel struct {
	target target
	sizes  []option
	at     int // the size that is tried
}

// option is a size, and what a reader misses at it.
type option struct {
	size
	loss float64
}

// place is where a panel stands, its title line included.
type place struct {
	target     target
	x, y, w, h int
}

// paginate fills pages with parcels, in their order: each page takes as many as
// fit on it, the more the smaller they are drawn.
func paginate(list []parcel, room size) (pages [][]place, loss float64) {
	for i := range list {
		list[i].sizes = fitting(list[i].sizes, room)
	}
	for len(list) > 0 {
		n := len(list)
		page := fill(list[:n], room)
		for page == nil && n > 1 {
			n--
			page = fill(list[:n], room)
		}
		if page == nil {
			page = []place{{list[0].target, 0, 0, room.w, room.h}}
		}
		pages = append(pages, page)
		for i := range list[:n] {
			loss += list[i].sizes[list[i].at].loss
		}
		list = list[n:]
	}
	return pages, loss
}

// fitting leaves out the sizes that are larger than the room; where all are,
// the panel gets what there is.
func fitting(sizes []option, room size) (list []option) {
	for _, s := range sizes {
		if s.w <= room.w && s.h <= room.h {
			list = append(list, s)
		}
	}
	if list == nil {
		list = []option{{size: room}}
	}
	return list
}

// fill places all parcels, each at the fullest size at which they all fit: as
// long as they do not, one of them takes less, the one at which a reader misses
// the least for the room that it saves. It returns nil where they do not fit
// without a reader missing too much; then fewer should share a page.
func fill(list []parcel, room size) []place {
	for i := range list {
		list[i].at = 0
	}
	for {
		if places := pack(list, room); places != nil {
			stretch(places, room)
			return places
		}
		if !shrink(list, len(list) > 1) {
			return nil
		}
	}
}

// lossMax is the most that a reader should miss of a panel that shares a page.
const lossMax = 1.2

func shrink(list []parcel, shared bool) bool {
	best, least := -1, 0.0
	for i := range list {
		p := &list[i]
		if p.at+1 >= len(p.sizes) {
			continue
		}
		from, to := p.sizes[p.at], p.sizes[p.at+1]
		if shared && to.loss > max(lossMax, p.sizes[0].loss) {
			continue
		}
		saved := max(from.w*from.h-to.w*to.h, 1)
		price := (max(to.loss-from.loss, 0) + 0.02) / float64(saved)
		if best < 0 || price < least {
			best, least = i, price
		}
	}
	if best >= 0 {
		list[best].at++
	}
	return best >= 0
}

// pack puts each parcel as far up as it goes, then as far left, beside and below
// those before it.
func pack(list []parcel, room size) []place {
	var places []place
	for i := range list {
		s := list[i].sizes[list[i].at]
		spot, ok := lowest(places, s.size, room)
		if !ok {
			return nil
		}
		places = append(places, place{list[i].target, spot.w, spot.h, s.w, s.h})
	}
	return places
}

// lowest is the highest and then leftmost spot at which a panel of that size
// meets no other. Spots begin at the room's edges and at those of other panels.
func lowest(places []place, s, room size) (size, bool) {
	best, ok := size{}, false // its x and y
	for i := -1; i < len(places); i++ {
		for j := -1; j < len(places); j++ {
			var x, y int
			if i >= 0 {
				x = places[i].x + places[i].w + gapColumns
			}
			if j >= 0 {
				y = places[j].y + places[j].h
			}
			if x+s.w > room.w || y+s.h > room.h || meets(places, place{x: x, y: y, w: s.w, h: s.h}) {
				continue
			}
			if !ok || y < best.h || y == best.h && x < best.w {
				best, ok = size{x, y}, true
			}
		}
	}
	return best, ok
}

func meets(places []place, p place) bool {
	for _, o := range places {
		if p.x < o.x+o.w+gapColumns && o.x < p.x+p.w+gapColumns && p.y < o.y+o.h && o.y < p.y+p.h {
			return true
		}
	}
	return false
}

// stretch lets each panel grow to the right and downwards until it meets
// another, so that no gap is left.
func stretch(places []place, room size) {
	for i := range places {
		p := &places[i]
		p.w = room.w - p.x
		for j, o := range places {
			if j != i && o.x > p.x && o.y < p.y+p.h && p.y < o.y+o.h {
				p.w = min(p.w, o.x-gapColumns-p.x)
			}
		}
	}
	for i := range places {
		p := &places[i]
		p.h = room.h - p.y
		for j, o := range places {
			if j != i && o.y > p.y && o.x < p.x+p.w && p.x < o.x+o.w {
				p.h = min(p.h, o.y-p.y)
			}
		}
	}
}
