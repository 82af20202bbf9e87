/**
 * The candidate most like `word`, if one is like enough to be a slip of the pen.
 *
 * Capitals, `_` and `-` do not count, so `learning_rate` is `learningRate`; otherwise up to a third
 * of the letters may be wrong, missing or too many.
 */
export function didYouMean(word: string, candidates: readonly string[]): string | undefined {
  const bare = letters(word);
  let best: string | undefined;
  let least = Math.floor(bare.length / 3) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(bare, letters(candidate));
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

function letters(word: string): string {
  return word.toLowerCase().replaceAll(/[_-]/g, "");
}

/** Levenshtein distance: the fewest insertions, deletions and substitutions that turn `a` into `b`. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
