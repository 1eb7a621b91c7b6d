import type { SubjectSums } from '../types/facts.js'

/** Images of each subject in each group: one entry per pair that occurs. */
export type SubjectGroups = {
  /** Entry of each row; -1 where the row belongs to no group. */
  readonly entryOfRow: Int32Array
  readonly subjectOfEntry: Int32Array
  readonly groupOfEntry: Int32Array
}

/** Finds which subjects have images in which groups. `groupOfRow` is -1 for rows that count nowhere. */
export function subjectGroups(subjectOfRow: Int32Array, groupOfRow: Int32Array, groups: number): SubjectGroups {
  const entryOfRow = new Int32Array(subjectOfRow.length).fill(-1)
  const entries = new Map<number, number>()
  const [subjects, ofGroup]: [number[], number[]] = [[], []]
  for (let row = 0; row < subjectOfRow.length; row++) {
    if (groupOfRow[row] < 0) continue
    const key = subjectOfRow[row] * groups + groupOfRow[row] // subjects are at most rows: exact
    let entry = entries.get(key)
    if (entry === undefined) {
      entry = subjects.push(subjectOfRow[row]) - 1
      ofGroup.push(groupOfRow[row])
      entries.set(key, entry)
    }
    entryOfRow[row] = entry
  }
  return { entryOfRow, subjectOfEntry: Int32Array.from(subjects), groupOfEntry: Int32Array.from(ofGroup) }
}

export type SubjectQuestion = {
  readonly pairs: SubjectGroups
  /** Whether a group is part of everyone else; images of unknown groups are not. */
  readonly comparable: readonly boolean[]
  /** True for a row that has a decision. */
  readonly isCounted: (row: number) => boolean
  /** True for a row whose decision lies inside the outcome. */
  readonly isInside: (row: number) => boolean
}

/** Sums over subjects for every group, and for everyone comparable outside it. A subject may have images in several groups: what
 *  it has elsewhere belongs to the rest, not to the group. */
export function subjectSums(question: SubjectQuestion): {
  groups: SubjectSums[]
  rests: SubjectSums[]
  everyone: SubjectSums
} {
  const { pairs, comparable } = question
  const { images, inside } = countEntries(question)
  const everywhere = sumSubjects(pairs, comparable, { images, inside })
  const groups = comparable.map(emptySums)
  const rests = comparable.map(() => everywhere.all())
  for (let entry = 0; entry < images.length; entry++) {
    const group = pairs.groupOfEntry[entry]
    if (images[entry] === 0) continue
    add(groups[group], inside[entry], images[entry], 1)
    if (!comparable[group]) continue
    const [y, m] = everywhere.of(pairs.subjectOfEntry[entry])
    add(rests[group], y, m, -1)
    if (m > images[entry]) add(rests[group], y - inside[entry], m - images[entry], 1)
  }
  return { groups, rests, everyone: everywhere.all() }
}

type Entries = { readonly images: Float64Array; readonly inside: Float64Array }

function countEntries({ pairs, isCounted, isInside }: SubjectQuestion): Entries {
  const images = new Float64Array(pairs.groupOfEntry.length)
  const inside = new Float64Array(pairs.groupOfEntry.length)
  for (let row = 0; row < pairs.entryOfRow.length; row++) {
    const entry = pairs.entryOfRow[row]
    if (entry < 0 || !isCounted(row)) continue
    images[entry]++
    if (isInside(row)) inside[entry]++
  }
  return { images, inside }
}

type Everywhere = {
  /** Images inside the outcome and all images of a subject over the comparable groups. */
  readonly of: (subject: number) => readonly [inside: number, images: number]
  /** A fresh copy of the sums over all subjects. */
  readonly all: () => Editable<SubjectSums>
}

function sumSubjects(pairs: SubjectGroups, comparable: readonly boolean[], { images, inside }: Entries): Everywhere {
  const largest = pairs.subjectOfEntry.reduce((most, subject) => Math.max(most, subject), -1)
  const [y, m] = [new Float64Array(largest + 1), new Float64Array(largest + 1)]
  for (let entry = 0; entry < images.length; entry++) {
    if (!comparable[pairs.groupOfEntry[entry]]) continue
    y[pairs.subjectOfEntry[entry]] += inside[entry]
    m[pairs.subjectOfEntry[entry]] += images[entry]
  }
  const sums = emptySums()
  for (let subject = 0; subject <= largest; subject++) if (m[subject] > 0) add(sums, y[subject], m[subject], 1)
  return { of: (subject) => [y[subject], m[subject]], all: () => ({ ...sums }) }
}

type Editable<Value> = { -readonly [Key in keyof Value]: Value[Key] }

function emptySums(): Editable<SubjectSums> {
  return { subjects: 0, squaredCounts: 0, crossProducts: 0, squaredImages: 0 }
}

/** Adds (or, with -1, takes out) a subject with `inside` of `images` images. Whole numbers: exact. */
function add(sums: Editable<SubjectSums>, inside: number, images: number, times: 1 | -1): void {
  sums.subjects += times
  sums.squaredCounts += times * inside * inside
  sums.crossProducts += times * inside * images
  sums.squaredImages += times * images * images
}
