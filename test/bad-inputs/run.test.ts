import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect } from 'vitest'
import { disturbed, hasTrace } from '../support/disturb.js'
import { badInput, badInputs } from './bad-input.js'
import { refused, runsThrough } from './refused.js'
import { smallAudit, type SmallAudit } from './small-audit.js'

let small: SmallAudit
beforeAll(async () => {
  small = await smallAudit()
})

describe('where results are written', () => {
  badInputs<[string]>(
    67,
    [
      ['a store under /proc, where nothing can be made', '/proc/probity'],
      ['a store below a device', '/dev/null/probity'],
    ],
    (place) => {
      const args = small.audit('--store', place, '--out', join(small.folder, 'without-store'))
      const { stderr } = runsThrough(0, args)
      expect(stderr.match(/warning: the store cannot be written/g)).toHaveLength(1)
    },
  )

  badInput(67, 'a file where the folder of the results should be', () => {
    const args = small.audit('--out', small.file('taken', 'text of mine'))
    refused(args, /taken/)
  })
})

describe('a full disk behind what is printed', () => {
  badInput(66, 'a full disk behind standard output', async () => {
    const ran = await disturbed(['list'], { through: 'exec "$@" >/dev/full' })
    expect(ran.stderr).toBe('standard output: the disk is full. What was to be printed is not whole\n')
    expect(ran.status).toBe(3)
  })

  badInput(66, 'a full disk behind the log: the audit is written all the same', async () => {
    const out = join(small.folder, 'without-log')
    const ran = await disturbed(small.audit('--out', out), { through: 'exec "$@" 2>/dev/full' })
    expect([ran.status, hasTrace(ran), existsSync(join(out, 'report.html'))]).toEqual([3, false, true])
  })

  badInput(66, 'a full disk behind the log of a refusal', async () => {
    const ran = await disturbed(small.audit('--model', 'nowhere'), { through: 'exec "$@" 2>/dev/full' })
    expect([ran.status, hasTrace(ran)]).toEqual([2, false])
  })

  badInput(66, 'a disk that takes a part of what is printed', async () => {
    const through = 'ulimit -f 4; "$@" >"$TMPDIR/printed"; code=$?; wc -c <"$TMPDIR/printed"; exit $code'
    const ran = await disturbed(['list'], { through, env: { TMPDIR: small.folder } })
    expect([ran.status, hasTrace(ran), ran.stdout.trim()]).toEqual([3, false, '2048'])
  })
})

describe('a reader that has enough', () => {
  badInput(70, 'of a list: no error of ours', async () => {
    const ran = await disturbed(['list'], { through: '{ "$@"; echo $? >&2; } | head -1' })
    expect(ran).toMatchObject({ status: 0, stdout: 'Probes\n', stderr: '0\n' })
  })

  badInput(70, 'of a refusal: the exit code stays', async () => {
    const ran = await disturbed(['gate', 'nowhere.json'], { through: '{ "$@" 2>&1; echo $? >&2; } | true' })
    expect(ran).toMatchObject({ stdout: '', stderr: '2\n' })
  })

  badInput(70, 'that was never there', async () => {
    const ran = await disturbed(['list'], { through: 'exec "$@" >&-' })
    expect(ran).toMatchObject({ status: 0, stdout: '', stderr: '' })
  })
})

describe('a signal', () => {
  badInputs(
    70,
    [
      ['SIGINT before anything began', 'SIGINT'],
      ['SIGTERM before anything began', 'SIGTERM'],
      ['SIGHUP before anything began', 'SIGHUP'],
    ],
    async (signal) => {
      const ran = await disturbed(small.audit('--out', join(small.folder, signal)), {
        signals: [{ signal, afterMs: 5 }],
      })
      expect(ran).toMatchObject({ status: null, signal, stdout: '', stderr: '' })
    },
  )

  badInput(70, 'SIGINT to the first process of a container, which no signal ends by itself', async () => {
    const store = join(small.folder, 'container-store')
    const args = small.audit('--out', join(small.folder, 'container'), '--store', store, '--batch', '1')
    const through =
      'unshare --pid --fork --mount-proc --kill-child "$@" & sleep 0.1; \
      until grep -q "to read" "$TMPDIR/said" 2>/dev/null; do sleep 0.01; done; \
      kill -INT $(cat /proc/$!/task/$!/children); wait $!'
    const ran = await disturbed(args, {
      through: `{ ${through}; } 2>"$TMPDIR/said"; code=$?; cat "$TMPDIR/said" >&2; exit $code`,
      env: { TMPDIR: small.folder },
    })
    expect([ran.status, ran.stderr.includes('To go on, run it again')]).toEqual([130, true])
  })
})
