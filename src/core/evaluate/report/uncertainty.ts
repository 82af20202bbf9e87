import type { Evaluation } from "../../../schema/index.ts";
import type { ModelCard } from "../../model/model-file.ts";
import { figuresAndUsers } from "./figures-and-users.ts";
import { type Markup, markup } from "../../../page/index.ts";
import { whole } from "./numbers.ts";
import { FEW_USERS } from "./slices.ts";

/** What the figures do not say, and how far each can be trusted. */
export function uncertaintySection(evaluation: Evaluation, card: ModelCard): Markup {
  const { bootstrap, calibration } = evaluation;
  const statements: readonly (readonly [string, string])[] = [
    [
      "The users",
      `Each 95 % interval comes from drawing the measured users anew, ${whole(bootstrap.samples)} times with seed ${bootstrap.seed}. It says how far the
 figure would move with other users of the same kind, not with another season, catalogue or shop.`,
    ],
    ...fewUsers(evaluation),
    [
      "One seed",
      `The model was trained once, with seed ${card.settings.seed}. Another seed gives a slightly different model; the intervals do not contain that.`,
    ],
    ["The hold-out", HELD_OUT[evaluation.heldOutRows]],
    [
      "What was seen",
      "A user can only choose what was in sight. Items that the shop showed more were chosen more, and a good recommendation that was never shown counts as a miss. Only a test with real visitors measures what recommendations change.",
    ],
    ...(calibration === null
      ? []
      : [
          [
            "The horizon",
            `The probability spans as much time as the hold-out, ${calibration.horizon.toFixed(1)} interactions of a user on average. Where people do more or less than that in your period, more or less comes true.`,
          ] as const,
        ]),
  ];
  return markup`<section><h2>What is uncertain?</h2><dl class="statements">${statements.map(
    ([term, words]) => markup`<dt>${term}</dt><dd>${words}</dd>`,
  )}</dl>${figuresAndUsers(evaluation)}</section>`;
}

const HELD_OUT: Readonly<Record<Evaluation["heldOutRows"], string>> = {
  latest:
    "Of each user the latest rows were held out: the model predicts forward in that user's time. Other users' known rows may be later than that, so it knows a little of the future of the shop; a split at one moment for all would be stricter.",
  random:
    "The rows were held out at random, since there are no timestamps to order them by. The model may know what a user did after the row to be found, which flatters every scorer; on future rows expect less.",
  file: "The held-out rows came as a file of their own. What they say of the future depends on how that file was made.",
};

/** A warning where a slice has few users. */
function fewUsers({ slices, counts }: Evaluation): readonly (readonly [string, string])[] {
  const few = slices.filter(({ users }) => users > 0 && users < FEW_USERS);
  const none = slices.filter(({ users }) => users === 0);
  return [
    ...(counts.evaluatedUsers < FEW_USERS
      ? [
          [
            "⚠ Few users",
            `Only ${whole(counts.evaluatedUsers)} users were measured: take every figure as a hint.`,
          ] as const,
        ]
      : []),
    ...(few.length === 0
      ? []
      : [
          [
            "⚠ Small slices",
            `Fewer than ${FEW_USERS} users stand behind: ${few
              .map(({ name, users }) => `${name} (${whole(users)})`)
              .join(", ")}. Their intervals are wide, and with so few they are rough themselves.`,
          ] as const,
        ]),
    ...(none.length === 0
      ? []
      : [
          [
            "Not measured",
            `Nobody had anything to find in: ${none.map(({ name }) => name).join(", ")}. Of these nothing is known.`,
          ] as const,
        ]),
  ];
}
