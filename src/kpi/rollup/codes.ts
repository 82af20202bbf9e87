/** The code of all sources, or of all items. */
export const ALL = 0;
/** The code of all sources but the recommender: what its figures are compared with. */
export const OTHERS = 1;
/** The code of the first source; `recsys`, where it occurs, is the first. */
export const FIRST_SOURCE = 2;
/** The code of the first category. */
export const FIRST_CATEGORY = 1;

/** Days of a span of `item_spans.parquet`; a span begins on each of its multiples. */
export const SPAN_DAYS = 64;

/** The recommender's source (Q19). */
export const RECSYS = "recsys";
/** The source of interactions that have none (A11). */
export const UNATTRIBUTED = "unattributed";

/** Seconds of a day in UTC. */
export const DAY_SECONDS = 86_400;
/** 10000-01-01 in seconds: from here on a day is no longer written as `YYYY-MM-DD`. */
export const YEAR_10000_SECONDS = 253_402_300_800;
