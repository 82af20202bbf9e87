import {
  type Account,
  CLOUD_STACKS,
  detectDrift,
  type Drift,
  obstacleTo,
  readStack,
} from "../../cloud/index.ts";
import { type StackName, STACKS } from "../../schema/index.ts";
import { table } from "../output/table.ts";

/** How a stack stands in the account. */
interface CloudStackStatus {
  readonly stack: StackName;
  readonly name: string;
  /** `null` where there is none. */
  readonly status: string | null;
  /** Number of the configuration that it was deployed with. */
  readonly deployment: string | null;
  /** Why it cannot be deployed as it stands, and what to do. */
  readonly obstacle: string | null;
  readonly outputs: Readonly<Record<string, string>>;
  /** Where it was asked for: what is no longer as the stack made it. */
  readonly drift: readonly Drift[] | null;
}

/** How the three stacks stand; with `drift`, compared with what is there, which takes up to some minutes. */
export async function cloudStatus(
  account: Account,
  { drift, signal }: { readonly drift: boolean; readonly signal: AbortSignal },
): Promise<readonly CloudStackStatus[]> {
  return Promise.all(
    STACKS.map(async (stack) => {
      const name = CLOUD_STACKS[stack];
      const standing = await readStack(account, name);
      return {
        ...{ stack, name },
        status: standing?.status ?? null,
        deployment: standing?.parameters["Deployment"] ?? null,
        obstacle: standing === undefined ? null : (obstacleTo(name, standing.status) ?? null),
        outputs: standing?.outputs ?? {},
        drift: drift && standing !== undefined ? await detectDrift(account, stack, signal) : null,
      };
    }),
  );
}

/** The same as lines. */
export function cloudStatusText(stacks: readonly CloudStackStatus[]): string {
  const rows = stacks.map(({ name, status, deployment }) => [
    name,
    status ?? "not there",
    deployment ?? "–",
  ]);
  const more = stacks.flatMap(({ name, obstacle, outputs, drift }) => [
    ...(obstacle === null ? [] : [obstacle]),
    ...(outputs["InvokeUrl"] === undefined ? [] : [`The API answers at ${outputs["InvokeUrl"]}`]),
    ...(drift ?? []).map((one) => `${name}: ${driftWords(one)}`),
  ]);
  return [table(["stack", "status", "configuration"], rows), ...more].join("\n");
}

function driftWords({ resource, type, properties, isDeleted }: Drift): string {
  const what = isDeleted
    ? "was deleted by somebody"
    : `was changed by somebody (${properties.join(", ")})`;
  return `${resource} (${type}) ${what}; the next deployment that changes it may fail or undo that`;
}
