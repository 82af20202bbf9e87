/** Keeps the k largest of the values offered; of equal values the higher index (A16). */
export class Largest {
  readonly #k: number;
  readonly #indices: Uint32Array;
  readonly #values: Float64Array;
  #count = 0;

  constructor(k: number) {
    this.#k = k;
    this.#indices = new Uint32Array(k);
    this.#values = new Float64Array(k);
  }

  offer(index: number, value: number): void {
    if (this.#count === this.#k && !this.#isBefore(index, value, this.#k - 1)) return;
    let place = Math.min(this.#count, this.#k - 1);
    for (; place > 0 && this.#isBefore(index, value, place - 1); place--) {
      this.#indices[place] = this.#indices[place - 1]!;
      this.#values[place] = this.#values[place - 1]!;
    }
    this.#indices[place] = index;
    this.#values[place] = value;
    this.#count = Math.min(this.#k, this.#count + 1);
  }

  /** Calls `take` with every kept index and value, the largest first, and forgets them. */
  drain(take: (index: number, value: number) => void): void {
    for (let place = 0; place < this.#count; place++) {
      take(this.#indices[place]!, this.#values[place]!);
    }
    this.#count = 0;
  }

  #isBefore(index: number, value: number, place: number): boolean {
    const other = this.#values[place]!;
    return value > other || (value === other && index > this.#indices[place]!);
  }
}
