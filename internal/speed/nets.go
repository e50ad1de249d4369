package speed

import "perceptarium/modern/model"

// trainings are training steps of whole nets.
func trainings() []job {
	var list []job
	for _, c := range model.Exercised {
		s, err := model.Read(c.Name, model.Text(c.Name))
		if err != nil {
			panic("speed: a named net cannot be read")
		}
		work, err := s.Work(c.Batch)
		if err != nil {
			panic("speed: a named net cannot be planned")
		}
		list = append(list, job{"train-" + c.Name, 1, c.Batch, 1, 2 * float64(work), func() (func(), func()) {
			step, err := s.Exercise(c.Batch)
			if err != nil {
				panic("speed: a named net cannot be built")
			}
			return func() {
				for i := range step {
					step[i].Run()
				}
			}, nil
		}})
	}
	return list
}
