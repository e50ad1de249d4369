package era

// macFLOP is how many floating-point operations a multiply-add counts.
const macFLOP = 2

func read(v float64) Figure     { return Figure{v, Read} }
func computed(v float64) Figure { return Figure{v, Computed} }
func measured(v float64) Figure { return Figure{v, Measured} }
func recalled(v float64) Figure { return Figure{v, Recalled} }
func weak(v float64) Figure     { return Figure{v, Weak} }

// Sizes of memories.
const (
	kB = 1e3
	mB = 1e6
	gB = 1e9
)

// Table lists the computers by year.
//
// Shares: 1 where the peak is itself the measured rate of a run; else what a
// published run implies, or the usual share of its kind (history, section 36).
func Table() []Computer {
	var list []Computer
	list = append(list, firstComputers()...)
	list = append(list, workstations()...)
	return append(list, accelerators()...)
}

func firstComputers() []Computer {
	return []Computer{
		{Key: "neuron", Name: "McCulloch-Pitts neuron", Year: 1943, Watts: recalled(20),
			Note: "for scale: a unit of delay is a synaptic delay of 0.5 to 1 ms; the power is that of a brain"},
		{Key: "ibm-704", Name: "IBM 704", Year: 1955, Peak: computed(macFLOP / 288e-6), Share: read(1), Memory: recalled(32_768 * 36 / 8), Watts: weak(75e3), Dollar: read(2e6),
			Note: "add 84 us and multiply 204 us, so a multiply-add takes at least 288 us; 4 to 32 K words of 36 bits"},
		{Key: "mark-one", Name: "Mark I Perceptron", Year: 1960,
			Note: "512 analogue weights in parallel, moved by motors; no rate was published"},
		{Key: "cray-1", Name: "Cray-1", Year: 1976, Peak: read(160e6), Share: computed(1), Memory: recalled(8 * mB), Watts: read(115e3), Dollar: read(5e6),
			Note: "at its peak, 64 bit; $5 to 8.8 million"},
		{Key: "cray-x-mp-4", Name: "Cray X-MP/4", Year: 1982, Peak: recalled(0.94e9), Share: computed(1), Dollar: recalled(15e6), Note: "at its peak; $15 to 20 million"},
	}
}

func workstations() []Computer {
	return []Computer{
		{Key: "sun-4-260", Name: "SUN-4/260", Year: 1987, Peak: computed(0.251e6), Share: computed(1), Memory: read(128 * mB),
			Note: "what the zip-code net of 1989 got of it; Linpack 1.1 to 1.6 MFLOPS; DM 83,000 with 32 MB"},
		{Key: "cray-y-mp-8", Name: "Cray Y-MP/8", Year: 1988, Peak: recalled(2.7e9), Share: computed(1), Dollar: recalled(20e6), Note: "at its peak; $15 to 20 million"},
		{Key: "dsp-32c", Name: "AT&T DSP-32C", Year: 1988, Peak: read(25e6), Share: computed(1.94 / 12.5), Memory: recalled(256 * kB),
			Note: "30 digits a second of the zip-code net"},
		{Key: "r10000", Name: "R10000, 200 MHz", Year: 1996, Peak: recalled(400e6), Share: recalled(0.3), Note: "of an Origin 2000"},
		{Key: "xeon-2006", Name: "Xeon 3 GHz, one core", Year: 2006, Peak: recalled(6e9), Share: recalled(0.3), Bandwidth: recalled(5e9), Watts: recalled(100),
			Note: "6 to 12 GFLOPS"},
	}
}

