import type { FileReport } from "../../schema/index.ts";

/** Why the files cannot be used: too many of one's rows were set aside, or no interaction is left. */
export function rejectedShareFailures(
  files: readonly FileReport[],
  interactions: FileReport,
  maxRejectedShare: number,
): string[] {
  const failures = files
    .filter(({ records, rejected }) => rejected > maxRejectedShare * records)
    .map(
      ({ file, records, rejected }) =>
        `${file}: ${rejected} of ${records} rows (${((100 * rejected) / records).toFixed(2)} %) were set aside, ` +
        `at most ${100 * maxRejectedShare} % may be; repair them, or raise collector.maxRejectedShare`,
    );
  if (interactions.accepted === 0) {
    failures.push(`${interactions.file}: no interaction is left to learn from`);
  }
  return failures;
}
