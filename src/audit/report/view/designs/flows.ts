import type { FlowTest, PairFacts } from '../../../types/paired.js'
import { countedText } from '../../locale.js'
import { shownLabel } from '../../label-codes.js'
import { fullGroupName, outcomeName } from '../../names.js'
import type { Words } from '../../words.js'
import { flowChart, type FlowChart } from '../charts/flow-chart.js'
import { sidesOf, type Sides } from './sides.js'

/** Where the same images went: a count table for all of them, the same for every group, and the labels they left and got. */
export type FlowView = Sides & {
  readonly id: string
  readonly all: FlowTable
  /** The same counts as bands; null where no image moved. */
  readonly chart: FlowChart | null
  readonly test: string
  readonly groups: readonly FlowTable[]
  readonly labels: readonly string[]
  /** Said under the list when it does not name every pair of labels; empty otherwise. */
  readonly moreLabels: string
}

/** Outcome categories under the first run down, under the second across. */
export type FlowTable = {
  readonly id: string
  readonly caption: string
  readonly columns: readonly string[]
  readonly rows: readonly { readonly outcome: string; readonly cells: readonly FlowCell[] }[]
  /** The p of equal frequencies; empty where there is none. */
  readonly p: string
}

/** `stays`: the images keep their outcome category. */
export type FlowCell = { readonly images: string; readonly stays: boolean }

const MOST_LABELS = 12 // further pairs of labels stand in flows.csv

/** The flows of a pair; null where the audit holds none for all images. */
export function flowView(id: string, pair: PairFacts, words: Words): FlowView | null {
  const own = words.audit.derived.flowTests.filter((test) => test.pair === pair.id)
  const all = own.find(({ group }) => group.length === 0)
  if (all === undefined) return null
  const sides = sidesOf(pair)
  const categories = categoriesOf(pair, words)
  const { numbers, locale } = words
  return {
    id,
    ...sides,
    all: flowTable(`${id}-0`, all, { categories, sides }, words),
    chart: flowChart(`${id}-c`, all, categories, sides, words),
    test: testSentence(all, words),
    groups: own
      .filter(({ group, images }) => group.length > 0 && images > 0)
      .map((test, i) => flowTable(`${id}-${i + 1}`, test, { categories, sides }, words)),
    labels: all.labels.slice(0, MOST_LABELS).map((flow) => labelSentence(flow, words)),
    moreLabels:
      all.labels.length > MOST_LABELS
        ? locale.text('designs.flow.more-labels', {
            shown: numbers.count(MOST_LABELS),
            all: numbers.count(all.labels.length),
          })
        : '',
  }
}

/** Outcome categories of both label sets, those of the first in front. */
export function categoriesOf({ labelSets }: PairFacts, { index }: Words): readonly string[] {
  return [...new Set(labelSets.flatMap((id) => index.labelSet(id).outcomes.map(([outcome]) => outcome)))]
}

type Frame = { readonly categories: readonly string[]; readonly sides: Sides }

function flowTable(id: string, test: FlowTest, { categories, sides }: Frame, words: Words): FlowTable {
  const { locale, numbers } = words
  const images = new Map(categories.map((from) => [from, new Map<string, number>()]))
  for (const [from, to, count] of test.outcomes) images.get(from)?.set(to, count)
  const slots = {
    group: fullGroupName(test.group, locale),
    images: numbers.images(test.images),
    moved: numbers.count(test.moved),
    ...sides,
  }
  return {
    id,
    caption: locale.text(test.group.length === 0 ? 'designs.flow.caption' : 'designs.flow.group-caption', slots),
    columns: categories.map((category) => outcomeName(category, locale)),
    p: test.p === null ? '' : locale.text('designs.flow.group-p', { p: numbers.pValue(test.p) }),
    rows: categories.map((from) => ({
      outcome: outcomeName(from, locale),
      cells: categories.map((to) => ({
        images: numbers.count(images.get(from)?.get(to) ?? 0),
        stays: from === to,
      })),
    })),
  }
}

function labelSentence([from, to, images, of]: FlowTest['labels'][number], words: Words): string {
  const { locale, numbers } = words
  return countedText(locale, 'designs.flow.label', of, {
    images: numbers.count(images),
    of: numbers.count(of),
    from: shownLabel(from, words),
    to: shownLabel(to, words),
  })
}

function testSentence({ method, reason, statistic, degreesOfFreedom, p }: FlowTest, words: Words): string {
  const { locale, numbers } = words
  if (reason !== undefined) return locale.text(`designs.flow.no-test.${reason}`)
  if (method === null || p === null) return ''
  return locale.text(`designs.flow.test.${method}`, {
    statistic: statistic === null ? locale.text('numbers.not-defined') : numbers.twoPlaces(statistic),
    df: degreesOfFreedom === null ? locale.text('numbers.not-defined') : numbers.count(degreesOfFreedom),
    p: numbers.pValue(p),
  })
}
