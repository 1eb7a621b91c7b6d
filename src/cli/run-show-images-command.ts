import { resolve } from 'node:path'
import { readGroupFlags } from '../audit/definitions/group-flag.js'
import { runShowImages, type ShownImage, type ShownImages } from '../audit/run-show-images.js'
import { writeShownImages } from '../audit/write-shown-images.js'
import { counted, shownName, shownPath } from './shown.js'
import { wholeFlag } from './whole-flag.js'

export type ShowImagesFlags = {
  readonly outcome: string
  readonly group?: readonly string[]
  readonly labelSet?: string
  readonly evidence?: string
  readonly decisions?: string
  readonly images?: string
  readonly sort: 'margin' | 'similarity'
  readonly limit: string
  readonly csv?: string
  readonly json?: boolean
}

const MOST_LISTED = 4096

const NOTICE =
  'These are images of people, listed by the label that a model gave them. Look at them where they lie; put neither them nor this list into a report.'

/** Lists the images behind a count: on a terminal the first of them, as JSON or CSV all. */
export async function showImagesFromCommandLine(audit: string, flags: ShowImagesFlags): Promise<void> {
  const limit = wholeFlag('--limit', flags.limit, 1, { most: MOST_LISTED })
  const shown = await runShowImages({
    audit,
    group: readGroupFlags(flags.group ?? []),
    outcome: flags.outcome,
    labelSet: flags.labelSet ?? null,
    evidence: flags.evidence ?? null,
    decisions: flags.decisions ?? null,
    images: flags.images ?? null,
    sort: flags.sort,
  })
  const written = flags.csv === undefined ? null : await writeShownImages(resolve(flags.csv), shown)
  process.stdout.write(flags.json === true ? asJson(shown) : asText(shown, limit))
  if (written !== null) process.stderr.write(`Written: ${shownPath(written)}\n`)
}

function asJson(shown: ShownImages): string {
  return `${JSON.stringify({ notice: NOTICE, ...shown }, null, 2)}\n`
}

function asText(shown: ShownImages, limit: number): string {
  const { count, total, group, outcome, labelSet, evidence, images } = shown
  const of = group.length === 0 ? 'all images' : group.map((pair) => pair.map(shownName).join(' ')).join(', ')
  const first = images.slice(0, limit)
  const lines = [
    `${of}: ${count} of ${counted(total, 'decided image')} put into ${shownName(outcome)} under ${shownName(labelSet)} (${evidence}).`,
    `The audit counts ${count}; the decisions kept with it list ${images.length}.`,
    NOTICE,
    ...(first.length === 0 ? [] : ['', ...table(first)]),
    ...(images.length > first.length ? ['', `${images.length - first.length} more: --limit, --csv or --json`] : []),
  ]
  return `${lines.join('\n')}\n`
}

const PLACES = 4 // of a cosine; near-ties lie below, and are marked

function table(images: readonly ShownImage[]): string[] {
  const rows = images.map(({ image, label, runnerUp, margin, similarity, isNearTie }) => [
    shownName(image),
    shownName(label),
    runnerUp === null ? '-' : shownName(runnerUp),
    margin === null ? '-' : margin.toFixed(PLACES),
    similarity === null ? '-' : similarity.toFixed(PLACES),
    isNearTie === true ? 'near-tie' : '',
  ])
  const all = [['image', 'label', 'runner-up', 'margin', 'similarity', ''], ...rows]
  const widths = all[0].map((_, column) => Math.max(...all.map((row) => row[column].length)))
  return all.map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd()) // prettier-ignore
}
