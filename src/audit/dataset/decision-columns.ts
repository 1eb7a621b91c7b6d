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

/** One decision as it is written. Scores are null where there are none; `similarity` and `margin` are 32-bit floats. */
export type WrittenDecision = {
  readonly image: string
  readonly labelSet: string
  readonly label: string
  readonly outcome: string
  readonly similarity: number | null
  readonly probability: number | null
  readonly margin: number | null
  readonly runnerUp: string | null
}
