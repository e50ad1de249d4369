package script

import "perceptarium/sim"

// unknown says that there is no such name, suggests the nearest one, and lists
// the valid ones.
func unknown(what, name string, valid []string) string { return sim.Unknown(what, name, valid) }
