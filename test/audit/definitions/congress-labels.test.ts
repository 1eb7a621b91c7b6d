import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'csv-parse/sync'
import { readLabelSet, readProbe } from '../../../src/audit/definitions/shipped.js'
import { sharedMaterial } from '../../support/shared.js'

const labels = sharedMaterial('published/congress-label-set-2.csv')
const words = sharedMaterial('published/clip-congress-text-labels.csv')
const table = (path: string) => parse<Record<string, string>>(readFileSync(path), { columns: true })

describe.skipIf(!labels.isHere)(`the labels of three cloud services ${labels.skipped}`, () => {
  it('are those of the source, in its order and spelling', () =>
    expect(readLabelSet('congress-cloud-labels').labels.map(({ text }) => text)).toEqual(
      table(labels.path).map(({ label }) => label),
    ))
})

describe.skipIf(!words.isHere)(`what the CLIP paper says of single labels ${words.skipped}`, () => {
  it('stands in the probe word for word, with its threshold and side', () => {
    const { measure } = readProbe('congress')
    if (measure.kind !== 'association-threshold') throw new Error('another measure')
    const ours = (measure.named?.said ?? []).flatMap(({ labelSet, threshold, side, labels: ids }) =>
      ids.map((id) => [labelSet, 100 * threshold, id, side].join()),
    )
    const theirs = table(words.path).map(({ label_set, threshold_percent, label, reported }) =>
      [
        label_set === 'combined' ? 'congress-cloud-labels' : label_set,
        Number(threshold_percent),
        (label ?? '').replaceAll(' ', '-'),
        reported,
      ].join(),
    )
    expect(ours.sort()).toEqual(theirs.sort())
  })
})
