import type { NamedPath } from "./use-offered.ts";

/** How a server goes over to another bucket or log group, which a draft cannot change. */
export function givenWords(path: NamedPath, given: string, chosen: string): string {
  const [parameter, own, more] =
    path === "bucket"
      ? [
          `BucketName = ${chosen.replace("s3://", "")}`,
          `--bucket ${chosen}`,
          "; what is in the present bucket stays there",
        ]
      : [`LogGroupName = ${chosen}`, `RECSYS_LOG_GROUP=${chosen}`, ""];
  return (
    `This server was started with ${given}, and works with no other. For ${chosen}, update the stack RecSysPanelAdmin with ${parameter}, ` +
    `then deploy the three stacks again. A server that you have started yourself is started with ${own}${more}.`
  );
}
