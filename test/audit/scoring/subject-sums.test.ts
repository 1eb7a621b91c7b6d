import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { subjectSums, subjectGroups } from '../../../src/audit/scoring/subject-sums.js'

type Row = { readonly subject: number; readonly group: number; readonly inside?: boolean; readonly undecided?: boolean }

function sumsOf(rows: readonly Row[], comparable: readonly boolean[]) {
  const pairs = subjectGroups(
    Int32Array.from(rows, ({ subject }) => subject),
    Int32Array.from(rows, ({ group }) => group),
    comparable.length,
  )
  return subjectSums({
    pairs,
    comparable,
    isCounted: (row) => rows[row].undecided !== true,
    isInside: (row) => rows[row].inside === true,
  })
}

/** The definition, row by row: for every subject y images inside of m, then the sums over subjects. */
function byHand(rows: readonly Row[], isMember: (group: number) => boolean) {
  const subjects = new Map<number, { y: number; m: number }>()
  for (const { subject, group, inside, undecided } of rows) {
    if (group < 0 || undecided === true || !isMember(group)) continue
    const { y, m } = subjects.get(subject) ?? { y: 0, m: 0 }
    subjects.set(subject, { y: y + (inside === true ? 1 : 0), m: m + 1 })
  }
  const sums = { subjects: 0, squaredCounts: 0, crossProducts: 0, squaredImages: 0 }
  for (const { y, m } of subjects.values()) {
    sums.subjects++
    sums.squaredCounts += y * y
    sums.crossProducts += y * m
    sums.squaredImages += m * m
  }
  return sums
}

describe('subjectSums', () => {
  it('sums over the subjects of a group, not over its images', () => {
    const rows: Row[] = [
      { subject: 7, group: 0, inside: true },
      { subject: 7, group: 0 },
      { subject: 7, group: 0, inside: true },
      { subject: 9, group: 0 },
      { subject: 2, group: 1, inside: true },
    ]
    const { groups, rests } = sumsOf(rows, [true, true])
    expect(groups[0]).toEqual({ subjects: 2, squaredCounts: 4, crossProducts: 6, squaredImages: 10 })
    expect(groups[1]).toEqual({ subjects: 1, squaredCounts: 1, crossProducts: 1, squaredImages: 1 })
    expect(rests).toEqual([groups[1], groups[0]])
  })

  it('gives what a subject has in another group to the rest', () => {
    const rows: Row[] = [
      { subject: 0, group: 0, inside: true },
      { subject: 0, group: 1 },
      { subject: 0, group: 1, inside: true },
      { subject: 1, group: 1 },
    ]
    expect(sumsOf(rows, [true, true]).rests[0]).toEqual({
      subjects: 2,
      squaredCounts: 1,
      crossProducts: 2,
      squaredImages: 5,
    })
  })

  it('leaves out rows without a decision and rows of no group', () => {
    const rows: Row[] = [
      { subject: 0, group: 0 },
      { subject: 0, group: 0, undecided: true },
      { subject: 0, group: -1 },
    ]
    expect(sumsOf(rows, [true]).groups[0]).toMatchObject({ subjects: 1, squaredImages: 1 })
  })

  it('keeps an unknown group out of every rest, though it has sums of its own', () => {
    const rows: Row[] = [{ subject: 0, group: 0 }, { subject: 0, group: 1 }, { subject: 3, group: 2 }] // prettier-ignore
    const { groups, rests } = sumsOf(rows, [true, true, false])
    expect(groups[2].subjects).toBe(1)
    expect(rests[0]).toMatchObject({ subjects: 1, squaredImages: 1 })
    expect(rests[2]).toMatchObject({ subjects: 1, squaredImages: 4 })
  })

  it('agrees with the definition, whatever subjects and groups the rows have', () => {
    const row = fc.record({
      subject: fc.integer({ min: 0, max: 6 }),
      group: fc.integer({ min: -1, max: 3 }),
      inside: fc.boolean(),
      undecided: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
        const comparable = [true, true, true, false]
        const { groups, rests, everyone } = sumsOf(rows, comparable)
        expect(everyone).toEqual(byHand(rows, (group) => comparable[group]))
        for (let group = 0; group < 4; group++) {
          expect(groups[group]).toEqual(byHand(rows, (other) => other === group))
          expect(rests[group]).toEqual(byHand(rows, (other) => other !== group && comparable[other]))
        }
      }),
    )
  })
})
