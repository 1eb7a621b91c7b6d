import type { DtypeChoice, DtypeTrial } from '../../types/dtype-choice.js'
import { printable } from '../names.js'
import { levelText } from '../numbers.js'
import type { Words } from '../words.js'

/** Which precision was taken where that was left open, why, and how many decisions of the sample each that was tried moved; nothing where it was named. */
export function dtypeLines(choice: DtypeChoice | undefined, words: Pick<Words, 'locale' | 'numbers'>): string[] {
  if (choice === undefined) return []
  const { taken, reason, there, images, mostMoved, alpha, trials } = choice
  const { locale, numbers } = words
  return [
    locale.text(`provenance.dtype-auto.${reason}`, {
      taken,
      there: there.join(', '),
      images: numbers.images(images ?? 0),
      level: levelText(alpha, locale),
      most: numbers.settingPercent(mostMoved),
    }),
    ...trials.flatMap((trial) => trialLines(trial, choice, words)),
  ]
}

function trialLines(
  trial: DtypeTrial,
  { images, alpha }: DtypeChoice,
  { locale, numbers }: Pick<Words, 'locale' | 'numbers'>,
): string[] {
  const { dtype } = trial
  if (trial.kind === 'refused')
    return [locale.text('provenance.dtype-auto.refused', { dtype, code: printable(trial.code) })]
  return trial.labelSets.map(({ labelSet: id, moved, toAnotherOutcome, interval }) => {
    return locale.text('provenance.dtype-auto.trial', {
      dtype,
      labelSet: printable(id),
      moved: numbers.ofImages(moved, images ?? 0),
      level: levelText(alpha, locale),
      interval: numbers.percentRange(interval),
      outcome: numbers.count(toAnotherOutcome),
    })
  })
}
