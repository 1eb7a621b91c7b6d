/** The number with the shortest numeral that reads back as the same 32-bit float; nine digits always do (IEEE 754).
 *  @example shortestSingle(Math.fround(0.22))  // 0.22 */
export function shortestSingle(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const numeral = Number(value.toPrecision(digits))
    if (Math.fround(numeral) === value) return numeral
  }
  return Number(value.toPrecision(9))
}
