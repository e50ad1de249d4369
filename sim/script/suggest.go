package script

import "perceptarium/sim"

// Unknown says that there is no such name, suggests the nearest one, and lists
// the valid ones.
func Unknown(what, name string, valid []string) string { return sim.Unknown(what, name, valid) }
