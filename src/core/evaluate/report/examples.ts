import type { Evaluation, ShownItem, UserExample } from "../../../schema/index.ts";
import { type Markup, markup } from "../../../page/index.ts";
import { columnPercent, exact, whole } from "./numbers.ts";
import { choice } from "./verdict-words.ts";

/** Held-out items that are listed beside a list. */
const LISTED = 8;
/** Letters of a title. */
const LONGEST_TITLE = 80;

/** A few users as they are: what they did, what they were recommended, what they went on to do. */
export function examplesSection(evaluation: Evaluation): Markup {
  const { examples, part } = evaluation;
  if (examples.length === 0) return markup``;
  return markup`<section class="breaks"><h2>What does it recommend to whom?</h2><p class="quiet">Of each third of the users by activity, the two that
 stand one third and two thirds down the list of its users by id; users without a ${part} row to find are not on that list. Whether
 the model did well by them had no say. <span class="hit">✓</span> marks what the user ${choice(evaluation)}: it was hidden from the
 model.</p><div class="users">${examples.map(userCard)}</div></section>`;
}

function userCard(example: UserExample): Markup {
  const { userId, activity, historyItems, history, recommended, heldOut } = example;
  const hits = recommended.filter(({ hit }) => hit).length;
  const found = new Set(recommended.filter(({ hit }) => hit).map(({ id }) => id));
  const missed = heldOut.filter(({ id }) => !found.has(id));
  const more = historyItems - history.length;
  return markup`<article><h3>User ${userId}<span class="quiet">${activity} activity, ${whole(
    historyItems,
  )} items</span></h3><p class="${hits > 0 ? "good" : "quiet"}">${whole(hits)} of ${whole(
    heldOut.length,
  )} held-out items in the first ${recommended.length}</p><div class="lists"><div><h4>History, latest last</h4><ul>${
    more > 0 ? markup`<li class="quiet">… ${whole(more)} before these</li>` : markup``
  }${history.map((item) => markup`<li>${named(item)}</li>`)}</ul></div><div><h4>Recommended<span>probability</span></h4><ol>${recommended.map(
    (item) =>
      markup`<li class="${item.hit ? "hit" : ""}"><span>${named(item)}${
        item.hit ? markup` <b class="mark">✓<span class="unseen"> hit</span></b>` : markup``
      }</span><span class="figure">${
        item.probability === null ? "–" : exact(item.probability, columnPercent)
      }</span></li>`,
  )}</ol></div></div>${
    missed.length === 0
      ? markup``
      : markup`<p class="quiet note">Not found: ${missed
          .slice(0, LISTED)
          .map(
            (item, place) => markup`${place === 0 ? "" : " · "}${named(item)}`,
          )}${missed.length > LISTED ? ` and ${whole(missed.length - LISTED)} more` : ""}</p>`
  }</article>`;
}

/** The title where there is one, cut where it is a whole text; the id on hover, and then the text. */
function named({ id, name }: ShownItem): Markup {
  if (name === null) return markup`<span title="item ${id}">item ${id}</span>`;
  const letters = Array.from(name);
  if (letters.length <= LONGEST_TITLE) return markup`<span title="item ${id}">${name}</span>`;
  const start = letters.slice(0, LONGEST_TITLE - 1).join("");
  return markup`<span title="item ${id}: ${name}">${start}…</span>`;
}
