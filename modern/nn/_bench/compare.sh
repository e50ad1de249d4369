#!/bin/sh
# Training steps beside PyTorch (Debian: apt-get install python3-torch), in one run: compare.sh [ROUNDS]
set -eu
cd "$(dirname "$0")/../../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go test -c -o "$work/model.test" ./modern/model
OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 /usr/bin/python3 modern/nn/_bench/compare.py "$work/model.test" "${1:-9}"
