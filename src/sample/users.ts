import { type Random, shuffle } from "../kernels/index.ts";
import { STYLES } from "./assortment.ts";
import { allot, WEEKS } from "./calendar.ts";
import { EXAMPLE_USERS } from "./options.ts";
import { oneOf } from "./pick.ts";

/** Favourite categories of each user, and how much each counts. */
export const FAVOURITES = 5;
const FAVOURITE_WEIGHTS = [1, 0.45, 0.2, 0.1, 0.05];

/** The latent traits of the users, by user index; users are numbered as they arrive. */
export interface Users {
  readonly count: number;
  /** (users, FAVOURITES): categories, the favourite first; one may stand there twice. */
  readonly favourite: Uint8Array;
  /** (users, FAVOURITES) */
  readonly favouriteWeight: Float32Array;
  /** (users, styles): how likely the user is to take an item of each style. */
  readonly styleWeight: Float32Array;
  /** Running sum of how often users come: user u's own is `activitySum[u + 1] − activitySum[u]`. */
  readonly activitySum: Float64Array;
  /** Users that have arrived before each week: those with an index below it. (WEEKS + 1) */
  readonly present: Uint32Array;
}

const FOUNDING_SHARE = 0.25;
const CASUAL_SHARE = 0.15;
const PERSONAS = 10;

/** A kind of user: those of one kind like much the same. */
interface Persona {
  readonly favourite: readonly number[];
  readonly style: number;
}

/** Draws `count` users. A quarter comes in the first week, the rest evenly afterwards. */
export function drawUsers(count: number, categoryCount: number, random: Random): Users {
  const personas = Array.from({ length: PERSONAS }, () => drawPersona(categoryCount, random));
  const users = {
    count,
    favourite: new Uint8Array(count * FAVOURITES),
    favouriteWeight: new Float32Array(count * FAVOURITES),
    styleWeight: new Float32Array(count * STYLES.length),
    activitySum: new Float64Array(count + 1),
    present: presentUsers(count),
  };
  for (let u = 0; u < count; u++) {
    drawTaste(users, u, oneOf(random, personas), categoryCount, random);
    let activity = drawActivity(random);
    if (EXAMPLE_USERS.includes(u)) activity = Math.max(activity, 3);
    users.activitySum[u + 1] = users.activitySum[u]! + activity;
  }
  return users;
}

function drawPersona(categoryCount: number, random: Random): Persona {
  const categories = Uint8Array.from({ length: categoryCount }, (_, category) => category);
  shuffle(categories, random);
  return {
    favourite: Array.from({ length: FAVOURITES }, (_, f) => categories[f % categoryCount]!),
    style: random.integer(STYLES.length),
  };
}

function presentUsers(count: number): Uint32Array {
  const founding = Math.max(EXAMPLE_USERS.at(-1)! + 1, Math.ceil(count * FOUNDING_SHARE));
  const later = allot(
    count - founding,
    Array.from({ length: WEEKS }, (_, week) => Math.min(week, 1)),
  );
  const present = new Uint32Array(WEEKS + 1);
  for (let week = 0; week < WEEKS; week++) {
    present[week + 1] = present[week]! + (week === 0 ? founding : later[week]!);
  }
  return present;
}

/** Mostly the persona's taste, with something of the user's own. */
function drawTaste(
  users: Users,
  u: number,
  persona: Persona,
  categoryCount: number,
  random: Random,
): void {
  const { favourite, favouriteWeight, styleWeight } = users;
  for (let f = 0; f < FAVOURITES; f++) {
    const f_u = u * FAVOURITES + f;
    favourite[f_u] =
      random.uniform() < 0.93 ? persona.favourite[f]! : random.integer(categoryCount);
    favouriteWeight[f_u] = FAVOURITE_WEIGHTS[f]! * (0.8 + 0.4 * random.uniform());
  }
  const s_u = u * STYLES.length;
  for (let s = 0; s < STYLES.length; s++) styleWeight[s_u + s] = 0.04 + 0.06 * random.uniform();
  const second = s_u + random.integer(STYLES.length);
  styleWeight[second] = styleWeight[second]! + 0.15 * random.uniform();
  const own = random.uniform() < 0.9 ? persona.style : random.integer(STYLES.length);
  styleWeight[s_u + own] = 1;
}

/** Pareto's law with exponent 2, cut at 20 times its least; some users hardly ever come. */
function drawActivity(random: Random): number {
  const casual = random.uniform() < CASUAL_SHARE ? 0.15 : 1;
  return casual * Math.min(20, 1 / Math.sqrt(1 - random.uniform()));
}
