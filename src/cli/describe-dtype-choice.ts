import type { DtypeChoice, DtypeTrial, MovedDecisions } from '../audit/types/dtype-choice.js'
import { counted, shownName } from './shown.js'

type Chosen = DtypeChoice & { readonly model: string }

/** What `--dtype auto` took for a model and why, and how many decisions of the sample each precision moved; a line each. */
export function describeDtypeChoice({ model, ...choice }: Chosen): string[] {
  return [
    `${shownName(model)}: --dtype auto takes ${choice.taken}: ${whyTaken(choice)}`,
    ...choice.trials.flatMap((trial) => describeTrial(trial, choice)),
  ]
}

function whyTaken({ reason, there, images, mostMoved, alpha }: DtypeChoice): string {
  const most = `at most ${100 * mostMoved}% may, at the upper end of a ${level(alpha)}% interval`
  const sample = counted(images ?? 0, 'sampled image')
  switch (reason) {
    case 'few-moved':
      return `of ${sample}, few are decided otherwise than with fp32 (${most})`
    case 'too-many-moved':
      return `of ${sample}, too many may be decided otherwise with anything faster (${most})`
    case 'all-refused':
      return 'none of the others that were tried could be used'
    case 'too-few-images':
      return `fp32 decides ${sample}, too few to tell (${most})`
    case 'none-faster':
      return `of ${there.join(', ')}, no other is tried on this device`
    case 'only-one':
      return 'the folder has no other precision'
    case 'no-fp32':
      return `the folder has ${there.join(', ')} and no fp32 to hold them against; this is the nearest to it`
  }
}

function describeTrial(trial: DtypeTrial, choice: DtypeChoice): string[] {
  if (trial.kind === 'refused') return [`  ${trial.dtype}: cannot be used (${trial.code})`]
  return trial.labelSets.map(
    (moved) => `  ${trial.dtype}, ${shownName(moved.labelSet)}: ${describeMoved(moved, choice)}`,
  )
}

function describeMoved({ moved, toAnotherOutcome, interval }: MovedDecisions, { images, alpha }: DtypeChoice): string {
  const range = ` (${level(alpha)}% interval ${percent(interval[0])} to ${percent(interval[1])}%)`
  return `${moved} of ${images ?? 0} decided otherwise${range}, ${toAnotherOutcome} of them in another outcome category`
}

function level(alpha: number): string {
  return String(Number((100 * (1 - alpha)).toFixed(9)))
}

function percent(share: number): string {
  return (100 * share).toFixed(1)
}
