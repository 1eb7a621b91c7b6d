/** Bias@k of two values: images of the first less those of the second, over both; from -1 to 1, and 0 where the top holds neither.
 *  `of` is how many images it rests on: 0 of 0 is no balance. Source: Wang, Liu & Wang 2021.
 *  @example biasAtCut(3, 1)  // { value: 0.5, of: 4 } */
export function biasAtCut(first: number, second: number): { readonly value: number; readonly of: number } {
  const of = first + second
  return { value: of === 0 ? 0 : (first - second) / of, of }
}

/** What Bias@k is on average where groups do not matter: that of the whole list, which a random top only scatters around. 0 where the list
 *  holds neither. @example biasByChance(60, 40)  // 0.2 */
export function biasByChance(first: number, second: number): number {
  return biasAtCut(first, second).value
}
