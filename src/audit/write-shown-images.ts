import { safeCsvCell } from './dataset/csv-out.js'
import { writeRows } from './dataset/write-rows.js'
import type { ShownImages } from './run-show-images.js'

/** Writes every image behind a count as one CSV row, in the order of the list. The file is about single people: mode 0600. Resolves to the
 *  path. */
export async function writeShownImages(file: string, shown: ShownImages): Promise<string> {
  return writeRows(file, rows(shown))
}

function* rows({ images }: ShownImages): Generator<string, void> {
  yield 'image,label,outcome,runnerUp,similarity,margin,nearTie'
  for (const { image, label, outcome, runnerUp, similarity, margin, isNearTie } of images) {
    const texts = [image, label, outcome, runnerUp ?? ''].map(safeCsvCell)
    yield [...texts, similarity ?? '', margin ?? '', isNearTie ?? ''].join(',')
  }
}
