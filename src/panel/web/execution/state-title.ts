/** A state's name as a person writes it: "PublishData" → "Publish data". */
export function stateTitle(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, "$1 $2").split(" ");
  return words.map((word, at) => (at === 0 ? word : word.toLowerCase())).join(" ");
}
