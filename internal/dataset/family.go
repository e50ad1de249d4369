package dataset

import "slices"

// Relations are the twelve relations of the family trees, in the order of the
// table's inputs.
var relations = [...]string{"father", "mother", "husband", "wife", "son", "daughter", "uncle", "aunt", "brother", "sister", "nephew", "niece"}

// people are the members of the two families, tree by tree, in the order of the
// table's inputs and outputs. Those at the same place of either tree are alike.
var people = [2][12]string{
	{"Christopher", "Penelope", "Andrew", "Christine", "Margaret", "Arthur", "Victoria", "James", "Jennifer", "Charles", "Colin", "Charlotte"},
	{"Roberto", "Maria", "Pierro", "Francesca", "Gina", "Emilio", "Lucia", "Marco", "Angela", "Tomaso", "Alfonso", "Sophia"},
}

// The facts of one tree by place in people. A man stands first in a marriage.
var (
	marriages = [...][2]int{{0, 1}, {2, 3}, {5, 4}, {7, 6}, {9, 8}}
	children  = [...]struct{ father, mother, son, daughter int }{{0, 1, 5, 6}, {2, 3, 7, 8}, {7, 6, 10, 11}}
	women     = [...]int{1, 3, 4, 6, 8, 11}
)

// FamilyNames are the names of the 24 people and of the 12 relations, as the
// inputs and outputs of FamilyTrees count them.
func FamilyNames() (persons, kinds []string) {
	for _, tree := range people {
		persons = append(persons, tree[:]...)
	}
	return persons, slices.Clone(relations[:])
}

// FamilyTrees is the table of the two isomorphic family trees (Rumelhart, Hinton
// and Williams 1986): 24 inputs for a person, 12 for a relation; wanted are all
// who stand in that relation to the person, among 24. Its 104 rows are the
// questions that have an answer, person by person; aunts and uncles by marriage
// count.
func FamilyTrees() *Table {
	t := plainTable("family trees", 36, 24)
	for tree := range people {
		for person := range people[tree] {
			for kind := range relations {
				who := related(kind, person)
				if len(who) == 0 {
					continue
				}
				x, y := make([]int64, 36), make([]int64, 24)
				x[12*tree+person], x[24+kind] = 1, 1
				for _, p := range who {
					y[12*tree+p] = 1
				}
				t.X, t.Y = append(t.X, x...), append(t.Y, y...)
			}
		}
	}
	return t
}

// related lists who stands in a relation to a person: for an even kind the men,
// for an odd one the women, of the group that the pair of kinds names. Husband
// and wife are one pair, and so on.
func related(kind, person int) (who []int) {
	var group []int
	switch kind / 2 {
	case 0:
		group = parents(person)
	case 1:
		group = spouses(person)
	case 2:
		group = offspring(person)
	case 3:
		group = withSpouses(siblings(parents(person)...))
	case 4:
		group = siblings(person)
	case 5:
		group = offspring(siblings(append(spouses(person), person)...)...)
	}
	for _, p := range group {
		if slices.Contains(women[:], p) == (kind%2 == 1) && !slices.Contains(who, p) {
			who = append(who, p)
		}
	}
	return who
}

func parents(person int) []int {
	for _, c := range children {
		if c.son == person || c.daughter == person {
			return []int{c.father, c.mother}
		}
	}
	return nil
}

func offspring(persons ...int) (list []int) {
	for _, c := range children {
		if slices.Contains(persons, c.father) || slices.Contains(persons, c.mother) {
			list = append(list, c.son, c.daughter)
		}
	}
	return list
}

func siblings(persons ...int) (list []int) {
	for _, c := range children {
		if slices.Contains(persons, c.son) {
			list = append(list, c.daughter)
		}
		if slices.Contains(persons, c.daughter) {
			list = append(list, c.son)
		}
	}
	return list
}

func spouses(persons ...int) (list []int) {
	for _, m := range marriages {
		if slices.Contains(persons, m[0]) {
			list = append(list, m[1])
		}
		if slices.Contains(persons, m[1]) {
			list = append(list, m[0])
		}
	}
	return list
}

func withSpouses(persons []int) []int { return append(persons, spouses(persons...)...) }