func accelerators() []Computer {
	const tensor = "tensor cores, 16 bit"
	return []Computer{
		{Key: "gtx-280", Name: "GTX 280", Year: 2008, Peak: computed(622e9), Share: recalled(0.3), Memory: read(1 * gB), Bandwidth: read(141.7e9), Watts: read(236), Dollar: read(649),
			Note: "933 GFLOPS with the extra multiply that no net uses"},
		{Key: "gtx-580-pair", Name: "two GTX 580", Year: 2010, Peak: recalled(2 * 1.581e12), Share: computed(0.31), Memory: recalled(2 * 3 * gB), Bandwidth: recalled(2 * 192e9),
			Watts: recalled(2 * 244), Dollar: recalled(2 * 499), Note: "AlexNet's pair; 1.5 or 3 GB each"},
		{Key: "google-2012", Name: "16,000 cores at Google", Year: 2012, Peak: weak(100e12), Share: weak(0.1), Watts: weak(300e3), Dollar: weak(1e6), Note: "orders of magnitude"},
		{Key: "tpu-v1", Name: "TPU v1", Year: 2015, Int8: recalled(92e12), Bandwidth: recalled(34e9), Watts: recalled(75), Note: "integers of 8 bits, inference only"},
		{Key: "tpu-v2", Name: "TPU v2, one chip", Year: 2017, Peak: recalled(45e12), Share: recalled(0.4), Memory: recalled(16 * gB), Bandwidth: recalled(700e9), Note: "16 bit; 180 TFLOPS a board of four"},
		{Key: "tpu-v3", Name: "TPU v3, one chip", Year: 2017, Peak: read(123e12), Share: recalled(0.4), Memory: recalled(32 * gB), Bandwidth: recalled(900e9), Note: "16 bit; more than 420 TFLOPS a board of four"},
		{Key: "v100", Name: "V100", Year: 2017, Peak: read(125e12), Share: recalled(0.4), Single: recalled(15.7e12), Memory: read(32 * gB), Bandwidth: read(900e9), Watts: read(300), Dollar: recalled(10e3),
			Note: tensor + "; 16 or 32 GB"},
		{Key: "a100", Name: "A100", Year: 2020, Peak: read(312e12), Share: recalled(0.4), Single: recalled(19.5e12), Memory: recalled(80 * gB), Bandwidth: recalled(2.0e12), Watts: read(400), Dollar: recalled(12e3),
			Note: tensor + "; 40 or 80 GB, $10,000 to 15,000"},
		{Key: "h100", Name: "H100 SXM", Year: 2022, Peak: read(989e12), Share: recalled(0.4), Single: recalled(67e12), Memory: read(80 * gB), Bandwidth: read(3.35e12), Watts: read(700), Dollar: recalled(30e3),
			Note: tensor + ", dense; $25,000 to 40,000"},
		{Key: "m1", Name: "Apple M1 laptop, batch 1", Year: 2022, Peak: computed(0.72e9), Share: computed(1), Watts: recalled(15), Note: "what a rerun of the zip-code net got of it"},
		{Key: "plain-go", Name: "one core, plain Go", Year: 2026, Peak: measured(2.2e9), Share: measured(1), Note: "simple loops"},
	}
}

// Operation is the energy of one operation in a chip of 2014.
type Operation struct {
	Name      string
	Picojoule Figure
}

// Operations lists what operations cost in 45 nm at 0.9 V (Horowitz 2014).
func Operations() []Operation {
	return []Operation{
		{"add, 8-bit integers", read(0.03)}, {"add, 32-bit integers", read(0.1)}, {"add, 16-bit floats", read(0.4)}, {"add, 32-bit floats", read(0.9)},
		{"multiply, 8-bit integers", read(0.2)}, {"multiply, 32-bit integers", read(3.1)}, {"multiply, 16-bit floats", read(1.1)}, {"multiply, 32-bit floats", read(3.7)},
		{"read 64 bits from a cache of 8 KB", read(10)}, {"read 64 bits from a cache of 32 KB", read(20)}, {"read 64 bits from a cache of 1 MB", read(100)},
		{"read 64 bits from DRAM, at least", read(1300)}, {"read 64 bits from DRAM, at most", read(2600)},
	}
}
