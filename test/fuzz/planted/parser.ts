/** A parser with a fault behind three words, each at its place, that only somebody finds who follows the blocks of its code. It stands in for ours, to show
 *  that the fuzzer finds what is there. */
export function plantedParser(text: string, fault: () => void): number {
  if (!text.startsWith('Pro')) return 0
  if (!text.includes('bity')) return 1
  if (!text.endsWith('!!')) return 2
  fault()
  return 3
}
