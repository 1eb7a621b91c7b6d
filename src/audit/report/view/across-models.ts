import type { Agreement } from '../../types/paired.js'
import { countedText } from '../locale.js'
import { evidenceName, hasSeveralModels, printable } from '../names.js'
import type { Words } from '../words.js'
import { acrossRow, type AcrossRow } from './across-row.js'
import { agreementCounts, isDisparity } from './agreement-counts.js'

/** Whether each finding holds for every model: findings down, models across. */
export type AcrossModels = {
  readonly counts: readonly string[]
  readonly tables: readonly AcrossTable[]
}

/** Disparities of one probe under one label set; those of crossed attributes are a table of their own, closed at first. */
export type AcrossTable = {
  readonly id: string
  readonly caption: string
  /** The line of a closed table; empty for one that is open. */
  readonly summary: string
  readonly columns: readonly string[]
  readonly rows: readonly AcrossRow[]
}

/** Findings across models; null where the audit holds one model. */
export function acrossModels(words: Words): AcrossModels | null {
  if (!hasSeveralModels(words.audit)) return null
  const { agreement } = words.audit.derived
  const found = agreement.filter(isDisparity)
  const { probes, labelSets } = words.audit.facts
  const places = probes.flatMap((probe) => labelSets.map((labelSet) => ({ probe: probe.id, labelSet: labelSet.id })))
  const tables = [false, true].flatMap((isCrossed) =>
    places.flatMap(({ probe, labelSet }, place) => {
      const entries = found.filter(
        (each) => each.probe === probe && each.labelSet === labelSet && each.groupBy.length > 1 === isCrossed,
      )
      return entries.length === 0 ? [] : [table({ id: `across-${place}`, labelSet, isCrossed, entries }, words)]
    }),
  )
  return { counts: agreementCounts(words), tables }
}

type TableOf = {
  readonly id: string
  readonly labelSet: string
  readonly isCrossed: boolean
  readonly entries: readonly Agreement[]
}

function table({ id, labelSet, isCrossed, entries }: TableOf, words: Words): AcrossTable {
  const { audit, locale, numbers } = words
  const slots = { labelSet: printable(labelSet), rows: numbers.count(entries.length) }
  return {
    id: isCrossed ? `${id}-crossed` : id,
    caption: locale.text(isCrossed ? 'models.caption-crossed' : 'models.caption', slots),
    summary: isCrossed ? countedText(locale, 'models.summary-crossed', entries.length, slots) : '',
    columns: audit.facts.evidence.map(({ id: evidence }) => evidenceName(evidence, audit)),
    rows: entries.map((entry) => acrossRow(entry, words)),
  }
}
