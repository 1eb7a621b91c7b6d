import { join } from 'node:path'
import { readableJson } from './audit-file/canonical-json.js'
import { writeFileWhole } from './audit-file/write-file-whole.js'
import { writeQuarantineCsv } from './dataset/write-quarantine.js'
import { prepareFolder } from './prepare-folder.js'
import type { CurveOutcome } from './run-curve.js'

/** Writes curve.json, and quarantine.csv where images could not be read, into one folder. Returns the paths in the order a reader wants them. */
export async function writeCurve({ curve, dataset }: CurveOutcome, folder: string): Promise<string[]> {
  await prepareFolder(folder)
  const file = join(folder, 'curve.json')
  await writeFileWhole(file, readableJson(curve))
  const unreadable =
    dataset.quarantined.size > 0 ? [await writeQuarantineCsv(join(folder, 'quarantine.csv'), dataset)] : []
  return [file, ...unreadable]
}
