import type { AblationFacts, AblationRecord } from '../../../types/ablation.js'
import { evidenceName, outcomeName, printable } from '../../names.js'
import type { Words } from '../../words.js'
import { ablationGrids, type AblationGrid } from './ablation-grid.js'
import type { Entry } from './ablation-entry.js'
import { leadSentences, topRow, type TopRow } from './ablation-rows.js'
import { unionsFirst } from './unions-first.js'

/** What single labels do to the rates under one label set: labels taken out, and neutral alternatives added. */
export type AblationView = {
  readonly id: string
  readonly title: string
  readonly evidence: string
  readonly actions: readonly AblationAction[]
}

/** Labels removed, or labels added: ranked apart, because they answer different questions. */
export type AblationAction = {
  readonly id: string
  readonly title: string
  readonly note: string
  readonly outcomes: readonly AblationOutcome[]
}

export type AblationOutcome = {
  readonly id: string
  readonly outcome: string
  readonly caption: string
  readonly summary: string
  /** Every outcome but the first is closed. */
  readonly isClosed: boolean
  /** The labels with the largest influence on all images, one sentence each. */
  readonly sentences: readonly string[]
  /** All images and the groups of single attributes in which some label moves an image, with the three that move the rate most. */
  readonly rows: readonly TopRow[]
  /** The groups in which none does; empty where there is none. */
  readonly unmoved: string
  readonly grids: readonly AblationGrid[]
  readonly gridSummary: string
}

const ACTIONS = ['remove', 'add'] as const

/** One block per label set, in the order of the audit; empty where nothing was ablated. */
export function ablationViews(words: Words): readonly AblationView[] {
  const { ablations, evidence } = words.audit.facts
  const runs = [...new Set(ablations.map((fact) => JSON.stringify([fact.evidence, fact.labelSet])))]
  const records = byAblation(words.audit.derived.ablations)
  return runs.map((run, i) => {
    const facts = ablations.filter((fact) => JSON.stringify([fact.evidence, fact.labelSet]) === run)
    const id = `ablation-${i}`
    return {
      id,
      title: words.locale.text('results.label-set', { labelSet: printable(facts[0]?.labelSet ?? '') }),
      evidence: evidence.length > 1 ? evidenceName(facts[0]?.evidence ?? '', words.audit) : '',
      actions: ACTIONS.flatMap((action) => {
        const entries = entriesOf(
          facts.filter((fact) => fact.action === action),
          records,
        )
        return entries.length === 0 ? [] : [actionView(`${id}-${action}`, action, entries, words)]
      }),
    }
  })
}

function byAblation(records: readonly AblationRecord[]): ReadonlyMap<string, readonly AblationRecord[]> {
  const found = new Map<string, AblationRecord[]>()
  for (const record of records) {
    const list = found.get(record.ablation)
    if (list === undefined) found.set(record.ablation, [record])
    else list.push(record)
  }
  return found
}

function entriesOf(
  facts: readonly AblationFacts[],
  records: ReadonlyMap<string, readonly AblationRecord[]>,
): readonly Entry[] {
  return facts.flatMap(({ id, label, action }) =>
    (records.get(id) ?? []).filter(({ group }) => group.length < 2).map((record) => ({ label, action, record })),
  )
}

function actionView(
  id: string,
  action: AblationFacts['action'],
  entries: readonly Entry[],
  words: Words,
): AblationAction {
  const { locale } = words
  // two probes may count one outcome by other groups
  const places = words.audit.facts.probes.flatMap((probe) => {
    const counted = entries.filter(({ record }) => record.probe === probe.id)
    const outcomes = unionsFirst(
      [probe],
      counted.map(({ record }) => record.outcome),
    )
    return outcomes.map((outcome) => ({ outcome, own: counted.filter(({ record }) => record.outcome === outcome) }))
  })
  return {
    id,
    title: locale.text(`designs.ablation.${action}.title`),
    note: locale.text(`designs.ablation.${action}.note`),
    outcomes: places.map(({ outcome, own }, i) =>
      outcomeView(`${id}-${i}`, { action, outcome, own, isClosed: i > 0 }, words),
    ),
  }
}

type Place = {
  readonly action: AblationFacts['action']
  readonly outcome: string
  readonly own: readonly Entry[]
  readonly isClosed: boolean
}

function outcomeView(id: string, { action, outcome, own, isClosed }: Place, words: Words): AblationOutcome {
  const { locale } = words
  const slots = { outcome: outcomeName(outcome, locale) }
  const groups = [...new Set(own.map(({ record }) => JSON.stringify(record.group)))]
  const all = own.filter(({ record }) => record.group.length === 0)
  const topRows = groups.map((group) =>
    topRow(
      own.filter(({ record }) => JSON.stringify(record.group) === group),
      words,
    ),
  )
  const isMoved = ({ cells }: TopRow): boolean => cells[0] !== null
  const unmoved = topRows.filter((row) => !isMoved(row)).map(({ group }) => group)
  return {
    id,
    outcome: outcomeName(outcome, locale),
    isClosed,
    caption: locale.text(`designs.ablation.${action}.caption`, slots),
    summary: locale.text(`designs.ablation.${action}.summary`, slots),
    sentences: leadSentences(all, words),
    rows: topRows.filter(isMoved),
    unmoved:
      unmoved.length === 0
        ? ''
        : unmoved.length === topRows.length
          ? locale.text('designs.ablation.unmoved-all', slots)
          : locale.text('designs.ablation.unmoved', { groups: unmoved.join('; ') }),
    grids: ablationGrids(id, own, words),
    gridSummary: locale.text('designs.ablation.grid-summary', slots),
  }
}
