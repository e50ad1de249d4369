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

// crowding is what a panel may cost those that share its page.
const crowding = 0.5

// paginate fills pages with parcels, in their order. A page takes one more as
// long as that does not make the others much smaller.
func paginate(list []parcel, room size) (pages [][]place, loss float64) {
	for i := range list {
		list[i].sizes = fitting(list[i].sizes, room)
	}
	for len(list) > 0 {
		page, n, missed := []place{{list[0].target, 0, 0, room.w, room.h}}, 1, list[0].sizes[0].loss
		for more := 1; more <= len(list); more++ {
			next, lost := fill(list[:more], room)
			if next == nil || more > 1 && lost-missed > list[more-1].sizes[0].loss+crowding {
				break
			}
			page, n, missed = next, more, lost
		}
		page, missed = improve(list[:n], room, page, missed)
		pages, list, loss = append(pages, page), list[n:], loss+missed
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
func fill(list []parcel, room size) (places []place, loss float64) {
	for i := range list {
		list[i].at = 0
	}
	for {
		if places := pack(list, room); places != nil {
			stretch(places, room)
			for i := range list {
				loss += list[i].sizes[list[i].at].loss
			}
			return places, loss
		}
		if !shrink(list, len(list) > 1) {
			return nil, 0
		}
	}
}

// improve looks for a better page with the same parcels: one of them fuller, and
// if need be another less so. The sizes are those that fill has found.
func improve(list []parcel, room size, page []place, missed float64) ([]place, float64) {
	if again, lost := fill(list, room); again == nil || lost != missed {
		return page, missed
	}
	for range improvementsMax {
		places, gain := better(list, room)
		if places == nil {
			break
		}
		page, missed = places, missed-gain
	}
	return page, missed
}

const improvementsMax = 8

// better finds the first exchange of sizes that gains something, and makes it.
func better(list []parcel, room size) ([]place, float64) {
	for i := range list {
		was := list[i].at
		for list[i].at = 0; list[i].at < was; list[i].at++ {
			gain := list[i].sizes[was].loss - list[i].sizes[list[i].at].loss
			if gain <= 0 {
				continue
			}
			if places, cost := exchange(list, i, room, gain); places != nil {
				stretch(places, room)
				return places, gain - cost
			}
		}
		list[i].at = was
	}
	return nil, 0
}

// exchange packs with parcel i as it is, if need be with another at a size that
// costs less than the gain.
func exchange(list []parcel, i int, room size, gain float64) ([]place, float64) {
	if places := pack(list, room); places != nil {
		return places, 0
	}
	for j := range list {
		if j == i {
			continue
		}
		was := list[j].at
		for at := range list[j].sizes {
			cost := list[j].sizes[at].loss - list[j].sizes[was].loss
			if at == was || cost >= gain || list[j].sizes[at].loss > max(lossMax, list[j].sizes[0].loss) {
				continue
			}
			list[j].at = at
			if places := pack(list, room); places != nil {
				return places, cost
			}
		}
		list[j].at = was
	}
	return nil, 0
}

// lossMax is the most that a reader should miss of a panel that shares a page.
const lossMax = 0.7

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
			if j != i && o.y > p.y && o.x < p.x+p.w+gapColumns && p.x < o.x+o.w+gapColumns {
				p.h = min(p.h, o.y-p.y)
			}
		}
	}
}
