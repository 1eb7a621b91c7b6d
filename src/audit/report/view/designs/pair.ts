import { categoryOutcomes } from '../../../types/measures.js'
import type { LabelSetFacts, ProbeFacts } from '../../../types/facts.js'
import type { ChangeRecord, PairFacts } from '../../../types/paired.js'
import { groupByName, outcomeName, probeName } from '../../names.js'
import type { Words } from '../../words.js'
import { MOST_CHART_ROWS } from '../dot-chart.js'
import { alikeView, type AlikeView } from './alike.js'
import { changeChart, type ChangeChart } from './change-chart.js'
import { changeSentence } from './change-sentence.js'
import { changeTable, type ChangeTable } from './change-table.js'
import { changeVerdictView } from './change-words.js'
import { crossedChanges, type CrossedChanges } from './crossed.js'
import { flowView, type FlowView } from './flows.js'
import { inShort } from './in-short.js'
import { evidenceOf, sidesOf, type Sides } from './sides.js'
import { unionsFirst } from './unions-first.js'
import { changedLabels, whatDiffers, type ChangedLabels } from './what-differs.js'

/** Two designs on the same images. */
export type PairView = {
  readonly id: string
  readonly title: string
  readonly evidence: string
  /** What the second design changes, and what that allows, in plain sentences. */
  readonly lead: readonly string[]
  readonly labels: ChangedLabels | null
  /** The verdicts of each outcome by attribute, one sentence per outcome. */
  readonly short: readonly string[]
  readonly probes: readonly ProbeChanges[]
  readonly flow: FlowView | null
}

export type ProbeChanges = {
  /** Named only where the audit has more than one. */
  readonly probe: string
  readonly attributes: readonly AttributeChanges[]
  readonly crossed: readonly CrossedChanges[]
  readonly crossedSummary: string
}

export type AttributeChanges = {
  readonly id: string
  readonly title: string
  readonly charts: readonly { readonly outcome: string; readonly harm: string; readonly chart: ChangeChart }[]
  /** The first outcome, a union where there is one; the others stand in a closed part. */
  readonly table: ChangeTable
  readonly others: ChangeTable | null
  readonly othersSummary: string
  readonly sentences: readonly { readonly word: string; readonly sentence: string }[]
  readonly alike: AlikeView | null
}

/** One pair of runs: everything that its page shows. */
export function pairView(pair: PairFacts, i: number, words: Words): PairView {
  const sides = sidesOf(pair)
  const id = `pair-${i}`
  const own = words.audit.derived.changes.filter((change) => change.pair === pair.id)
  return {
    id,
    title: words.locale.text('designs.pair', sides),
    evidence: evidenceOf(pair, words),
    lead: whatDiffers(pair, words),
    labels: changedLabels(`${id}-labels`, pair, words),
    short: inShort(own, words),
    probes: words.audit.facts.probes.flatMap((probe, p) => {
      const changes = own.filter((change) => change.probe === probe.id)
      return changes.length === 0 ? [] : [probeChanges(`${id}-${p}`, { pair, probe, changes, sides }, words)]
    }),
    flow: flowView(`${id}-flow`, pair, words),
  }
}

type Place = {
  readonly pair: PairFacts
  readonly probe: ProbeFacts
  readonly changes: readonly ChangeRecord[]
  readonly sides: Sides
}

function probeChanges(id: string, place: Place, words: Words): ProbeChanges {
  const { probe } = place
  const groupings = probe.groupBy
    .map((groupBy) => ({ groupBy, byOutcome: byOutcomeOf(groupBy, place) }))
    .filter(({ byOutcome }) => byOutcome.length > 0)
  const single = groupings.filter(({ groupBy }) => groupBy.length === 1)
  const crossed = groupings.filter(({ groupBy }) => groupBy.length > 1)
  return {
    probe:
      words.audit.facts.probes.length > 1
        ? words.locale.text('designs.by-probe', { probe: probeName(probe.id, words.locale) })
        : '',
    attributes: single.map(({ groupBy, byOutcome }, i) =>
      attributeChanges(`${id}-${i}`, groupBy, byOutcome, { place, words }),
    ),
    crossed: crossed.flatMap(({ byOutcome }, c) =>
      byOutcome.map((changes, o) => crossedChanges(`${id}-x${c}-${o}`, changes, words)),
    ),
    crossedSummary: words.locale.text('designs.crossed.summary', {
      groupings: crossed.map(({ groupBy }) => groupByName(groupBy, words.locale)).join('; '),
    }),
  }
}

