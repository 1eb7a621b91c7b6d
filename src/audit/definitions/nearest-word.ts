const LONGEST_COMPARED = 64 // longer words are not typing slips of ours, and the comparison costs length squared

/** The allowed word that a mistyped one most likely means, or null when none is near.
 *  Near: at most one slip (a letter changed, missing, added or swapped) per three letters, upper and lower case alike. */
export function nearestWord(word: string, allowed: readonly string[]): string | null {
  if (word.length > LONGEST_COMPARED) return null
  let best: string | null = null
  let bestDistance = Infinity
  for (const candidate of allowed) {
    if (candidate.length > LONGEST_COMPARED) continue
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase())
    const limit = Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 3))
    if (distance <= limit && distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours count one each. */
function editDistance(left: string, right: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: right.length + 1 }, (_, column) => column)
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    for (let column = 1; column <= right.length; column++) {
      const cost = left[row - 1] === right[column - 1] ? 0 : 1
      let distance = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + cost)
      const isSwap = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      if (row > 1 && column > 1 && isSwap) distance = Math.min(distance, at(beforeLast, column - 2) + 1)
      current.push(distance)
    }
    beforeLast = last
    last = current
  }
  return at(last, right.length)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity
}
