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
  for (let i = 0; i < raw.length; i++) target[start + i] = raw[i] / length
}

function squaredLength(vector: Float32Array): number {
  let squares = 0
  for (let i = 0; i < vector.length; i++) squares += vector[i] * vector[i]
  return squares
}
