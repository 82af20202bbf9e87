import type { RankedList } from "../../storage/index.ts";

/**
 * For each item the best K users seen so far, while users stream by: a min-heap per item.
 *
 * Better is a higher value, then the larger user index (A16), so the result does not depend on the
 * order in which users come, nor on how they were divided into shards.
 */
export class ItemBoards {
  readonly items: number;
  readonly k: number;
  /** (I, K) heaps: the worst entry of item i stands at i·K. */
  readonly users: Uint32Array;
  readonly values: Float32Array;
  /** (I, K) the entries' probabilities: what is ranked by may be something else, such as lift. */
  readonly probabilities: Float32Array;
  /** (I) */
  readonly counts: Uint32Array;
  /** (I) what a value has to reach to come in; below 0, and so reached by all, until the item has K users */
  readonly floors: Float32Array;

  constructor(items: number, k: number) {
    this.items = items;
    this.k = k;
    this.users = new Uint32Array(items * k);
    this.values = new Float32Array(items * k);
    this.probabilities = new Float32Array(items * k);
    this.counts = new Uint32Array(items);
    this.floors = new Float32Array(items).fill(-1);
  }

  /** Offers a user to an item, which ranks the user by `value`. */
  offer(item: number, user: number, value: number, probability: number): void {
    if (value >= this.floors[item]!) this.#insert(item, user, value, probability);
  }

  /** Takes in the entries of another board of the same items. */
  merge(other: Pick<ItemBoards, "users" | "values" | "probabilities" | "counts">): void {
    for (let item = 0; item < this.items; item++) {
      for (let p = item * this.k; p < item * this.k + other.counts[item]!; p++) {
        this.#insert(item, other.users[p]!, other.values[p]!, other.probabilities[p]!);
      }
    }
  }

  /** The users of an item, best first, with their probabilities. */
  ranking(item: number): RankedList {
    const start = item * this.k;
    const count = this.counts[item]!;
    const order = Array.from({ length: count }, (_, p) => start + p).sort((a, b) =>
      this.#isWorse(a, b) ? 1 : -1,
    );
    return {
      indices: Uint32Array.from(order, (p) => this.users[p]!),
      probabilities: Float32Array.from(order, (p) => this.probabilities[p]!),
      count,
    };
  }

  #insert(item: number, user: number, value: number, probability: number): void {
    const start = item * this.k;
    const count = this.counts[item]!;
    if (count < this.k) {
      this.counts[item] = count + 1;
      this.#set(start + count, user, value, probability);
      this.#siftUp(start, count);
      if (count + 1 === this.k) this.floors[item] = this.values[start]!;
      return;
    }
    const worst = this.values[start]!;
    if (value < worst || (value === worst && user < this.users[start]!)) return;
    this.#set(start, user, value, probability);
    this.#siftDown(start, count);
    this.floors[item] = this.values[start]!;
  }

  #siftUp(start: number, from: number): void {
    let child = from;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.#isWorse(start + child, start + parent)) return;
      this.#swap(start + child, start + parent);
      child = parent;
    }
  }

  #siftDown(start: number, count: number): void {
    let parent = 0;
    for (;;) {
      let worst = parent;
      for (const child of [2 * parent + 1, 2 * parent + 2]) {
        if (child < count && this.#isWorse(start + child, start + worst)) worst = child;
      }
      if (worst === parent) return;
      this.#swap(start + parent, start + worst);
      parent = worst;
    }
  }

  #isWorse(a: number, b: number): boolean {
    const difference = this.values[a]! - this.values[b]!;
    return difference < 0 || (difference === 0 && this.users[a]! < this.users[b]!);
  }

  #set(place: number, user: number, value: number, probability: number): void {
    this.users[place] = user;
    this.values[place] = value;
    this.probabilities[place] = probability;
  }

  #swap(a: number, b: number): void {
    const { users, values, probabilities } = this;
    const [user, value, probability] = [users[a]!, values[a]!, probabilities[a]!];
    this.#set(a, users[b]!, values[b]!, probabilities[b]!);
    this.#set(b, user, value, probability);
  }
}
