import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AuditResult } from '../../src/audit/types/audit.js'
import { MAIN } from '../e2e/run-cli.js'
import { disturbed, hasTrace, leftovers } from '../support/disturb.js'
import { badInput, badInputs } from './bad-input.js'
import { refused, runsThrough } from './refused.js'
import { smallAudit, type SmallAudit } from './small-audit.js'

let small: SmallAudit
beforeAll(async () => {
  small = await smallAudit()
})

describe('where results are written', () => {
  badInputs(
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

  badInput(66, 'a disk that fails behind standard output', async () => {
    const through = 'exec 5>/proc/self/mem; "$@" >&5; exit $?' // every write to it fails with EIO
    const ran = await disturbed(['list'], { through })
    expect(ran.stderr).toBe('standard output: the disk failed. What was to be printed is not whole\n')
    expect(ran.status).toBe(3)
  })

  badInput(66, 'a limit on the size of files, under the report', async () => {
    const out = join(small.folder, 'limited')
    const made = await disturbed(small.audit('--out', join(small.folder, 'for-limited')))
    expect(made.status).toBe(0)
    const args = ['report', join(small.folder, 'for-limited/audit.json'), '--out', out]
    const ran = await disturbed(args, { through: 'ulimit -f 20; exec "$@"' })
    expect([ran.status, hasTrace(ran), leftovers(out)]).toEqual([3, false, []])
    expect(ran.stderr).toContain('the file would be larger than is allowed here')
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

describe('another machine', () => {
  badInput(
    73,
    'no language, another time zone, and a folder with spaces and Hangul: the same result bytes',
    async () => {
      const [one, other] = [join(small.folder, 'here'), join(small.folder, 'a folder, 폴더')]
      await disturbed(small.audit('--out', one, '--json'))
      const ran = await disturbed(small.audit('--out', other, '--json'), {
        env: { LANG: 'C', LC_ALL: 'C', TZ: 'Pacific/Kiritimati' },
      })
      expect([ran.status, ran.stderr.includes('\n    at ')]).toEqual([0, false])
      const sum = (folder: string) => {
        const { facts, derived } = JSON.parse(readFileSync(join(folder, 'audit.json'), 'utf8')) as AuditResult
        return JSON.stringify([facts.tallies, facts.dataset, derived])
      }
      expect(sum(other)).toBe(sum(one))
      expect(readFileSync(join(other, 'contrasts.csv'), 'utf8')).toBe(readFileSync(join(one, 'contrasts.csv'), 'utf8'))
    },
  )
})

describe('few open files', () => {
  badInput(72, 'an audit that may have no more than 64, once its program is loaded', async () => {
    const [store, out] = [join(small.folder, 'few-files-store'), join(small.folder, 'few-files')]
    const through =
      '"$@" 2>"$TMPDIR/few" & until grep -q "to read" "$TMPDIR/few"; do sleep 0.01; done; \
      prlimit --pid $! --nofile=64:64; wait $!; code=$?; cat "$TMPDIR/few" >&2; exit $code'
    writeFileSync(join(small.folder, 'few'), '')
    const ran = await disturbed(small.audit('--out', out, '--store', store), { through, env: { TMPDIR: small.folder } })
    const { facts } = JSON.parse(readFileSync(join(out, 'audit.json'), 'utf8')) as AuditResult
    expect([ran.status, facts.dataset.rows.quarantined, existsSync(join(out, 'report.html'))]).toEqual([0, 0, true])
  })

  badInput(72, 'a whole audit with as many as are asked for', async () => {
    const args = small.audit('--out', join(small.folder, 'enough-files'))
    const ran = await disturbed(args, { through: 'ulimit -n 384; exec "$@"' })
    expect([ran.status, ran.stderr.includes('open')]).toEqual([0, false])
  })

  badInputs(
    72,
    [
      ['the library, loaded with as many as are asked for', 'index.js'],
      ['the demonstration, loaded with as many as are asked for', 'cli/run-demo.js'],
    ],
    (file) => {
      const url = pathToFileURL(join(MAIN, '../..', file)).href
      const { status, stderr } = spawnSync('/bin/sh', ['-c', 'ulimit -n 384; exec "$@"', 'sh', process.execPath, '-e', `import(${JSON.stringify(url)})`], { encoding: 'utf8' }) // prettier-ignore
      expect([status, stderr]).toEqual([0, ''])
    },
  )

  badInputs(
    72,
    [
      ['64 to begin with, too few for Node to load an audit', 64],
      ['40 to begin with, too few for Node to load the list of commands', 40],
    ],
    async (files) => {
      const ran = await disturbed(small.audit('--out', join(small.folder, 'no-files')), {
        through: `ulimit -n ${files}; exec "$@"`,
      })
      expect(ran.stderr).toMatch(/^\S+: too many files are open: Probity needs 384 \(ulimit -n 384\)\. Nothing was left half-written\n$/) // prettier-ignore
      expect(ran.status).toBe(3)
    },
  )
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
      'unshare $(test $(id -u) = 0 || echo --map-root-user) --pid --fork --mount-proc --kill-child "$@" & sleep 0.1; \
      until grep -q "to read" "$TMPDIR/said" 2>/dev/null; do sleep 0.01; done; \
      kill -INT $(cat /proc/$!/task/$!/children); wait $!'
    const ran = await disturbed(args, {
      through: `{ ${through}; } 2>"$TMPDIR/said"; code=$?; cat "$TMPDIR/said" >&2; exit $code`,
      env: { TMPDIR: small.folder },
    })
    expect([ran.status, ran.stderr.includes('To go on, run it again')]).toEqual([130, true])
  })
})

describe('an audit with images that could not be read', () => {
  it('says codes with counts and the next step, and names no image', () => {
    const images = small.copyOfImages('spoiled')
    const [first = '', second = ''] = readdirSync(images, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(png|jpg)$/.test(name),
    )
    rmSync(join(images, first))
    writeFileSync(join(images, second), '')
    const out = join(small.folder, 'spoiled-run')
    const { stdout, stderr } = runsThrough(3, small.audit('--images', images, '--out', out))
    expect(stdout).toContain('Could not be read, by code: file.missing 1, image.empty 1.')
    expect(stdout).toMatch(/\nNext step: see .*quarantine\.csv, .* \(2\) .* Mend them, then run again\.\n$/)
    expect(stderr).toMatch(/84 rows: .* 2 quarantined, 0 excluded/)
    for (const name of [first, second]) expect(`${stdout}${stderr}`).not.toContain(basename(name))
  })
})
