import type { CurveFacts, CurveRecord } from '../../../types/curve.js'
import { shapeOf, VERDICT_SHAPES, type CurveWords } from '../../curve-words.js'
import { printable } from '../../names.js'
import { verdictOfKey, type VerdictView } from '../../verdict-words.js'
import type { Order } from './plot.js'

/** Rows under a curve: a field in every column that has this verdict, or used this choice. */
export type Lane = { readonly name: string; readonly count: string; readonly path: string }
export type VerdictLane = { readonly verdict: VerdictView; readonly count: string; readonly path: string }
export type FactorLanes = { readonly factor: string; readonly lanes: readonly Lane[] }

const SEPARATE_COLUMNS = 200 // with more columns, neighbours become one field

/** One row per verdict that occurs. */
export function verdictLanes(record: CurveRecord, order: Order, words: CurveWords): VerdictLane[] {
  return VERDICT_SHAPES.flatMap(([kind, key]): VerdictLane[] => {
    const used = order.drawn.map((specification) => shapeOf(record.verdicts[specification]) === key)
    if (!used.includes(true)) return []
    const count = record.verdicts.filter((verdict) => verdict === kind).length
    return [{ verdict: verdictOfKey(key, words), count: words.numbers.count(count), path: fields(used) }]
  })
}

/** One row per choice of every factor that leaves a choice. */
export function factorLanes({ factors, specifications }: CurveFacts, order: Order, words: CurveWords): FactorLanes[] {
  return factors.flatMap(({ id, choices }, f): FactorLanes[] => {
    if (choices.length < 2) return []
    const lanes = choices.map((choice, c) => ({
      name: printable(choice.id),
      count: words.numbers.count(specifications.filter((each) => each.choices[f] === c).length),
      path: fields(order.drawn.map((specification) => specifications[specification]?.choices[f] === c)),
    }))
    return [{ factor: printable(id), lanes }]
  })
}

/** Fields as one path: each column by itself where columns are few, runs of columns where they are many. */
function fields(used: readonly boolean[]): string {
  const gap = used.length > SEPARATE_COLUMNS ? 0 : 0.16
  const paths: string[] = []
  for (let x = 0; x < used.length; x++) {
    if (used[x] !== true) continue
    let end = x + 1
    while (gap === 0 && used[end] === true) end++
    const width = Math.round((end - x - 2 * gap) * 100) / 100
    paths.push(`M${Math.round((x - 0.5 + gap) * 100) / 100} 1h${width}v10h-${width}z`)
    x = end - 1
  }
  return paths.join('')
}
