import { resolve } from 'node:path'
import { DefinitionError, quoted } from '../audit/errors.js'
import { runPublish } from '../audit/run-publish.js'
import { shownPath } from './shown.js'

const LEAST = 2 // at 1 only zeros would be suppressed: a count of one is one person
const MOST = 1000

/** Writes the files and says what was suppressed. */
export async function publishFromCommandLine(
  file: string,
  flags: { minDisclosed: string; out: string },
): Promise<void> {
  const minDisclosed = thresholdOf(flags.minDisclosed)
  const { published, files } = await runPublish({ audit: file, minDisclosed, out: resolve(flags.out) })
  const { cells, suppressed } = published.suppression
  process.stdout.write(
    `${suppressed} of ${cells} counts and totals suppressed: below ${minDisclosed}, or such a count could be found from them.\n` +
      'Two publications of one dataset, side by side, can undo this.\n' +
      `${files.map((path) => `${shownPath(path)}\n`).join('')}`,
  )
}

function thresholdOf(text: string): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= LEAST && value <= MOST) return value
  throw new DefinitionError('flag.min-disclosed', {
    at: 'command line',
    field: '--min-disclosed',
    expected: `a whole number from ${LEAST} to ${MOST}`,
    received: quoted(text),
  })
}
