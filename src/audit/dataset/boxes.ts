import { quoted } from '../errors.js'
import type { Box, Quarantine } from '../types/dataset.js'
import type { DatasetPlan } from '../types/definitions.js'

/** Left, top, width and height as a table writes them. */
export type WrittenBox = readonly [left: string, top: string, width: string, height: string]

const NUMBER = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/
const NAMES = ['left edge', 'top edge', 'width', 'height']

/** The box that four cells write, or why there is none. Whether it lies inside its picture is seen when the picture is opened. */
export function boxOf(
  written: WrittenBox,
  unit: Box['unit'],
  padding: number,
): { readonly box: Box } | { readonly quarantined: Quarantine } {
  // prettier-ignore
  const bad = written.findIndex((cell) => !NUMBER.test(cell))
  if (bad >= 0) return invalid(`its ${NAMES[bad]} is ${written[bad] === '' ? 'not given' : quoted(written[bad])}`)
  const [left, top, width, height] = written.map(Number)
  if (width <= 0 || height <= 0) return invalid(`it is ${width} wide and ${height} high`)
  return { box: { unit, left, top, width, height, padding } }
}

function invalid(reason: string): { readonly quarantined: Quarantine } {
  return { quarantined: { code: 'box.invalid', reason: `the row has no box: ${reason}` } }
}

/** How much is added around every box: as a share of its longer side, none unless the plan says so. */
export function paddingOf({ reading }: DatasetPlan): number {
  return reading?.boxPadding ?? 0
}

/** Numbers the people of each picture from 1, in the order of their rows. The same box with the same words again has the number that it had, so that a
 *  row that comes twice is seen to be one. `said`: what tells people apart who share a box. */
export function boxNumbers(): (picture: string, written: WrittenBox, said: readonly string[]) => string {
  const boxesOf = new Map<string, string[]>()
  return (picture, written, said) => {
    const boxes = boxesOf.get(picture) ?? []
    if (boxes.length === 0) boxesOf.set(picture, boxes)
    const box = JSON.stringify([written, said])
    const index = boxes.indexOf(box)
    return String(index < 0 ? boxes.push(box) : index + 1)
  }
}
