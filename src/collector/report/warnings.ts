import type { CollectorReport, DataWarning, FeatureReport } from "../../schema/index.ts";
import type { TimestampFigures } from "./figures.ts";

/** What the warnings look at. */
export type WarningFigures = Pick<
  CollectorReport,
  "counts" | "ratings" | "itemFeatures" | "userFeatures" | "sources" | "problems"
> & {
  readonly timestamps: TimestampFigures | undefined;
  readonly hasUserFile: boolean;
};

/** A warning is given when `figure` is beyond `threshold`, on the side that `when` names. */
interface Check extends DataWarning {
  readonly when: "below" | "above";
}

/**
 * Properties of valid data that hurt recommendations, each with its threshold.
 *
 * The set and most thresholds follow the data insights of Amazon Personalize.
 */
export function dataWarnings(figures: WarningFigures): DataWarning[] {
  return [
    ...volumeChecks(figures),
    ...coverageChecks(figures),
    ...timestampChecks(figures),
    ...figures.itemFeatures.flatMap((feature) =>
      featureChecks("item", feature, figures.counts.items),
    ),
    ...figures.userFeatures.flatMap((feature) =>
      featureChecks("user", feature, figures.counts.users),
    ),
  ]
    .filter(({ when, figure, threshold }) =>
      when === "below" ? figure < threshold : figure > threshold,
    )
    .map(({ code, words, figure, threshold, whatToDo }) => ({
      code,
      words,
      figure,
      threshold,
      whatToDo,
    }));
}

function volumeChecks({ counts, ratings, problems, sources }: WarningFigures): Check[] {
  return [
    {
      code: "rows-set-aside",
      words: `${problems.total} rows broke a rule and were set aside`,
      figure: problems.total,
      threshold: 0,
      when: "above",
      whatToDo: "see quarantine.csv: it says for each row what to do",
    },
    {
      code: "few-interactions",
      words: `there are only ${counts.rows} interactions`,
      figure: counts.rows,
      threshold: 1000,
      when: "below",
      whatToDo: "collect more before trusting the recommendations",
    },
    {
      code: "few-active-users",
      words: `only ${counts.usersWithTwoRows} users have two interactions or more`,
      figure: counts.usersWithTwoRows,
      threshold: 25,
      when: "below",
      whatToDo: "collect more: tastes are learnt from users with several interactions",
    },
    {
      code: "rating-outliers",
      words: `${ratings.outliers} ratings lie far outside the others (3 interquartile ranges)`,
      figure: ratings.outliers,
      threshold: 0,
      when: "above",
      whatToDo: "check that all ratings are on one scale",
    },
    {
      code: "many-sources",
      words: `there are ${sources?.length ?? 0} or more different sources`,
      figure: sources?.length ?? 0,
      threshold: 10,
      when: "above",
      whatToDo: "name places of your product, not single pages or campaigns",
    },
  ];
}

function coverageChecks({ counts, hasUserFile }: WarningFigures): Check[] {
  const share = (count: number, of: number): number => (of === 0 ? 0 : count / of);
  return [
    {
      code: "items-without-interactions",
      words: `${percent(share(counts.itemsWithoutRows, counts.items))} of the items have no interaction`,
      figure: share(counts.itemsWithoutRows, counts.items),
      threshold: 0.5,
      when: "above",
      whatToDo: "nothing if they are new: they are recommended by their features",
    },
    {
      code: "items-without-features",
      words: `${counts.itemsWithoutFeatures} items of the interactions are not in item_features.csv`,
      figure: counts.itemsWithoutFeatures,
      threshold: 0,
      when: "above",
      whatToDo: "list every item of the catalogue; these are recommended without attributes",
    },
    {
      code: "users-without-features",
      words: `${counts.usersWithoutFeatures} users of the interactions are not in user_features.csv`,
      figure: hasUserFile ? counts.usersWithoutFeatures : 0,
      threshold: 0,
      when: "above",
      whatToDo: "list every user, or leave the file out",
    },
  ];
}

function timestampChecks({ timestamps, counts }: WarningFigures): Check[] {
  if (timestamps === undefined || counts.rows === 0) {
    return [
      {
        code: "no-timestamps",
        words: "the interactions have no timestamps",
        figure: 0,
        threshold: 1,
        when: "below",
        whatToDo:
          "add the column: without it held-out rows are drawn by chance and trends are unknown",
      },
    ];
  }
  const looksLikeMilliseconds = timestamps.withThirteenDigits / counts.rows;
  return [
    {
      code: "timestamps-in-milliseconds",
      words: `${percent(looksLikeMilliseconds)} of the timestamps have 13 digits: they look like milliseconds`,
      figure: looksLikeMilliseconds,
      threshold: 0,
      when: "above",
      whatToDo: 'set collector.timestampUnit to "ms" if they are',
    },
    {
      code: "timestamps-in-future",
      words: `${timestamps.inFuture} timestamps lie after the start of this run`,
      figure: timestamps.inFuture,
      threshold: 0,
      when: "above",
      whatToDo: "check the unit and the time zone: Unix seconds, UTC",
    },
    {
      code: "timestamps-before-1990",
      words: `${percent(timestamps.before1990 / counts.rows)} of the timestamps lie before 1990`,
      figure: timestamps.before1990 / counts.rows,
      threshold: 0.5,
      when: "above",
      whatToDo: "check that they are Unix seconds and have not lost a digit",
    },
    {
      code: "timestamps-all-equal",
      words: "all timestamps are equal",
      figure: timestamps.latest === timestamps.earliest && counts.rows > 1 ? 1 : 0,
      threshold: 0,
      when: "above",
      whatToDo: "write when each interaction happened, or leave the column out",
    },
  ];
}

function featureChecks(entity: "item" | "user", feature: FeatureReport, count: number): Check[] {
  const name = `${entity} feature "${feature.name}"`;
  const complete = count === 0 ? 1 : 1 - feature.missing / count;
  return [
    {
      code: "constant-column",
      words: `${name} is the same for every ${entity}`,
      figure: feature.treatment === "none" ? 1 : 0,
      threshold: 0,
      when: "above",
      whatToDo: "nothing: it is kept for the answers and left out of the model",
    },
    {
      code: "incomplete-column",
      words: `${name} is ${percent(complete)} complete`,
      figure: complete,
      threshold: 0.7,
      when: "below",
      whatToDo: "fill it in, or drop the column",
    },
    {
      code: "many-categories",
      words: `${name} has ${feature.distinct} categories`,
      figure: feature.type === "string" && feature.treatment === "token" ? feature.distinct : 0,
      threshold: 30,
      when: "above",
      whatToDo: "merge rare categories if they say the same; rare ones are left out of the model",
    },
    {
      code: "outliers",
      words: `${name} has ${feature.outliers} values far outside the others (3 interquartile ranges)`,
      figure: feature.outliers,
      threshold: 0,
      when: "above",
      whatToDo: "check them for slips of the unit or the decimal point",
    },
  ];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;
}
