import type { Forecast, ModelForecast, Pass, Range, SharedOut } from '../audit/types/forecast.js'
import { duration } from './progress.js'
import { counted, shownBytes, shownName } from './shown.js'

export type ToldForecast = Forecast & {
  /** Bytes. */
  readonly memory: number
  readonly cost: { readonly price: number; readonly amount: Range } | null
}

/** A forecast as lines of text. */
export function describeForecast(forecast: ToldForecast): string {
  const { models, sharedOut, memory, disk, cost } = forecast
  const lines = [
    ...models.flatMap((model) => [...describeModel(model, forecast.labels), '']),
    ...(models.length === 0 ? ['No model is named, so there is nothing to embed.', ''] : []),
    line('In all', describeTime(sharedOut)),
    ...(cost === null ? [] : [line('Cost', `${amountOf(cost.amount)} at ${cost.price} an hour of one machine`)]),
    line('Memory', `about ${shownBytes(memory)}`),
    line('Disk', describeDisk(disk)),
  ]
  return `${lines.join('\n')}\n`
}

function describeModel(model: ModelForecast, labels: number): string[] {
  const { seconds, prompts, pace, unusable } = model
  const rate = pace === null ? '' : ` at ${pace.perSecond.middle.toFixed(1)} images a second, timed over ${pace.timed}`
  const left = prompts.total - prompts.stored
  return [
    `Model ${shownName(model.model)}, ${model.dim} numbers a vector, batches of ${model.batch}`,
    ...model.passes.map((pass) => line(`  ${passName(pass)}`, describePass(pass))),
    ...(unusable === 0 ? [] : [line('  unusable', `${counted(unusable, 'image')} of those that were tried`)]),
    line('  opening', shortly(seconds.open)),
    line('  embedding', seconds.embedding === null ? NOT_KNOWN : `${spanOf(seconds.embedding)}${rate}`),
    ...(left === 0 ? [] : [line('  prompts', `${shortly(seconds.prompts)} for the ${left} that are not stored`)]),
    line('  scoring', `${shortly(seconds.scoring)} for ${counted(labels, 'label')}`),
  ]
}

const NOT_KNOWN = 'not known: too few of the images that were tried could be embedded'

function describeTime({ seconds, machines }: SharedOut): string {
  if (seconds === null) return 'not known'
  const together = machines === 1 ? '' : ` on ${machines} machines that share the images`
  return `${spanOf(seconds)}${together}, then statistics and reports`
}

function passName({ what, altered }: Pass): string {
  return altered === null ? what : shownName(altered)
}

function describePass({ images, stored }: Pass): string {
  return `${images - stored} of ${images} to embed${stored === 0 ? '' : `, ${stored} in the store`}`
}

function describeDisk({ needed, free }: Forecast['disk']): string {
  const room = free === null ? '' : `, of ${shownBytes(free)} free`
  const warning = free !== null && free < needed ? '. WARNING: that is not enough' : ''
  return `${shownBytes(needed)} more in the store${room}${warning}`
}

function spanOf({ low, middle, high }: Range): string {
  const [least, about, most] = [low, middle, high].map(shortly)
  return least === most ? `about ${about}` : `about ${about} (${least} to ${most})`
}

function amountOf({ low, middle, high }: Range): string {
  const [least, about, most] = [low, middle, high].map((amount) => amount.toFixed(2))
  return least === most ? about : `${about} (${least} to ${most})`
}

function line(name: string, text: string): string {
  return `${name.padEnd(12)} ${text}`
}

/** What is measured is never nothing. */
function shortly(seconds: number): string {
  return seconds < 1 ? 'under 1 s' : duration(seconds)
}
