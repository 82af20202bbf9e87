"""The other side of kernels-blas.ts: NumPy's products, timed on request.

First prints which BLAS NumPy has; then for every line "NAME CALLS" the seconds of each call, separated by spaces.
"""

import sys
import time

import numpy
import threadpoolctl

random = numpy.random.default_rng(1)


def normal(rows, columns):
    return random.standard_normal((rows, columns), dtype=numpy.float32)


def product(a, b):
    out = numpy.empty((a.shape[0], b.shape[1]), numpy.float32)
    return lambda: numpy.matmul(a, b, out=out)


users, negatives, logits = normal(256, 128), normal(2048, 128), normal(256, 2048)
PRODUCTS = {
    "multiplyTransposed": product(users, negatives.T),
    "multiply": product(logits, negatives),
    "multiplyLeftTransposed": product(logits.T, users),
    "deep": product(normal(512, 1024), normal(1024, 128)),
    "scoring": product(normal(128, 128), normal(40_000, 128).T),
}

numpy.matmul(users, users.T)
print(*(f"{lib['internal_api']} {lib['version']}, kernels {lib.get('architecture', 'unknown')}, "
        f"{lib['num_threads']} thread(s)"
        for lib in threadpoolctl.threadpool_info() if lib["user_api"] == "blas"), sep="; ", flush=True)

for line in sys.stdin:
    name, calls = line.split()
    times = []
    for _ in range(int(calls)):
        start = time.perf_counter()
        PRODUCTS[name]()
        times.append(time.perf_counter() - start)
    print(*times, flush=True)
