import type { PaceTrial } from '../types/pace.js'

/** A judgement: repeats of one number differ by about as much on a quiet machine, and less is not worth other last bits (docs/decisions/0042). */
export const LEAST_GAIN = 0.03

/** Images per run where nobody asks for another number. */
export const DEFAULT_BATCH = 32
const BATCHES_ON_CPU: readonly number[] = [8, 16, DEFAULT_BATCH] // larger ones gain nothing there, and take memory
const BATCHES_ELSEWHERE: readonly number[] = [DEFAULT_BATCH, 64, 128]
const MANY_CORES = 8

/** Numbers of threads that are tried, ascending: all cores, half of them (two threads of a core share its arithmetic), and of many a quarter
 *  (a machine of several sockets, or a container that may not use what it sees). */
export function threadsToTry(cores: number): number[] {
  const shares = cores >= MANY_CORES ? [4, 2, 1] : cores >= 2 ? [2, 1] : [1]
  return shares.map((share) => Math.floor(cores / share))
}

/** Batches that are tried, ascending; the usual one is among them. */
export function batchesToTry(isOnCpu: boolean): readonly number[] {
  return isOnCpu ? BATCHES_ON_CPU : BATCHES_ELSEWHERE
}

/** The number that embeds most images a second, if it is faster than the usual one by {@link LEAST_GAIN} at least; else the usual one. */
export function choosePace(usual: number, trials: readonly PaceTrial[]): number {
  const rateOf = (trial: PaceTrial): number => (trial.kind === 'measured' ? trial.imagesPerSecond : 0)
  const least = (1 + LEAST_GAIN) * Math.max(0, ...trials.filter(({ value }) => value === usual).map(rateOf))
  const faster = trials.filter((trial) => trial.value !== usual && rateOf(trial) > 0 && rateOf(trial) >= least)
  const [fastest] = faster.sort((a, b) => rateOf(b) - rateOf(a) || a.value - b.value)
  return fastest?.value ?? usual
}
