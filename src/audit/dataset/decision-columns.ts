/** The columns of a decisions file, in the order in which it is written. On input the first three are required. */
export const DECISION_COLUMNS = [
  'image',
  'labelSet',
  'label',
  'outcome',
  'similarity',
  'probability',
  'margin',
  'runnerUp',
] as const

export type DecisionColumn = (typeof DECISION_COLUMNS)[number]

export const REQUIRED_COLUMNS: readonly DecisionColumn[] = ['image', 'labelSet', 'label']
