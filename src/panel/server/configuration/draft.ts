import { z } from "zod";

import {
  type ConfigEntry,
  ConfigError,
  type ConfigLayer,
  layerOfEntries,
  type RecSysConfig,
  resolveConfig,
  SETTINGS,
  unknownSetting,
  valueAt,
} from "../../../schema/index.ts";
import { type Bucket, ObjectNotFoundError } from "../../../storage/index.ts";
import { type PanelContext, PanelError } from "../context.ts";
import { fixedSettings } from "./fixed.ts";

/** Setting's path → value, only what differs from what is below. */
export type Draft = Readonly<Record<string, unknown>>;

/** `deployments/draft.json`. */
const SavedDraft = z.strictObject({
  draft: z.record(z.string(), z.unknown()),
  savedAt: z.iso.datetime(),
  savedBy: z.string(),
});
type SavedDraft = z.infer<typeof SavedDraft>;

/** The draft as it counts now, and the configuration that deploying it would freeze. */
export interface StandingDraft {
  readonly draft: Draft;
  readonly saved: SavedDraft | undefined;
  readonly config: RecSysConfig;
}

/**
 * The draft in the bucket laid over the base configuration. What has become fixed or is no longer a setting since
 * it was saved, or may no longer have this value, is left out.
 */
export async function readDraft(panel: PanelContext): Promise<StandingDraft> {
  const text = await draftText(panel.bucket);
  if (text === undefined) return { draft: {}, saved: undefined, config: panel.base.config };
  const saved = SavedDraft.parse(JSON.parse(text));
  const wrong = new Set(problemsOf(panel, saved.draft).map(({ path }) => path));
  const draft = Object.fromEntries(
    Object.entries(saved.draft).filter(
      ([name]) => ![...wrong].some((path) => path === name || path.startsWith(`${name}.`)),
    ),
  );
  return { draft, saved, config: overBase(panel, draft) };
}

/**
 * Keeps a draft; of two who save at once, one wins and the other is told.
 *
 * @throws PanelError with every field that is wrong, or if another draft than `basedOn` stands there
 */
export async function saveDraft(
  panel: PanelContext,
  draft: Draft,
  { by, basedOn }: { readonly by: string; readonly basedOn: string | null | undefined },
): Promise<void> {
  const problems = problemsOf(panel, draft);
  if (problems.length > 0) {
    const fields = problems.map(({ path, problem }) => ({ path, problem }));
    const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
    throw new PanelError(400, "invalid", `the draft has ${count} and was not saved`, fields);
  }
  const text = await draftText(panel.bucket);
  const standing = text === undefined ? null : SavedDraft.parse(JSON.parse(text));
  const next: SavedDraft = { draft, savedAt: panel.clock().toISOString(), savedBy: by };
  const isSame = basedOn === undefined || (standing?.savedAt ?? null) === basedOn;
  if (!isSame || !(await panel.bucket.swap(PATH, text, JSON.stringify(next, null, 2)))) {
    const who = standing === null ? "someone" : standing.savedBy;
    throw new PanelError(
      409,
      "conflict",
      `${who} has saved another draft meanwhile; load it, and make your changes there`,
    );
  }
}

const PATH = "deployments/draft.json";

/** Every problem of a draft: names that are none, what is fixed, and values that may not be. */
function problemsOf(
  panel: PanelContext,
  draft: Draft,
): readonly { readonly path: string; readonly problem: string }[] {
  const fixed = fixedSettings(panel);
  const settings = new Set(SETTINGS.map(({ path }) => path.join(".")));
  const problems: { path: string; problem: string }[] = [];
  const allowed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(draft)) {
    const origin = fixed.get(name);
    if (origin !== undefined) {
      problems.push({
        path: name,
        problem: `${name} cannot be changed here: it is fixed (${origin})`,
      });
    } else if (settings.has(name)) {
      allowed[name] = value;
    } else {
      const { problem } = unknownSetting(name.split("."), "draft");
      problems.push({ path: name, problem });
    }
  }
  try {
    overBase(panel, allowed);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    problems.push(...error.problems.map(({ path, problem }) => ({ path, problem })));
  }
  return problems;
}

/** @throws ConfigError if a value may not be */
function overBase({ base }: PanelContext, draft: Draft): RecSysConfig {
  const entry = (path: readonly string[], value: unknown): ConfigEntry => ({
    path,
    value,
    origin: "draft",
  });
  const below = SETTINGS.flatMap(({ path }) => {
    const value = valueAt(base.config, path);
    return value === undefined ? [] : [entry(path, value)];
  });
  const above = Object.entries(draft).map(([name, value]) => entry(name.split("."), value));
  // One layer, since a rule may concern two settings of which the draft has one.
  const layer: ConfigLayer = layerOfEntries([...below, ...above], []);
  return resolveConfig([layer]).config;
}

async function draftText(bucket: Bucket): Promise<string | undefined> {
  try {
    return Buffer.from(await bucket.read(PATH)).toString("utf8");
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return undefined;
    throw error;
  }
}
