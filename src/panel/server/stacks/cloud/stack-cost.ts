import type { StackName } from "../../../../schema/index.ts";

/** What a stack costs, in words: AWS's list prices in US East (N. Virginia), rough (docs/aws.md, "What it costs"). */
export function stackCost(stack: StackName): string {
  switch (stack) {
    case "collector":
    case "core":
      return "Nothing while it stands; an execution costs its instances by the second, estimated before it starts.";
    case "responder":
      return "Nothing while nobody calls; about $4 for a million calls of the API.";
  }
}
