/** Words of the server, which come in lower case and without a full stop, as a sentence of a page. */
export function sentence(words: string): string {
  if (words === "") return "";
  const end = /[.!?:…]$/.test(words) ? "" : ".";
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${end}`;
}
