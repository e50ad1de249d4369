#!/bin/sh
# Times this project's products beside OpenBLAS (held to its AVX2 kernels),
# gonum and vek32, then other kernels, and prints rates and ratios. Needs root for apt-get, or
# libopenblas-dev and gcc installed already. Arguments go to the program:
#
#	modern/kernel/_bench/run.sh -rounds 40 -only 256x256x256
set -e
cd "$(dirname "$0")"
[ -e /usr/include/x86_64-linux-gnu/cblas.h ] || { apt-get update && apt-get install -y libopenblas-dev gcc libc6-dev; }
CGO_ENABLED=1 go build -o "${TMPDIR:-/tmp}/kernel-bench" .
OPENBLAS_CORETYPE="${OPENBLAS_CORETYPE:-Zen}" OPENBLAS_NUM_THREADS=1 exec "${TMPDIR:-/tmp}/kernel-bench" "$@"
