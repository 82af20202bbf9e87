/** Work done per second, by the best and the median of several runs after a warm-up. */
export interface Rate {
  readonly best: number;
  readonly median: number;
}

/** Runs `work` until `seconds` have passed, at least five times; `amount` is what one run does. */
export function measure(amount: number, work: () => void, seconds = 0.5): Rate {
  for (let run = 0; run < 3; run++) work();
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  while (times.length < 5 || performance.now() < end) {
    const start = performance.now();
    work();
    times.push((performance.now() - start) / 1000);
  }
  times.sort((a, b) => a - b);
  return { best: amount / times[0]!, median: amount / times[times.length >> 1]! };
}

/** One line: the kernel at each number of threads, and the plain loop of the same run that it is compared with. */
export function report(
  name: string,
  unit: string,
  threads: readonly number[],
  kernels: readonly Rate[],
  loop: Rate,
): void {
  const show = ({ best, median }: Rate): string =>
    `${(best / 1e9).toPrecision(3)} (median ${(median / 1e9).toPrecision(3)})`;
  const columns = kernels.map((rate, i) => `${threads[i]!} thread(s) ${show(rate)}`);
  const ratio = kernels[0]!.median / loop.median;
  console.log(
    `${name.padEnd(24)} ${unit.padEnd(14)} ${columns.join("  ")}  plain loop ${show(loop)}  × ${ratio.toFixed(1)}`,
  );
}
