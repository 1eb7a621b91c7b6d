import { expect, it } from 'vitest'
import {
  ChildEnded,
  describeEnd,
  howItDied,
  isHang,
  isKilled,
  OUT_OF_MEMORY,
} from '../../../src/audit/model/child-ended.js'
import type { ChildEnd } from '../../../src/audit/model/child-ended.js'

const ENDS: readonly (readonly [ChildEnd, said: string, hung: boolean])[] = [
  [{ kind: 'died', how: 'was ended by SIGSEGV' }, 'was ended by SIGSEGV', false],
  [{ kind: 'memory', bytes: 2.04e9 }, 'held more than 2.0 GB of memory', false],
  [{ kind: 'unanswered', ms: 1000 }, 'gave no answer for 1 second', true],
  [{ kind: 'silent', ms: 30_000 }, 'gave no sign of life for 30 seconds', true],
]

it.each(ENDS)('says how a process ended, after "the process" (%j)', (end, said, hung) => {
  expect(describeEnd(end)).toBe(said)
  expect(isHang(end)).toBe(hung)
  expect(new ChildEnded(end, 'its last words').message).toBe(`the process ${said}\nits last words`)
})

it('tells a process that was killed from outside, or found no memory, from one that crashed', () => {
  const killed = (code: number | null, signal: string | null): boolean =>
    isKilled({ kind: 'died', how: howItDied(code, signal) })
  expect([killed(null, 'SIGKILL'), killed(OUT_OF_MEMORY, null)]).toEqual([true, true])
  expect([killed(null, 'SIGSEGV'), killed(1, null)]).toEqual([false, false])
})
