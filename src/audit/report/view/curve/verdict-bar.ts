import type { CurveRecord } from '../../../types/curve.js'
import { verdictCounts } from '../../curve-words.js'
import type { VerdictKey } from '../../verdict-words.js'

/** The specifications of one group as one bar, cut by verdict. Every verdict has a height and a fill of its own, so that the bar
 *  reads without colour. Across it is one unit per specification; down, CSS pixels. */
export type VerdictBar = {
  readonly text: string
  readonly width: number
  readonly parts: readonly VerdictPart[]
}

type VerdictPart = {
  readonly key: VerdictKey
  readonly x: number
  readonly width: number
  readonly y: number
  readonly height: number
}

const BAR_HEIGHT = 16
const HEIGHTS: Readonly<Partial<Record<VerdictKey, number>>> = { higher: 16, lower: 16, inconclusive: 10, within: 4 }
const THINNEST = 2

/** A bar of the verdicts of one group; `text` says the same in words. */
export function verdictBar(record: Pick<CurveRecord, 'verdicts'>, text: string): VerdictBar {
  const parts: VerdictPart[] = []
  let x = 0
  for (const [key, width] of verdictCounts(record)) {
    const height = HEIGHTS[key] ?? THINNEST
    if (width > 0) parts.push({ key, x, width, y: (BAR_HEIGHT - height) / 2, height })
    x += width
  }
  return { text, width: Math.max(1, record.verdicts.length), parts }
}
