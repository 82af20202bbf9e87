import type { FileReport } from "../../schema/index.ts";

/** Why the files cannot be used: too many of one's rows were set aside, or no interaction is left. */
export function rejectedShareFailures(
  files: readonly FileReport[],
  interactions: FileReport,
  maxRejectedShare: number,
): string[] {
  const failures = files
    // By division: 29 of 100 is the number 0.29, but 0.29 × 100 is less than 29.
    .filter(({ records, rejected }) => rejected / records > maxRejectedShare)
    .map(
      ({ file, records, rejected }) =>
        `${file}: ${rejected} of ${records} rows (${((100 * rejected) / records).toFixed(2)} %) were set aside, ` +
        `at most ${Number((100 * maxRejectedShare).toPrecision(12))} % may be; repair them, or raise collector.maxRejectedShare`,
    );
  if (interactions.accepted === 0) {
    failures.push(`${interactions.file}: no interaction is left to learn from`);
  }
  return failures;
}
