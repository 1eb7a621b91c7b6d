import { DatasetError } from '../../errors.js'
import type { DatasetPlan } from '../../types/definitions.js'
import { quotedList } from '../refusals.js'

/** The column that says of which split a row is, where the names of files or folders tell. */
export const SPLIT = 'split'

const WORDS = ['train', 'training', 'validation', 'valid', 'val', 'dev', 'test', 'testing', 'eval', 'evaluation']

/** Whether a folder is called as splits are. */
export function isSplitWord(name: string): boolean {
  return WORDS.includes(name)
}

/** Refuses several splits of which the plan takes no notice: an audit of training and validation images together is mostly a slip. Null is a file
 *  that says no split. */
export function refuseMixedSplits(splits: readonly (string | null)[], plan: Pick<DatasetPlan, 'labels' | 'map'>): void {
  const names = [...new Set(splits)].flatMap((split) => split ?? [])
  if (names.length < 2 || plan.map.some(({ column }) => column === SPLIT)) return
  throw new DatasetError('dataset.splits', {
    at: plan.labels,
    expected: 'one split',
    received: quotedList(names),
    hint: `Name the file or folder of one, or filter with --map split=split --where split=${names[names.length - 1]}`,
  })
}
