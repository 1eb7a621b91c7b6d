import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { canonicalJson } from '../../src/audit/audit-file/canonical-json.js'
import { createRandom } from '../../src/audit/statistics/random.js'
import type { AuditResult } from '../../src/audit/types/audit.js'
import { writeFakeModel } from '../audit/model/fake-model.js'

export type DrawnRun = {
  readonly folder: string
  readonly images: string
  readonly labels: string
  readonly model: string
  /** What `audit`, `embed` and `curve` are asked with, but for store, label sets and output. */
  readonly evidence: readonly string[]
}

const SIDE = 8
const GROUPS = ['A', 'B', 'C']

/** Writes a labelled dataset of so many different PNGs, `side` pixels wide and high, and a small dual encoder that works, for runs of the real command line. */
export async function writeDrawnRun(folder: string, count: number, seed = 1, side = SIDE): Promise<DrawnRun> {
  const images = join(folder, 'images')
  mkdirSync(images, { recursive: true })
  const random = createRandom(seed, 'drawn run')
  for (let index = 0; index < count; index++) {
    const rgb = Uint8Array.from({ length: side * side * 3 }, () => random.below(256))
    const png = await sharp(rgb, { raw: { width: side, height: side, channels: 3 } })
      .png({ compressionLevel: 1 })
      .toBuffer()
    writeFileSync(join(images, `${index}.png`), png)
  }
  const rows = Array.from({ length: count }, (_, index) => `${index}.png,${GROUPS[index % GROUPS.length]}`)
  const labels = join(folder, 'labels.csv')
  writeFileSync(labels, `image,race\n${rows.join('\n')}\n`)
  const model = writeFakeModel(join(folder, 'model'))
  const evidence = [
    ...['--model', model, '--dataset', 'csv', '--labels', labels, '--images', images],
    ...['--map', 'race=race', '--threads', '1', '--batch', '8'],
  ]
  return { folder, images, labels, model, evidence }
}

/** The bytes of an audit that must not depend on how often its run was stopped: everything but `run`. */
export function contentOf(out: string): string {
  const { auditId, facts, derived } = JSON.parse(readFileSync(join(out, 'audit.json'), 'utf8')) as AuditResult
  return canonicalJson({ auditId, facts, derived })
}
