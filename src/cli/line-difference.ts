/** One line of a difference: it stays, it goes, or it is new. */
export type DifferenceLine = { readonly kind: ' ' | '-' | '+'; readonly text: string }

const MOST_COMPARED = 4_000_000 // pairs of lines; beyond it what differs is shown as one block

/** The lines by which two texts differ, in order, with the lines that stay (longest common subsequence). */
export function lineDifference(before: string, after: string): readonly DifferenceLine[] {
  const [old, fresh] = [linesOf(before), linesOf(after)]
  let start = 0
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start++
  let end = 0
  while (end < Math.min(old.length, fresh.length) - start && old.at(-1 - end) === fresh.at(-1 - end)) end++
  const stays = (lines: readonly string[]): DifferenceLine[] => lines.map((text) => ({ kind: ' ', text }))
  return [
    ...stays(old.slice(0, start)),
    ...compare(old.slice(start, old.length - end), fresh.slice(start, fresh.length - end)),
    ...stays(old.slice(old.length - end)),
  ]
}

/** The difference as text: `-` and `+` lines with one unchanged line around them and `...` for what is left out. */
export function describeDifference(before: string, after: string): string {
  const lines = lineDifference(before, after)
  const isShown = lines.map((_, index) =>
    [index - 1, index, index + 1].some((near) => (lines[near]?.kind ?? ' ') !== ' '),
  )
  const parts = lines.flatMap(({ kind, text }, index) => {
    if (isShown[index]) return [`${kind} ${text}`.trimEnd()]
    return index === 0 || isShown[index - 1] ? ['  ...'] : []
  })
  return `${parts.join('\n')}\n`
}

function linesOf(text: string): readonly string[] {
  return text.replace(/\r?\n$/, '').split(/\r?\n/)
}

function compare(old: readonly string[], fresh: readonly string[]): readonly DifferenceLine[] {
  const goes = old.map((text): DifferenceLine => ({ kind: '-', text }))
  const comes = fresh.map((text): DifferenceLine => ({ kind: '+', text }))
  if (old.length * fresh.length > MOST_COMPARED) return [...goes, ...comes]
  const common = commonLines(old, fresh)
  const lines: DifferenceLine[] = []
  let i = 0
  let j = 0
  while (i < old.length && j < fresh.length) {
    if (old[i] === fresh[j]) {
      lines.push({ kind: ' ', text: old[i] })
      i++
      j++
    } else if (common(i + 1, j) >= common(i, j + 1)) lines.push(goes[i++])
    else lines.push(comes[j++])
  }
  return [...lines, ...goes.slice(i), ...comes.slice(j)]
}

/** How many lines the ends of both texts have in common, from line i of one and line j of the other. */
function commonLines(old: readonly string[], fresh: readonly string[]): (i: number, j: number) => number {
  const width = fresh.length + 1
  const common = new Uint32Array((old.length + 1) * width)
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = fresh.length - 1; j >= 0; j--) {
      const isSame = old[i] === fresh[j]
      const [below, beside] = [common[(i + 1) * width + j], common[i * width + j + 1]]
      common[i * width + j] = isSame ? common[(i + 1) * width + j + 1] + 1 : Math.max(below, beside)
    }
  }
  return (i, j) => common[i * width + j]
}
