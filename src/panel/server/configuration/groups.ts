import {
  type Setting,
  type SettingField,
  type SettingGroup,
  SETTINGS,
} from "../../../schema/index.ts";
import { BUCKET_FIELD } from "./fixed.ts";

/** Where a setting is shown: the first group one of whose `shown`, or else `more`, it lies at or below. */
interface GroupRule {
  readonly stack: SettingGroup["stack"];
  readonly title: string;
  readonly shown: readonly string[];
  readonly more: readonly string[];
}

/** The panel's tabs (Q102–Q104). What no rule names is shown folded away in the first, so that nothing is lost. */
const RULES: readonly GroupRule[] = [
  { stack: null, title: "General", shown: ["logGroup"], more: [] },
  {
    stack: "collector",
    title: "Collector",
    shown: ["instances.collector"],
    more: ["collector"],
  },
  {
    stack: "core",
    title: "Training",
    shown: ["instances.training", "training.seed", "training.budgetMinutes"],
    more: ["training"],
  },
  {
    stack: "core",
    title: "Evaluation",
    shown: ["instances.evaluation", "evaluation.gate"],
    more: ["evaluation"],
  },
  {
    stack: "core",
    title: "Batch Transform",
    shown: ["instances.transform"],
    more: ["transform"],
  },
  {
    stack: "responder",
    title: "Responder",
    shown: [
      "responder.coldUser",
      "responder.lenient",
      "responder.maxIds",
      "responder.apiKeys.mode",
    ],
    more: [
      "responder",
      "aws.release",
      "aws.memoryMegabytes",
      "aws.requestsPerSecond",
      "aws.burstRequests",
      "aws.apiAccessLogs",
    ],
  },
];

/** The forms of the customization: every setting exactly once, and the bucket. */
export function settingGroups(): SettingGroup[] {
  return RULES.map(({ stack, title }, at) => {
    const fieldsOf = (list: "shown" | "more"): SettingField[] =>
      SETTINGS.filter((setting) => {
        const place = placeOf(setting);
        return place.group === at && place.list === list;
      })
        .sort((a, b) => orderIn(RULES[at]![list], a) - orderIn(RULES[at]![list], b))
        .map(fieldOf);
    const bucket = at === 0 ? [BUCKET] : [];
    return { stack, title, fields: [...bucket, ...fieldsOf("shown")], more: fieldsOf("more") };
  });
}

const BUCKET: SettingField = {
  path: BUCKET_FIELD,
  label: "Bucket Name",
  description: "Where everything lives: raw files, models, recommendations, records.",
  kind: "text",
  expectation: "text, not empty",
  default: null,
};

function placeOf({ path }: Setting): { readonly group: number; readonly list: "shown" | "more" } {
  for (const list of ["shown", "more"] as const) {
    const group = RULES.findIndex((rule) => rule[list].some((start) => isAtOrBelow(path, start)));
    if (group >= 0) return { group, list };
  }
  return { group: 0, list: "more" };
}

/** The order of a rule's names, and within one that of the schema. */
function orderIn(names: readonly string[], { path }: Setting): number {
  return names.findIndex((start) => isAtOrBelow(path, start));
}

function isAtOrBelow(path: readonly string[], start: string): boolean {
  return `${path.join(".")}.`.startsWith(`${start}.`);
}

function fieldOf(setting: Setting): SettingField {
  const { path, label, description, kind, choices, expectation, defaultValue } = setting;
  return {
    path: path.join("."),
    label,
    description,
    kind,
    ...(choices === undefined ? {} : { choices: [...choices] }),
    expectation,
    default: defaultValue ?? null,
  };
}
