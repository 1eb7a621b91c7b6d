import type { FuzzTarget } from '../target.js'
import { plantedParser } from './parser.js'

const FAULTS = {
  deep: () => {
    throw new TypeError('three words deep')
  },
  endless: () => {
    for (;;); // never ends
  },
  large: () => void new Uint8Array(300_000_000),
  fatal: () => process.kill(process.pid, 'SIGKILL'),
  unheard: () => void Promise.reject(new Error('nobody waits for this')),
} as const

/** A fault of every kind that the fuzzer must see; only its own test asks for them. */
export const PLANTED: readonly FuzzTarget[] = Object.entries(FAULTS).map(([kind, fault]) => ({
  name: `planted-${kind}`,
  family: 'planted',
  reads: ['test/fuzz/planted/parser.ts'],
  seeds: () => [new TextEncoder().encode('x')],
  run: ({ text }) => plantedParser(text(), fault),
}))
