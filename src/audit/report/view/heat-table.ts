import { scaleQuantize } from 'd3-scale'
import type { AuditResult } from '../../types/audit.js'
import type { RateRecord } from '../../types/derived.js'
import { attributeName, groupByName, groupName } from '../names.js'
import { verdictOfRate, type VerdictKey } from '../verdict-words.js'
import type { Words } from '../words.js'

/** A table of an intersection: the last attribute across, the others down, one shade per step of the rate. */
export type HeatTable = {
  readonly id: string
  readonly caption: string
  readonly corner: string
  readonly columns: readonly string[]
  readonly rows: readonly { readonly name: string; readonly cells: readonly HeatCell[] }[]
  readonly steps: readonly { readonly shade: number; readonly label: string }[]
}

type HeatCell = {
  readonly isEmpty: boolean
  readonly shade: number
  readonly rate: string
  readonly counts: string
  /** Fewer images than the family's minimum: hatched, counts without rate. */
  readonly isFew: boolean
  /** A value that is not known, say: counts without rate. */
  readonly isPlain: boolean
  readonly verdict: VerdictKey
  readonly verdictWord: string
}

const SHADES = [0, 1, 2, 3, 4, 5]

/** A heat table of `rates`, which share one `groupBy` of at least two attributes. Cells without an image are marked, not left out. */
export function heatTable(id: string, rates: readonly RateRecord[], caption: string, words: Words): HeatTable {
  const { audit, numbers, locale } = words
  const groupBy = rates[0]?.groupBy ?? []
  const across = groupBy.at(-1) ?? ''
  const columns = columnValues(across, rates, audit)
  const shadeOf = scaleQuantize([0, Math.max(...rates.map((rate) => shownRate(rate, words)), 0.001)], SHADES)
  const byRow = new Map<string, { name: string; cells: Map<string, RateRecord> }>()
  for (const rate of rates) {
    const down = rate.group?.slice(0, -1) ?? []
    const key = JSON.stringify(down)
    const row = byRow.get(key) ?? { name: groupName(down, locale), cells: new Map<string, RateRecord>() }
    row.cells.set(rate.group?.at(-1)?.[1] ?? '', rate)
    byRow.set(key, row)
  }
  return {
    id,
    caption,
    corner: locale.text('heat.corner', {
      down: groupByName(groupBy.slice(0, -1), locale),
      across: attributeName(across, locale),
    }),
    columns: columns.map((value) => groupName([[across, value]], locale)),
    rows: [...byRow.values()].map(({ name, cells }) => ({
      name,
      cells: columns.map((value) => heatCell(cells.get(value), shadeOf, words)),
    })),
    steps: SHADES.map((shade) => {
      const [low, high] = shadeOf.invertExtent(shade)
      return { shade, label: numbers.percentRange([low, high]) }
    }),
  }
}

function heatCell(rate: RateRecord | undefined, shadeOf: (share: number) => number, words: Words): HeatCell {
  const { numbers } = words
  if (rate === undefined || rate.value === null) {
    return {
      isEmpty: true,
      shade: 0,
      rate: '',
      counts: '',
      isFew: false,
      isPlain: false,
      verdict: 'none',
      verdictWord: '',
    }
  }
  const verdict = verdictOfRate(rate, words)
  const isFew = verdict.key === 'insufficient'
  const isPlain = verdict.key === 'none'
  return {
    isEmpty: false,
    isFew,
    isPlain,
    shade: isFew || isPlain ? 0 : shadeOf(rate.value),
    rate: isFew || isPlain ? '' : numbers.percent(rate.value),
    counts: `${numbers.count(rate.count)}/${numbers.count(rate.total)}`,
    verdict: verdict.key,
    verdictWord: verdict.word,
  }
}

/** A tiny cell of 3 of 4 must not take the whole range of shades. */
function shownRate(rate: RateRecord, words: Words): number {
  const { key } = verdictOfRate(rate, words)
  return key === 'insufficient' || key === 'none' ? 0 : (rate.value ?? 0)
}

/** Values of the attribute across in declared order, those that occur. */
function columnValues(attribute: string, rates: readonly RateRecord[], { facts }: AuditResult): readonly string[] {
  const occurring = new Set(rates.map((rate) => rate.group?.at(-1)?.[1] ?? ''))
  const declared = facts.dataset.attributes.find(({ name }) => name === attribute)?.values ?? []
  const ordered = declared.filter((value) => occurring.has(value))
  return [...ordered, ...[...occurring].filter((value) => !ordered.includes(value))]
}