/** Changes of one grouping, one list per outcome. */
function byOutcomeOf(groupBy: readonly string[], { probe, changes }: Place): (readonly ChangeRecord[])[] {
  const key = JSON.stringify(groupBy)
  const here = changes.filter((change) => JSON.stringify(change.groupBy) === key)
  const outcomes = unionsFirst(
    [probe],
    here.map(({ outcome }) => outcome),
  )
  return outcomes.map((outcome) => here.filter((change) => change.outcome === outcome))
}

function attributeChanges(
  id: string,
  groupBy: readonly string[],
  byOutcome: readonly (readonly ChangeRecord[])[],
  { place, words }: { readonly place: Place; readonly words: Words },
): AttributeChanges {
  const { pair, probe, sides } = place
  const isShort = (byOutcome[0]?.length ?? 0) <= MOST_CHART_ROWS
  return {
    id,
    title: words.locale.text('results.by', { groupBy: groupByName(groupBy, words.locale) }),
    charts: byOutcome.map((changes, o) => ({
      outcome: outcomeName(changes[0]?.outcome ?? '', words.locale),
      harm: harmOf(changes[0]?.outcome ?? '', probe, words.index.labelSet(pair.labelSets[0]), words),
      chart: changeChart(`${id}-${o}`, changes, { sides, margin: marginOf(changes[0], pair) }, words),
    })),
    table: changeTable(`${id}-t`, byOutcome.slice(0, 1), sides, words),
    others: byOutcome.length > 1 ? changeTable(`${id}-o`, byOutcome.slice(1), sides, words) : null,
    othersSummary: words.locale.text('designs.table.others', {
      outcomes: byOutcome
        .slice(1)
        .map(([change]) => outcomeName(change?.outcome ?? '', words.locale))
        .join(', '),
    }),
    sentences: isShort
      ? byOutcome.flat().map((change) => ({
          word: changeVerdictView(change.verdict, words).word,
          sentence: changeSentence(change, pair, sides, words),
        }))
      : [],
    alike: alikeView(`${id}-d`, contrastsOf(groupBy, place, words), sides, words),
  }
}

function contrastsOf(groupBy: readonly string[], { pair, probe }: Place, { audit }: Words) {
  const key = JSON.stringify(groupBy)
  const here = audit.derived.changeContrasts.filter(
    (contrast) => contrast.pair === pair.id && contrast.probe === probe.id && JSON.stringify(contrast.groupBy) === key,
  )
  const outcomes = unionsFirst(
    [probe],
    here.map(({ outcome }) => outcome),
  )
  return outcomes.map((outcome) => here.filter((contrast) => contrast.outcome === outcome))
}

function marginOf(change: ChangeRecord | undefined, { families }: PairFacts): number {
  const family = families.find(({ id }) => id === change?.family)
  if (family === undefined)
    throw new Error(`audit.json: expected a family "${change?.family}" but the audit holds none`)
  return family.margin
}

function harmOf(outcome: string, { measure }: ProbeFacts, labelSet: LabelSetFacts, { locale }: Words): string {
  const declared = categoryOutcomes(measure).find(({ id }) => id === outcome)
  if (declared?.isUnion === true) {
    return locale.text('results.union', {
      categories: declared.categories.map((category) => outcomeName(category, locale)).join(' + '),
    })
  }
  const harm = labelSet.outcomes.find(([id]) => id === outcome)?.[1]
  return harm === undefined ? '' : locale.text(`harms.${harm}`)
}
