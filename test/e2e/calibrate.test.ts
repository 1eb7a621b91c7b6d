import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readableJson } from '../../src/audit/audit-file/canonical-json.js'
import type { Calibration } from '../../src/audit/types/calibration.js'
import { auditOf, raceScene } from '../support/facts.js'
import { probity, temporaryFolder } from './run-cli.js'

describe('probity calibrate', () => {
  it('measures the instrument at the sizes of FairFace, meets its targets, and writes a page and a file', () => {
    const cwd = temporaryFolder()
    const { status, stdout, stderr } = probity(['calibrate', '--quick'], { cwd })
    expect(stderr).toMatch(/Calibrating: 36 of 36 parts\n$/)
    expect(stdout).toContain('It says nothing\nabout any model, any dataset or any people.')
    expect(stdout).toMatch(
      /All \d+ targets are met\.\n\nprobity-calibration\/calibration\.html\nprobity-calibration\/calibration\.json\n$/,
    )
    expect(status).toBe(0)
    const saved = JSON.parse(readFileSync(join(cwd, 'probity-calibration/calibration.json'), 'utf8')) as Calibration
    expect(saved).toMatchObject({ schema: 'probity/calibration@1', seed: 1, audits: 100, rule: { m: 14 } })
    expect(saved.sections.map(({ rows }) => rows.length > 0)).toEqual(Array(6).fill(true))
    expect(saved.met).toBe(saved.withTarget)
    expect(statSync(join(cwd, 'probity-calibration/calibration.html')).size).toBeGreaterThan(50_000)
  })

  it('calibrates for the groups of a saved audit, and prints the file for machines', () => {
    const cwd = temporaryFolder()
    const scene = raceScene([
      ['A', 5, 300],
      ['B', 9, 200],
    ])
    writeFileSync(join(cwd, 'audit.json'), readableJson(auditOf(scene)))
    const { stdout } = probity(['calibrate', '--quick', '--json', '--groups', 'audit.json', '--out', 'own'], { cwd })
    const printed = JSON.parse(stdout) as Calibration
    expect(printed.groups).toMatchObject({ source: 'audit', groupBy: ['race'] })
    expect(printed.groups.sizes.map(({ images }) => images)).toEqual([300, 200])
    expect(printed.rule.m).toBe(1) // two groups are one comparison
    expect(stdout).toBe(readFileSync(join(cwd, 'own/calibration.json'), 'utf8'))
  })

  it('refuses what it cannot use before it simulates anything', () => {
    const cwd = temporaryFolder()
    const refused = (...args: string[]) => probity(['calibrate', ...args], { cwd })
    expect(refused('--seed', '-1')).toMatchObject({
      status: 2,
      stderr: 'command line: --seed: expected a whole number, 0 or more but received "-1"\n',
    })
    expect(refused('--group-by', 'race').stderr).toContain('--group-by: expected --groups with a saved audit beside it')
    expect(refused('--groups', 'none.json')).toMatchObject({ status: 2 })
    expect(refused('--groups', 'none.json').stderr).toContain('expected a saved audit.json')
  })
})
