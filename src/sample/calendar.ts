/** The shop's time: 78 weeks that start on a Monday and end on Monday, 29 June 2026, 00:00 UTC. */
export const WEEKS = 78;
export const WEEK_SECONDS = 7 * 86_400;
export const END_SECONDS = Date.UTC(2026, 5, 29) / 1000;
export const START_SECONDS = END_SECONDS - WEEKS * WEEK_SECONDS;
/** The weeks at the end over which the true probabilities are defined. */
export const HORIZON_WEEKS = 4;

const WEEKS_PER_YEAR = 52;
const DAY_WEIGHTS = [0.95, 0.9, 0.9, 0.95, 1.0, 1.15, 1.25]; // Monday to Sunday
const HOUR_WEIGHTS = [
  3, 2, 1, 1, 1, 2, 4, 7, 9, 10, 11, 12, 12, 11, 10, 10, 11, 13, 16, 19, 20, 17, 11, 6,
];

/**
 * How strongly something is in season: from 1 + strength at its peak down to 1 − strength half a
 * year later, 1 on average over the year. A cubic stands in for the cosine.
 */
export function season(week: number, peakWeek: number, strength: number): number {
  const distance = circularDistance(week, peakWeek) / (WEEKS_PER_YEAR / 2);
  return 1 + strength * (2 * fade(distance) - 1);
}

/** How busy the whole shop is: the weeks before Christmas up to 1.8 times a common week. */
export function trade(week: number): number {
  return 1 + 0.8 * fade(Math.min(1, circularDistance(week, 49) / 6));
}

/** Times of `count` interactions of a week, ascending; evenings and weekends are busier. */
export function drawTimes(random: () => number, week: number, count: number): Uint32Array {
  const weekStart = START_SECONDS + week * WEEK_SECONDS;
  const times = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const day = drawFrom(DAY_SUMS, random());
    const hour = drawFrom(HOUR_SUMS, random());
    times[i] = weekStart + day * 86_400 + hour * 3600 + Math.floor(random() * 3600);
  }
  return times.sort();
}

/**
 * Splits `total` over weights so that the parts sum to it exactly: the rounded running sum's steps.
 */
export function allot(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  let running = 0;
  let given = 0;
  return weights.map((weight) => {
    running += weight;
    const part = Math.round((total * running) / sum) - given;
    given += part;
    return part;
  });
}

/** A smooth step from 1 at 0 down to 0 at 1. */
function fade(x: number): number {
  return (1 - x) * (1 - x) * (1 + 2 * x);
}

function circularDistance(week: number, other: number): number {
  const distance = Math.abs((week % WEEKS_PER_YEAR) - other);
  return Math.min(distance, WEEKS_PER_YEAR - distance);
}

const DAY_SUMS = runningShares(DAY_WEIGHTS);
const HOUR_SUMS = runningShares(HOUR_WEIGHTS);

function runningShares(weights: readonly number[]): readonly number[] {
  const total = weights.reduce((a, b) => a + b, 0);
  let running = 0;
  return weights.map((weight) => (running += weight / total));
}

function drawFrom(sums: readonly number[], x: number): number {
  let index = 0;
  while (index < sums.length - 1 && sums[index]! <= x) index++;
  return index;
}
