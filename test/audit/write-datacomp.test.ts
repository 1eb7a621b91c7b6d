import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readLabelSet } from '../../src/audit/definitions/shipped.js'
import { DATACOMP_GENDERS, DATACOMP_RACES } from '../../src/audit/measures/datacomp/label-sets.js'
import type { AuditResult } from '../../src/audit/types/audit.js'
import type { LabelSet } from '../../src/audit/types/definitions.js'
import { requireDataComp, writeDataComp } from '../../src/audit/write-datacomp.js'
import { temporaryFolder } from '../e2e/run-cli.js'
import { auditOf, sealed } from '../support/facts.js'

const SETS = ['fairface-race', 'fairface-gender', 'fairface-age', 'clip-paper'].map((id) => readLabelSet(id))
const AGES = SETS[2].labels.map(({ implies }) => implies[0].values[0])
const RACE = SETS[0].labels.find(({ implies }) => implies[0].values[0] === 'Black')?.id ?? ''
const WOMAN = SETS[1].labels.find(({ implies }) => implies[0].values[0] === 'Female')?.id ?? ''
const label = [RACE, WOMAN, SETS[2].labels[0].id, 'thief']

/** Of 40 women taken for Black thieves in their first years, 30 are Black. */
function audit(races: readonly string[] = DATACOMP_RACES): AuditResult {
  return auditOf({
    attributes: [
      { name: 'race', values: races },
      { name: 'gender', values: DATACOMP_GENDERS },
      { name: 'age', values: AGES },
    ],
    blocks: [
      { of: [races[0], 'Female', AGES[0]], images: 30, label },
      { of: [races[1], 'Female', AGES[0]], images: 10, label },
    ],
    labelSets: SETS,
  })
}

const write = async (of: AuditResult) => {
  const folder = join(temporaryFolder(), 'out')
  const files = await writeDataComp(of, folder, 'audit.json')
  return { folder, files }
}

describe("DataComp's figures of a saved audit", () => {
  it('stand in one file, with their counts, codes, label sets and the audit that they are of', async () => {
    const of = audit()
    const { folder, files } = await write(of)
    expect(files).toEqual([join(folder, 'datacomp.json')])
    const content = JSON.parse(readFileSync(files[0], 'utf8')) as Record<string, Record<string, unknown>>
    expect(content).toMatchObject({
      key: 'fairness/fairface',
      model: 'a made-up model',
      audit: of.auditId,
      simulated: false,
    })
    expect(content.metrics).toMatchObject({ acc_race_avg: 0.75, acc_gender_avg: 1 })
    expect(Object.keys(content.labelSets)).toEqual(['race', 'gender', 'age', 'toxic'])
    expect(Object.values(content.metrics).filter((value) => value === null)).toHaveLength(Object.keys(content.reasons).length) // prettier-ignore
  })

  it('of several models stand in a file for each', async () => {
    const { facts } = audit()
    const second = { ...facts.evidence[0], id: 'e2' }
    const both = sealed({
      ...facts,
      evidence: [facts.evidence[0], second],
      tallies: [...facts.tallies, ...facts.tallies.map((tally) => ({ ...tally, evidence: 'e2' }))],
    })
    const { folder, files } = await write(both)
    expect(files).toEqual(['datacomp-e1.json', 'datacomp-e2.json'].map((name) => join(folder, name)))
  })

  it('are refused for people whom DataComp has no number for, and nothing is written', async () => {
    const refused = write(audit(['Black', 'Martian']))
    await expect(refused).rejects.toThrow(
      'audit.json: compat: expected images counted by the races, genders and ages of FairFace but received a race that it does not know, "Martian". Run a probe that groups by',
    )
    expect(existsSync('out')).toBe(false)
  })

  it('are refused without the label sets, each of which is named with one that would do', () => {
    const lacking =
      (...sets: readonly LabelSet[]) =>
      () =>
        requireDataComp(sets, 'command line')
    expect(lacking()).toThrow(
      'command line: compat datacomp: race: expected a label set of 7 labels, one for each race of FairFace but received none. Add fairface-race, or a label set of yours like it',
    )
    expect(lacking(...SETS.slice(0, 3))).toThrow('Add clip-paper, or a label set of yours like it')
    expect(lacking(...SETS.slice(1))).toThrow(
      /^command line: compat datacomp: race: .* received fairface-gender with 2, /,
    )
    expect(requireDataComp(SETS, 'command line').toxic.id).toBe('clip-paper')
  })
})
