import type { CollectorReport, FeatureReport } from "../../schema/index.ts";

/** The report as lines of plain text for a terminal. */
export function reportLines(report: CollectorReport): string[] {
  const { counts, ratings, timestamps, split } = report;
  return [
    "Files",
    ...report.files.map(
      (file) =>
        `  ${file.file}: ${whole(file.records)} rows, ${whole(file.accepted)} accepted, ${whole(file.rejected)} set aside`,
    ),
    "Data",
    `  ${whole(counts.users)} users, ${whole(counts.items)} items, ${whole(counts.rows)} interactions, ${whole(counts.pairs)} different pairs; sparsity ${(100 * counts.sparsity).toFixed(3)} %`,
    `  ${whole(counts.itemsWithoutRows)} items without interactions, ${whole(counts.itemsWithoutFeatures)} without features; ${whole(counts.usersWithoutRows)} users without interactions`,
    `  ${ratings.kind} ratings from ${ratings.minimum} to ${ratings.maximum}, median ${ratings.median}; ${whole(ratings.positives)} positives (at least ${ratings.positiveThreshold})`,
    ...(timestamps === null
      ? []
      : [`  from ${date(timestamps.earliest)} to ${date(timestamps.latest)}`]),
    ...(report.sources ?? []).map(({ source, rows }) => `  source ${source}: ${whole(rows)}`),
    `  split ${split.name}: ${whole(split.rowsByPart.train)} training, ${whole(split.rowsByPart.validation)} validation, ${whole(split.rowsByPart.test)} test`,
    ...features("Item features", report.itemFeatures),
    ...features("User features", report.userFeatures),
    ...section(
      "Decisions",
      report.decisions.map(
        ({ subject, decision, reason }) => `${subject}: ${decision}, because ${reason}`,
      ),
    ),
    ...section(
      "Warnings",
      report.warnings.map(({ code, words, whatToDo }) => `${code}: ${words}; ${whatToDo}`),
    ),
    ...section("Rows set aside", problemLines(report)),
    ...section("This data cannot be used", report.failures),
  ];
}

/** The first problems, one a line, and how many more there are. */
export function problemLines({ problems }: Pick<CollectorReport, "problems">): string[] {
  const rest = problems.total - problems.first.length;
  return [
    ...problems.first.map(
      ({ file, line, column, rule, value, whatToDo }) =>
        `${file}:${line}: ${rule}${column === "" ? "" : ` in ${column}`}, got ${JSON.stringify(value)}; ${whatToDo}`,
    ),
    ...(rest > 0 ? [`… and ${whole(rest)} more in quarantine.csv`] : []),
  ];
}

function features(title: string, reports: readonly FeatureReport[]): string[] {
  return section(
    title,
    reports.map(
      ({ name, type, treatment, distinct, missing, tokens }) =>
        `${name} (${type}): ${TREATMENTS[treatment]}, ${whole(distinct)} different, ${whole(missing)} missing, ${whole(tokens)} tokens`,
    ),
  );
}

const TREATMENTS = {
  token: "categories",
  words: "text, split into words",
  bins: "numbers, in bins",
  none: "constant, left out of the model",
} as const;

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}

function whole(count: number): string {
  return count.toLocaleString("en-US");
}

function date(seconds: number): string {
  const milliseconds = seconds * 1000;
  return Math.abs(milliseconds) <= 8.64e15
    ? new Date(milliseconds).toISOString().slice(0, 10)
    : `${seconds} s`;
}
