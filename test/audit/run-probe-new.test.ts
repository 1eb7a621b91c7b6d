import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { MEASURE_KINDS, starterOf } from '../../src/audit/definitions/probe-starters.js'
import { shippedIds } from '../../src/audit/definitions/locate.js'
import { runProbeNew, type ProbeToWrite } from '../../src/audit/run-probe-new.js'

const FOLDER = mkdtempSync(join(tmpdir(), 'probity-probe-new-'))
afterAll(() => {
  rmSync(FOLDER, { recursive: true, force: true })
})

function wanted(changes: Partial<ProbeToWrite> = {}): ProbeToWrite {
  const id = changes.id ?? 'mine'
  return {
    id,
    kind: 'outcome-rate',
    question: 'Who is put where?',
    groupBy: [['race'], ['race', 'gender']],
    suggests: [],
    file: join(FOLDER, `${id}.yaml`),
    shown: `${id}.yaml`,
    mayReplace: false,
    ...changes,
  }
}

describe('probity probe new', () => {
  it.each(MEASURE_KINDS)(
    'writes a probe of kind %s that can be read, with a label set that is shipped',
    async (kind) => {
      const probe = await runProbeNew(wanted({ id: `of-${kind}`, kind }))
      expect(probe.measure.kind).toBe(kind)
      expect(probe.groupBy).toEqual([['race'], ['race', 'gender']])
      expect(shippedIds('label-sets')).toContain(starterOf(kind).suggests)
    },
  )

  it('keeps a question with quotes, colons and line ends as it is', async () => {
    const question = 'Who: "they"?\nReally # so'
    expect((await runProbeNew(wanted({ id: 'asked', question }))).question).toBe(question)
  })

  it('writes nothing where something is, or where an id is none', async () => {
    writeFileSync(join(FOLDER, 'there.yaml'), 'mine')
    await expect(runProbeNew(wanted({ id: 'there' }))).rejects.toThrow(/expected a path where nothing is/)
    expect(readFileSync(join(FOLDER, 'there.yaml'), 'utf8')).toBe('mine')
    await expect(runProbeNew(wanted({ id: 'No Id', file: join(FOLDER, 'No Id.yaml') }))).rejects.toThrow(/id: expected/)
    expect(existsSync(join(FOLDER, 'No Id.yaml'))).toBe(false)
  })
})
