/**
 * Words of the server, which come in lower case and without a full stop, as a sentence of a page. A name at the
 * beginning, of a file or an execution, stays as it is.
 */
export function sentence(words: string): string {
  if (words === "") return "";
  const end = /[.!?:…]$/.test(words) ? "" : ".";
  const isWord = /^\p{L}+(?:[\s,;:.’']|$)/u.test(words);
  return `${isWord ? words.charAt(0).toUpperCase() : words.charAt(0)}${words.slice(1)}${end}`;
}
