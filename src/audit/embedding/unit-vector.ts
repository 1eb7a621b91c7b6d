import type { Quarantine } from '../types/dataset.js'

/** Why a vector as the encoder gives it has no direction, or null when it has one. */
export function vectorFault(raw: Float32Array): Quarantine | null {
  const squares = squaredLength(raw)
  if (!Number.isFinite(squares)) {
    return {
      code: 'embed.nonfinite',
      reason: 'the image encoder returned numbers that are not finite; try the fp32 export',
    }
  }
  return squares === 0 ? { code: 'embed.zero', reason: 'the image encoder returned a vector without length' } : null
}

/** Writes a vector divided by its length to `target`; the length is summed in float64. */
export function writeUnitVector(target: Float32Array, start: number, raw: Float32Array): void {
  const length = Math.sqrt(squaredLength(raw))
  let i = 0
  for (; i + 3 < raw.length; i += 4) {
    const to = start + i
    target[to] = raw[i] / length
    target[to + 1] = raw[i + 1] / length
    target[to + 2] = raw[i + 2] / length
    target[to + 3] = raw[i + 3] / length
  }
  for (; i < raw.length; i++) target[start + i] = raw[i] / length
}

/** Summed in float64, from the first number to the last. Four a turn, as above: of a million vectors every turn counts. */
export function squaredLength(vector: Float32Array): number {
  let squares = 0
  let i = 0
  for (; i + 3 < vector.length; i += 4) {
    squares += vector[i] * vector[i]
    squares += vector[i + 1] * vector[i + 1]
    squares += vector[i + 2] * vector[i + 2]
    squares += vector[i + 3] * vector[i + 3]
  }
  for (; i < vector.length; i++) squares += vector[i] * vector[i]
  return squares
}
