import type { Progress } from '../audit/tools.js'
import type { PaceSetting, PaceTrial } from '../audit/types/pace.js'
import { shownName } from './shown.js'

type Pace = Extract<Progress, { stage: 'pace' }>

/** What `--threads auto` and `--batch auto` took for a model, how fast it is, and what was passed over; a line each. */
export function describePace({ model, choice }: Pace): string[] {
  const name = shownName(model)
  if (choice === null)
    return [
      `${name}: drawn images are embedded to choose threads or batch, for half a minute or the time of 150 images`,
    ]
  return [
    ...(choice.threads === null ? [] : [`${name}: --threads auto takes ${describeSetting(choice.threads)}`]),
    ...(choice.batch === null ? [] : [`${name}: --batch auto takes ${describeSetting(choice.batch)}`]),
  ]
}

function describeSetting(setting: PaceSetting): string {
  const { taken, reason } = setting
  switch (reason) {
    case 'measured':
      return describeMeasured(setting)
    case 'as-stored':
      return `${taken}, as the vectors in the store`
    case 'set-by-model':
      return `${taken}, which the image encoder asks for`
    case 'on-device':
      return `${taken}, all cores: it is not they that embed`
    case 'one-core':
      return `${taken}, for one core`
  }
}

function describeMeasured({ taken, usual, trials, leastGain }: PaceSetting): string {
  const own = trials.filter(({ value }) => value === taken)
  const others = trials.filter(({ value }) => value !== taken)
  const isNearlyOther = taken === usual && Math.max(...others.map(rateOf)) > Math.max(...own.map(rateOf))
  const told = others.map((trial) => `${trial.value === usual ? 'the usual ' : ''}${trial.value} (${speed(trial)})`)
  const why = isNearlyOther ? `: another one must be ${100 * leastGain}% faster` : ''
  return `${taken} (${own.map(speed).join()} drawn images a second), not ${told.join(' or ')}${why}`
}

function rateOf(trial: PaceTrial): number {
  return trial.kind === 'measured' ? trial.imagesPerSecond : 0
}

function speed(trial: PaceTrial): string {
  if (trial.kind === 'refused') return trial.code
  return trial.imagesPerSecond.toFixed(trial.imagesPerSecond < 10 ? 2 : 0)
}
