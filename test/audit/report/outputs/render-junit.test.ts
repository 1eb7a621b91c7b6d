import { describe, expect, it } from 'vitest'
import { renderJunit } from '../../../../src/audit/report/outputs/render-junit.js'
import { auditOf, raceScene } from '../../../support/facts.js'
import { auditOfModels } from '../../../support/several-models.js'
import { SCENE } from '../../../golden/scene.js'
import { exampleAudit } from '../example-audit.js'
import { incompleteAudit } from '../variants.js'
import { junitFaults } from './schemas.js'

const GOLDEN = auditOf(SCENE)
const count = (xml: string, of: RegExp): number => xml.match(of)?.length ?? 0

describe('an audit as JUnit XML', () => {
  it('is valid by the schema', async () => {
    expect(await junitFaults(renderJunit(GOLDEN))).toEqual([])
    expect(await junitFaults(renderJunit(exampleAudit()))).toEqual([])
  })

  it('is held against a schema that finds faults', async () => {
    const broken = renderJunit(GOLDEN).replace('classname="', 'class="')
    expect((await junitFaults(broken)).join()).toMatch(/attribute 'class'/)
  })

  it('has one case for every finding, one for the gate, one for each limit, and one for every reason why a probe does not apply', () => {
    const xml = renderJunit(GOLDEN)
    expect(count(xml, /<testcase /g)).toBe(
      GOLDEN.derived.findings.length + 1 + GOLDEN.derived.gate.limits.length + 1, // no attribute skin-tone
    )
    expect(xml).toContain('type="not-applicable" message="denigration: the dataset has no attribute “skin-tone”')
  })

  it('fails exactly where a limit of the policy was exceeded', () => {
    const xml = renderJunit(GOLDEN)
    expect(GOLDEN.derived.gate.result).toBe('failed')
    expect(count(xml, /<failure /g)).toBe(GOLDEN.derived.gate.findings.length + 2) // and the gate itself with its one limit
  })

  it('fails nothing where no limits were asked for, and shows no disparity as passed', () => {
    const audit = auditOf(raceScene([['Amber', 90, 100], ['Teal', 5, 100], ['Ochre', 6, 100]])) // prettier-ignore
    const harmed = audit.derived.findings.filter(({ severity }) => severity !== null)
    const xml = renderJunit(audit)
    expect(audit.derived.gate.result).toBe('not-requested')
    expect(xml).not.toContain('<failure')
    expect(xml).not.toContain('..')
    expect(harmed.length).toBeGreaterThan(0)
    expect(count(xml, /<skipped type="no-limit"/g)).toBe(harmed.length)
  })

  it('skips what could not be judged, with the reason', () => {
    const xml = renderJunit(GOLDEN)
    const unjudged = GOLDEN.derived.findings.filter(({ verdict: { kind } }) => /inconclusive|insufficient/.test(kind))
    expect(count(xml, /<skipped type="(inconclusive|insufficient)\./g)).toBe(unjudged.length)
    expect(xml).toContain('type="insufficient.group-too-small"')
  })

  it('skips what a waiver lets through, and says so', () => {
    const group = [['race', 'A']] as const
    const waivers = [{ limit: 'd', group, owner: 'A. Person', reason: 'Known.', expires: '2030-01-01' }]
    const policy = { limits: [{ id: 'd', kind: 'disparity' }] as const, waivers }
    const xml = renderJunit(auditOf(raceScene([['A', 140, 1000], ['B', 10, 1000], ['C', 10, 1000]], { policy }))) // prettier-ignore
    expect(xml).not.toContain('<failure')
    expect(count(xml, /<skipped type="waived"/g)).toBe(2) // the finding and the limit
  })

  it('names the model in each suite where there are several, and none for failures to read', () => {
    const scene = raceScene([['A', 90, 100], ['B', 5, 100]]) // prettier-ignore
    const suites = (xml: string) => [...xml.matchAll(/<testsuite name="([^"]+)"/g)].map(([, name]) => name)
    expect(suites(renderJunit(auditOfModels({ old: scene, 'other.csv': scene })))).toEqual(
      expect.arrayContaining(['denigration / four-labels / old', 'denigration / four-labels / other.csv']),
    )
    expect(suites(renderJunit(exampleAudit()))).toContain('failure-to-process')
  })

  it('is an error where the evidence is incomplete, and no case fails or is shown as judged', () => {
    const xml = renderJunit(incompleteAudit())
    expect(count(xml, /<error type="evidence-incomplete"/g)).toBe(1)
    expect(xml).not.toMatch(/<failure|<system-out/)
  })

  it('adds up: each suite counts its own cases', () => {
    const suites = renderJunit(GOLDEN).split('<testsuite ').slice(1)
    for (const suite of suites) {
      const counted = (name: string): number => Number(new RegExp(`^[^>]* ${name}="(\\d+)"`).exec(suite)?.[1])
      expect([counted('tests'), counted('failures'), counted('errors'), counted('skipped')]).toEqual(
        [/<testcase /g, /<failure /g, /<error /g, /<skipped /g].map((element) => count(suite, element)),
      )
    }
    expect(suites.length).toBeGreaterThan(2)
  })

  it('says of simulated data in every name, property and sentence that they are simulated', () => {
    const xml = renderJunit(exampleAudit({ simulated: true }))
    const suites = count(xml, /<testsuite /g)
    expect(count(xml, /<testsuite name="SIMULATED /g)).toBe(suites)
    expect(count(xml, /<property name="simulated" value="true"\/>/g)).toBe(suites)
    expect(renderJunit(exampleAudit())).not.toMatch(/Simulated data|SIMULATED/)
  })

  it('names cases alike in every language, so that a history survives the change', () => {
    const names = (xml: string): readonly string[] => xml.match(/<testcase [^>]*>/g) ?? []
    expect(names(renderJunit(GOLDEN, { locales: ['ko'] }))).toEqual(names(renderJunit(GOLDEN)))
    expect(renderJunit(GOLDEN, { locales: ['ko'] })).toContain('격차')
  })
})
