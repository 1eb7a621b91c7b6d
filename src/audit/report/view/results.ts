import type { LabelSetFacts, ProbeFacts } from '../../types/facts.js'
import { categoryOutcomes } from '../../types/measures.js'
import type { RateAddress } from '../audit-index.js'
import { countedText } from '../locale.js'
import {
  designName,
  evidenceName,
  groupByName,
  hasSeveralModels,
  outcomeName,
  printable,
  probeName,
  saidText,
} from '../names.js'
import type { Words } from '../words.js'
import { funnelChart, type FunnelChart } from './charts/funnel-chart.js'
import { gapChart, type GapChart } from './charts/gap-chart.js'
import { dotChart, MOST_CHART_ROWS, type DotChart } from './dot-chart.js'
import { heatTable, type HeatTable } from './heat-table.js'
import { rateRows, type RateRow } from './rate-rows.js'
import { gapSentence, spreadTable, type SpreadTable } from './spread.js'
import { steadied } from './steadied.js'

/** Results of one probe under one label set, cut by what was crossed: single attributes, pairs, and three or more. */
export type ResultBlock = {
  readonly id: string
  readonly labelSet: string
  readonly labelSetTitle: string
  readonly probe: string
  readonly question: string
  /** Named only when the audit holds more than one model or source of decisions. */
  readonly evidence: string
  readonly single: readonly Grouping[]
  readonly crossed: readonly Grouping[]
}

/** One `groupBy`, with one panel per outcome. */
export type Grouping = {
  readonly id: string
  readonly title: string
  readonly panels: readonly Panel[]
  /** Headings of the closed parts with further charts; empty where no panel has one. */
  readonly unseenSummary: string
  readonly funnelSummary: string
  /** How far the groups lie apart, outcome by outcome; null where the audit does not say. */
  readonly spread: SpreadTable | null
}

/** One outcome by one `groupBy`: a drawing, and the table with the same numbers behind it. */
export type Panel = {
  readonly id: string
  readonly outcome: string
  readonly harm: string
  /** Three or more attributes are drawn as a heat table, fewer as dots. Exactly one of the two is there. */
  readonly chart: DotChart | null
  readonly heat: HeatTable | null
  /** Largest against smallest rate with what chance alone gives; empty where the audit does not say. */
  readonly gap: string
  /** What these data could not have shown; null where no group has enough images. */
  readonly unseen: GapChart | null
  /** What chance alone gives by number of images; null where the audit has no limits. */
  readonly funnel: FunnelChart | null
  readonly table: RateTable
}

export type RateTable = {
  readonly id: string
  readonly caption: string
  readonly summary: string
  /** Said where cells with too few images stand in the heat table alone; empty otherwise. */
  readonly leftOut: string
  readonly countsHeader: string
  readonly rateHeader: string
  readonly referenceHeader: string
  /** What steadied rates are, or why there are none; empty where the audit has no estimate. */
  readonly steadiedNote: string
  readonly hasSteadied: boolean
  readonly rows: readonly RateRow[]
  /** Whether every verdict follows as a whole sentence: only where a reader could read them all. */
  readonly hasSentences: boolean
  /** The heat table has the same counts: on paper it stands alone. */
  readonly isScreenOnly: boolean
}

const FEWEST_CROSSED_FOR_HEAT = 3

/** Every result of the audit: one block per probe, evidence and label set that has rates, in the order of the audit. */
export function resultBlocks(words: Words): readonly ResultBlock[] {
  const { facts } = words.audit
  const blocks = facts.probes.flatMap((probe) =>
    facts.evidence.flatMap((evidence) =>
      facts.labelSets.map((labelSet) => block({ probe, evidence: evidence.id, labelSet }, words)),
    ),
  )
  return blocks.filter(({ single, crossed }) => single.length > 0 || crossed.length > 0)
}

/** One sentence for each probe without any result, so that an empty place is never taken for a clean bill. */
export function withoutResults(blocks: readonly ResultBlock[], { audit, locale }: Words): readonly string[] {
  const shown = new Set(blocks.map(({ probe }) => probe))
  const { probes, labelSets } = audit.facts
  const withTables = new Set(audit.derived.tables.map(({ probe }) => probe))
  return probes
    .filter(({ id }) => !shown.has(probeName(id, locale)) && !withTables.has(id))
    .map(({ id, notApplicable }) => {
      const isOutcome = notApplicable.every(({ reason }) => reason === 'outcome-absent')
      const slots = { probe: probeName(id, locale), labelSets: labelSets.map((set) => printable(set.id)).join(', ') }
      return isOutcome
        ? countedText(locale, 'results.no-outcome', labelSets.length, slots)
        : locale.text('results.not-applicable', slots)
    })
}

type Place = { readonly probe: ProbeFacts; readonly evidence: string; readonly labelSet: LabelSetFacts }

