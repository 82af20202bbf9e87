"""The other side of ials.ts: fits PyPI's `implicit` and prints the seconds of each iteration."""

import json
import os
import sys

import implicit
import numpy as np
import scipy.sparse

task = json.loads(sys.argv[1])


def read(name, dtype):
    return np.fromfile(os.path.join(task["folder"], name), dtype=dtype)


offsets = read("offsets", np.uint32).astype(np.int32)
indices = read("indices", np.uint32).astype(np.int32)
confidences = scipy.sparse.csr_matrix(
    (read("confidences", np.float32), indices, offsets),
    shape=(len(offsets) - 1, task["items"]),
)
model = implicit.als.AlternatingLeastSquares(
    factors=task["factors"],
    regularization=task["regularization"],
    alpha=1.0,  # the confidences are already 1 + alpha · weight
    iterations=task["iterations"],
    num_threads=task["threads"],
    random_state=task["seed"],
)
seconds = []
model.fit(confidences, show_progress=False, callback=lambda _, time, __: seconds.append(time))
model.user_factors.tofile(os.path.join(task["folder"], "users"))
model.item_factors.tofile(os.path.join(task["folder"], "items"))
print(json.dumps({"seconds": seconds}))
