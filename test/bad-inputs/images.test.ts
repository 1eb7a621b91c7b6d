import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AuditResult } from '../../src/audit/types/audit.js'
import { badInput } from './bad-input.js'
import { drawnJpeg } from './drawn-files.js'
import { quarantines } from './quarantined.js'
import { runsThrough } from './refused.js'
import { smallAudit, type SmallAudit } from './small-audit.js'

let small: SmallAudit
let jpeg: Buffer
beforeAll(async () => {
  small = await smallAudit()
  jpeg = await drawnJpeg()
})

describe('an audit with images that cannot be read', () => {
  it('quarantines them with a code, counts them per group, and has too little evidence over the limit', () => {
    const images = small.copyOfImages('damaged')
    const names = readdirSync(join(images, 'val')).sort()
    writeFileSync(join(images, 'val', names[0]), jpeg.subarray(0, jpeg.length / 2))
    writeFileSync(join(images, 'val', names[1]), '')
    runsThrough(3, small.audit('--images', images))
    const run = join(small.folder, 'run')
    const result = JSON.parse(readFileSync(join(run, 'audit.json'), 'utf8')) as AuditResult
    const { rows, cells } = result.facts.dataset
    expect(rows).toEqual({ in: names.length, processed: names.length - 2, quarantined: 2, excluded: 0 })
    expect(cells.flatMap(({ quarantined }) => quarantined.map(([code]) => code)).sort()).toEqual([
      'image.empty',
      'image.truncated',
    ])
    expect(readFileSync(join(run, 'quarantine.csv'), 'utf8').trim().split('\n')).toHaveLength(3)
    expect(result.derived.gate.result).toBe('evidence-incomplete')
  })
})

describe('images that are cut or are none', () => {
  badInput(1, 'a JPEG cut at half', () => quarantines(jpeg.subarray(0, jpeg.length / 2), 'image.truncated'))
  badInput(3, 'a file of zero bytes', () => quarantines(Buffer.alloc(0), 'image.empty'))
})