function block(place: Place, words: Words): ResultBlock {
  const { probe, evidence, labelSet } = place
  const { facts } = words.audit
  const id = `r${facts.probes.indexOf(probe)}-${facts.evidence.findIndex((e) => e.id === evidence)}-${facts.labelSets.indexOf(labelSet)}`
  const groupings = probe.groupBy.map((groupBy, i) => ({ groupBy, ...grouping(`${id}-${i}`, groupBy, place, words) }))
  const present = groupings.filter(({ panels }) => panels.length > 0)
  return {
    id,
    labelSet: printable(labelSet.id),
    labelSetTitle: saidText(labelSet.title, words.locale),
    probe: probeName(probe.id, words.locale),
    question: saidText(probe.question, words.locale),
    evidence: hasSeveralModels(words.audit) ? evidenceName(evidence, words.audit) : '',
    single: present.filter(({ groupBy }) => groupBy.length === 1),
    crossed: present.filter(({ groupBy }) => groupBy.length > 1),
  }
}

function grouping(id: string, groupBy: readonly string[], place: Place, words: Words): Grouping {
  const outcomes = [...categoryOutcomes(place.probe.measure), ...place.probe.counted]
  const panels = outcomes.flatMap((outcome, i) => panel(`${id}-${i}`, outcome.id, groupBy, place, words) ?? [])
  const spreads = outcomes.flatMap(({ id: outcome }) => words.index.spreadOf(addressOf(outcome, groupBy, place)) ?? [])
  const slots = { groupBy: groupByName(groupBy, words.locale) }
  return {
    id,
    title: words.locale.text('results.by', slots),
    panels,
    unseenSummary: panels.some(({ unseen }) => unseen !== null) ? words.locale.text('charts.gap.summary', slots) : '',
    funnelSummary: panels.some(({ funnel }) => funnel !== null)
      ? words.locale.text('charts.funnel.summary', slots)
      : '',
    spread: spreadTable(`${id}-s`, spreads, words),
  }
}

function addressOf(outcome: string, groupBy: readonly string[], { probe, evidence, labelSet }: Place): RateAddress {
  return { probe: probe.id, evidence, labelSet: labelSet.id, groupBy, outcome }
}

function panel(id: string, outcome: string, groupBy: readonly string[], place: Place, words: Words): Panel | null {
  const { locale, index } = words
  const where = addressOf(outcome, groupBy, place)
  const rates = index.ratesOf(where)
  if (rates.length === 0) return null
  const steady = steadied(index.shrunkenOf(where), words)
  const rows = rateRows(rates, words, steady.rates)
  const slots = {
    outcome: outcomeName(outcome, locale),
    groupBy: groupByName(groupBy, locale),
    labelSet: designName(place.evidence, place.labelSet.id, words),
  }
  const approximate = rates.some(({ method }) => method === 'wilson-effective') ? '-approximate' : ''
  const asHeat = groupBy.length >= FEWEST_CROSSED_FOR_HEAT
  const tabled = asHeat ? rows.filter(({ verdict }) => verdict.key !== 'insufficient') : rows
  const few = rows.length - tabled.length
  return {
    id,
    outcome: outcomeName(outcome, locale),
    harm: harmOf(outcome, place, words),
    chart: asHeat ? null : dotChart(id, rows, chartCaptions(slots, words), words),
    heat: asHeat ? heatTable(id, rates, locale.text('heat.caption', slots), words) : null,
    gap: gapSentence(index.spreadOf(where), words),
    unseen: gapChart(`${id}-u`, rows, unseenCaptions(slots, words), words),
    funnel: funnelChart(`${id}-f`, index.funnelOf(where), rates, words, slots),
    table: {
      id: `${id}-t`,
      caption: locale.text('table.caption', slots),
      summary: countedText(locale, 'table.summary', tabled.length, {
        ...slots,
        rows: words.numbers.count(tabled.length),
      }),
      leftOut: few > 0 ? countedText(locale, 'charts.heat.left-out', few, { cells: words.numbers.count(few) }) : '',
      countsHeader: locale.text('table.counts', slots),
      rateHeader: locale.text(`table.rate${approximate}`),
      referenceHeader: locale.text(`table.reference${approximate}`),
      steadiedNote: steady.note,
      hasSteadied: steady.rates.size > 0,
      rows: tabled,
      isScreenOnly: asHeat,
      hasSentences: rows.length <= MOST_CHART_ROWS && rows.some(({ sentence }) => sentence !== ''),
    },
  }
}

function chartCaptions(
  slots: { outcome: string; groupBy: string; labelSet: string },
  { locale }: Words,
): { title: string; description: string } {
  return { title: locale.text('chart.title', slots), description: locale.text('chart.description', slots) }
}

function unseenCaptions(
  slots: { outcome: string; groupBy: string; labelSet: string },
  { locale }: Words,
): { title: string; description: string } {
  return { title: locale.text('charts.gap.title', slots), description: locale.text('charts.gap.description', slots) }
}

/** The harm kind of an outcome; a union is named by its parts. */
function harmOf(outcome: string, { probe, labelSet }: Place, { locale }: Words): string {
  const counted = probe.counted.find(({ id }) => id === outcome)
  if (counted !== undefined) return locale.text(`harms.${counted.harm}`)
  const declared = categoryOutcomes(probe.measure).find(({ id }) => id === outcome)
  if (declared?.isUnion === true) {
    return locale.text('results.union', {
      categories: declared.categories.map((category) => outcomeName(category, locale)).join(' + '),
    })
  }
  const harm = labelSet.outcomes.find(([id]) => id === outcome)?.[1]
  return harm === undefined ? '' : locale.text(`harms.${harm}`)
}
