import { type Markup, figure, lineChart, markup } from "../../../page/index.ts";
import type { Candidate, Trials } from "./candidates.ts";
import { decimals } from "./numbers.ts";

type Figure = "ndcg" | "loss";

/** How the fits at full width and the race's candidates learned, epoch by epoch. */
export function learningSection({ fits, race }: Trials): Markup {
  const forms = [...new Set(race.map(({ settings }) => settings.history))];
  const lossOfForm = forms.map((form) =>
    curves(
      `Race, loss of the ${form} candidates`,
      race.filter(({ settings }) => settings.history === form),
      "loss",
    ),
  );
  const ofRace =
    race.length === 0
      ? markup``
      : markup`<h3>The race that chose the settings: short fits of a narrow model</h3><div class="split">${curves(
          "Race, NDCG@10 on validation rows",
          race,
          "ndcg",
        )}${lossOfForm}</div>`;
  return markup`<section><h2>How did it learn?</h2><p class="quiet">One point an epoch. The loss is the mean of a training row and falls as
 the model fits what it sees; NDCG@10 on the validation rows, which it does not see, tells how far that helps. Every fit begins anew,
 and its rate falls to zero by its last epoch.${
   race.length > 1
     ? " What the loss counts depends on the form of history and on ω: compare it among candidates that share both."
     : ""
 }</p><h3>The fits at full width</h3><div class="split">${curves(
   "Full width, NDCG@10 on validation rows",
   fits,
   "ndcg",
 )}${curves("Full width, loss", fits, "loss")}</div>${ofRace}</section>`;
}

function curves(caption: string, candidates: readonly Candidate[], of: Figure): Markup {
  const epochs = Math.max(0, ...candidates.map(({ curve }) => curve.length));
  if (epochs === 0) return markup``;
  const step = Math.ceil(epochs / 10);
  const places = Array.from({ length: epochs }, (_, epoch) =>
    epoch % step === 0 ? String(epoch + 1) : "",
  );
  const chart = lineChart({
    title: caption,
    places,
    across: "epoch",
    lines: candidates.map(({ label, isChosen, curve }) => ({
      label,
      isMain: isChosen,
      values: curve.map((point) => point[of]),
    })),
    from: "data",
    format: of === "ndcg" ? decimals : (loss) => loss.toPrecision(4),
  });
  return figure(caption, chart);
}
