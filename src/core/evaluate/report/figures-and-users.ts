import type { Estimate, Evaluation } from "../../../schema/index.ts";
import { type Markup, markup, table } from "../../../page/index.ts";
import { decimals, percent, whole } from "./numbers.ts";
import { FEW_USERS } from "./slices.ts";
import { standings } from "./standings.ts";

/** How many users each figure stands on, and how wide that leaves it. */
export function figuresAndUsers(evaluation: Evaluation): Markup {
  const { gate, counts, slices, calibration } = evaluation;
  const name = standings(evaluation).model.name;
  const width = (estimate: Estimate | undefined) => {
    if (estimate === undefined) return ["–", "–"] as const;
    const half = (estimate.high - estimate.low) / 2;
    return [
      `± ${decimals(half)}`,
      estimate.value === 0 ? "–" : `± ${percent(half / estimate.value)}`,
    ] as const;
  };
  const rows = [
    {
      figure: `${gate.metric}, all`,
      users: counts.evaluatedUsers,
      relevant: whole(counts.relevant),
      width: width(standings(evaluation).model.metrics[gate.metric]),
    },
    ...slices.map((slice) => ({
      figure: `${gate.metric}, ${slice.name}`,
      users: slice.users,
      relevant: whole(slice.relevant),
      width: width(slice.scorers.find((scorer) => scorer.name === name)?.metrics[gate.metric]),
    })),
    ...(calibration?.groups.all === null || calibration === null
      ? []
      : [
          {
            figure: "calibration, all",
            users: calibration.groups.all.users,
            relevant: "–",
            width: ["–", "–"] as const,
          },
        ]),
  ].map(
    ({ figure, users, relevant, width: [absolute, relative] }) =>
      markup`<tr><td>${figure}</td><td>${whole(users)}${
        users < FEW_USERS ? markup`<span class="warn">few</span>` : markup``
      }</td><td>${relevant}</td><td>${absolute}</td><td>${relative}</td></tr>`,
  );
  return markup`<details><summary>Users behind each figure, and half the width of its interval</summary>${table(
    ["figure of the model", "users", "items to find", "± absolute", "± of the value"],
    rows,
  )}</details>`;
}
