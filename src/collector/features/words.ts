/** The different words of a text: runs of letters and digits of any script, in lower case. */
export function wordsOf(text: string): readonly string[] {
  return [
    ...new Set(
      text
        .normalize("NFC")
        .toLowerCase()
        .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [],
    ),
  ];
}
