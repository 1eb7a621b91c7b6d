import type { JointFacts, JointTest } from '../../../types/paired.js'
import { evidenceName, groupByName, groupName, outcomeName, printable } from '../../names.js'
import type { Words } from '../../words.js'
import { unionsFirst } from './unions-first.js'

/** Three or more runs at once: how many images each flags, and Cochran's Q. */
export type JointView = {
  readonly id: string
  readonly title: string
  readonly evidence: string
  /** All images together, in the open. */
  readonly all: readonly JointTable[]
  /** By single attributes, closed. */
  readonly byAttribute: readonly JointTable[]
}

export type JointTable = {
  readonly id: string
  readonly caption: string
  readonly runs: readonly string[]
  readonly span: number
  readonly outcomes: readonly {
    readonly outcome: string
    readonly rows: readonly {
      readonly group: string
      readonly counts: readonly string[]
      readonly q: string
      readonly p: string
    }[]
  }[]
}

/** Every joint comparison of label sets: one table of all images and one per single attribute; intersections stand in joint.csv. */
export function jointViews(words: Words): readonly JointView[] {
  const { facts } = words.audit
  return facts.joint
    .filter(({ kind }) => kind === 'designs')
    .map((joint, i) => {
      const runs = joint.runs.map(([, labelSet]) => printable(labelSet))
      return {
        id: `joint-${i}`,
        title: words.locale.text('designs.joint.title', { runs: runs.join(', ') }),
        evidence: facts.evidence.length > 1 ? evidenceName(joint.runs[0]?.[0] ?? '', words.audit) : '',
        ...jointTables(`joint-${i}`, joint, runs, words),
      }
    })
    .filter(({ all, byAttribute }) => all.length + byAttribute.length > 0)
}

function jointTables(
  id: string,
  joint: JointFacts,
  runs: readonly string[],
  words: Words,
): Pick<JointView, 'all' | 'byAttribute'> {
  const own = words.audit.derived.jointTests.filter((test) => test.joint === joint.id && test.groupBy.length < 2)
  const places = [...new Set(own.map(({ probe, groupBy }) => JSON.stringify([probe, groupBy])))]
  const tables = places.map((place, i) => {
    const tests = own.filter(({ probe, groupBy }) => JSON.stringify([probe, groupBy]) === place)
    return { groupBy: tests[0]?.groupBy ?? [], table: jointTable(`${id}-${i}`, tests, runs, words) }
  })
  return {
    all: tables.filter(({ groupBy }) => groupBy.length === 0).map(({ table }) => table),
    byAttribute: tables.filter(({ groupBy }) => groupBy.length > 0).map(({ table }) => table),
  }
}

function jointTable(id: string, tests: readonly JointTest[], runs: readonly string[], words: Words): JointTable {
  const { audit, locale } = words
  const groupBy = tests[0]?.groupBy ?? []
  const outcomes = unionsFirst(
    audit.facts.probes,
    tests.map(({ outcome }) => outcome),
  )
  return {
    id,
    caption:
      groupBy.length === 0
        ? locale.text('designs.joint.caption-all')
        : locale.text('designs.joint.caption', { groupBy: groupByName(groupBy, locale) }),
    runs,
    span: runs.length + 3,
    outcomes: outcomes.map((outcome) => ({
      outcome: outcomeName(outcome, locale),
      rows: tests.filter((test) => test.outcome === outcome).map((test) => jointRow(test, words)),
    })),
  }
}

function jointRow({ group, images, flagged, statistic, p, reason }: JointTest, { locale, numbers }: Words) {
  const why = reason === undefined ? locale.text('table.none') : locale.text(`designs.reasons.${reason}`)
  return {
    group: group.length === 0 ? locale.text('reference.overall') : groupName(group, locale),
    counts: flagged.map((count) => numbers.ofTotal(count, images)),
    q: statistic === null ? locale.text('table.none') : numbers.twoPlaces(statistic),
    p: p === null ? why : numbers.pValue(p),
  }
}
