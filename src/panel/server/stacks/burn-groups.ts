import type { BurnPlan, StackName } from "../../../schema/index.ts";
import type { Bucket } from "../../../storage/index.ts";

/** Objects that are removed together, and shown as one line. */
export interface BurnGroup {
  readonly what: string;
  /** A folder, with its slash, or the path of an object. */
  readonly prefix: string;
  readonly bytes: number;
  readonly objects: number;
}

/**
 * The folders that a stack has made. Those before which others are useless come first: what is served goes before
 * the model it came from.
 */
const FOLDERS: Readonly<
  Record<StackName, readonly { readonly folder: string; readonly what: string }[]>
> = {
  collector: [
    { folder: "kpi", what: "KPI figures" },
    { folder: "processed_data", what: "Processed data" },
  ],
  core: [
    { folder: "batch_transform_inference_output", what: "Recommendations" },
    { folder: "evaluation", what: "Evaluation" },
    { folder: "model", what: "Model" },
  ],
  responder: [],
};

/** What a stack has in the bucket: of each folder first the pointer, so that nobody reads what is half gone. */
export async function burnGroups(bucket: Bucket, stack: StackName): Promise<BurnGroup[]> {
  const groups: BurnGroup[] = [];
  for (const { folder, what } of FOLDERS[stack]) {
    const found = new Map<string, { bytes: number; objects: number }>();
    for (const { path, bytes } of await bucket.list(`${folder}/`)) {
      const [, name = "", ...rest] = path.split("/");
      const prefix = rest.length === 0 ? path : `${folder}/${name}/`;
      const group = found.get(prefix) ?? { bytes: 0, objects: 0 };
      found.set(prefix, { bytes: group.bytes + bytes, objects: group.objects + 1 });
    }
    const isFolder = (prefix: string): boolean => prefix.endsWith("/");
    const prefixes = [...found.keys()].sort((a, b) => Number(isFolder(a)) - Number(isFolder(b)));
    for (const prefix of prefixes) {
      const name = prefix.slice(folder.length + 1).replace(/\/$/, "");
      const words = name === "current.json" ? `${what}: which one counts` : `${what}: ${name}`;
      groups.push({ what: words, prefix, ...found.get(prefix)! });
    }
  }
  return groups;
}

/** What burning a stack leaves, and why. */
export function keptBy(stack: StackName): BurnPlan["kept"] {
  const always = [
    {
      what: "Raw data (raw_data/)",
      why: "they are yours, and everything can be made from them again",
    },
    {
      what: "Records and logs of executions",
      why: "what has happened stays known; their names stay taken",
    },
    { what: "The audit log", why: "who did what is kept for ever" },
    { what: "The draft and earlier deployments", why: "the stack can be deployed again as it was" },
  ];
  switch (stack) {
    case "collector":
      return always;
    case "core":
      return [{ what: "Processed data", why: "they belong to the Collector Stack" }, ...always];
    case "responder":
      return [
        {
          what: "Recommendations and models",
          why: "they belong to the Core Stack; deploying the responder again serves them",
        },
        { what: "API keys", why: "whoever has one need not be given another" },
        ...always,
      ];
  }
}

/** What burning a stack in AWS leaves: all that is no resource of the stack. */
export const KEPT_IN_AWS: BurnPlan["kept"] = [
  {
    what: "The bucket with everything in it",
    why: "raw data, models, recommendations and records are yours, and no stack deletes data",
  },
  { what: "Logs in CloudWatch", why: "what has happened stays known, until their retention ends" },
  { what: "The draft and earlier deployments", why: "the stack can be deployed again as it was" },
];
