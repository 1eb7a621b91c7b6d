import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { manifestSha256 } from '../../../src/audit/dataset/dataset-manifest.js'
import { datasetOf } from './decisions-fixture.js'

const LABELS = 'ab'.repeat(32)
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

describe('manifestSha256', () => {
  it('is over the label file and the processed images in row order', () => {
    const dataset = datasetOf(['a', 'b', 'c', 'd', 'e'], {
      excluded: new Map([[1, 'where race=x']]),
      quarantined: new Map([[2, { code: 'file.missing', reason: '' }]]),
    })
    expect(manifestSha256(dataset, ['h1', 'h2', 'h3', null, 'h5'])).toBe(sha256(`${LABELS}\na\th1\ne\th5\n`))
  })

  it('is over the label file alone when no image was opened', () =>
    expect(manifestSha256(datasetOf(['a']), null)).toBe(sha256(`${LABELS}\n`)))

  it('moves when an image changes', () =>
    expect(manifestSha256(datasetOf(['a']), ['h1'])).not.toBe(manifestSha256(datasetOf(['a']), ['h2'])))
})
