/** Names in the order of the numbers in them: `2.tar` comes before `10.tar`. Between numbers, the order of the bytes. */
export function inNaturalOrder(names: readonly string[]): string[] {
  return names
    .map((name) => ({ name, parts: name.normalize('NFC').split(/(\d+)/) })) // every second part is a number
    .sort((a, b) => compareParts(a.parts, b.parts))
    .map(({ name }) => name)
}

function compareParts(a: readonly string[], b: readonly string[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const isNumber = index % 2 === 1
    const order = isNumber ? compareNumbers(a[index], b[index]) : Buffer.compare(Buffer.from(a[index]), Buffer.from(b[index])) // prettier-ignore
    if (order !== 0) return order
  }
  return a.length - b.length
}

function compareNumbers(a: string, b: string): number {
  const order = BigInt(a) - BigInt(b)
  return order === 0n ? a.length - b.length : order < 0n ? -1 : 1
}
