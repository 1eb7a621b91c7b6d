import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { probity, temporaryFolder } from './run-cli.js'

const PLAN = 'models: [model]\ndataset: { format: csv, labels: labels.csv, images: photos }\n'

describe('probity validate', () => {
  const cwd = temporaryFolder()
  const validate = (...args: string[]) => probity(['validate', ...args], { cwd })

  beforeAll(() => {
    mkdirSync(join(cwd, 'policies'))
    writeFileSync(join(cwd, 'audit.yaml'), PLAN)
    writeFileSync(join(cwd, 'misspelt.yaml'), `${PLAN}probes: [denigrashun]\n`)
    writeFileSync(join(cwd, 'workflow.yaml'), 'name: x\non: push\njobs: {}\n')
    writeFileSync(join(cwd, 'policies/loose.yaml'), 'id: loose\nalpha: 2\n')
  })

  it('looks for what a plan names', () => {
    const { status, stdout } = validate('audit.yaml')
    expect(status).toBe(2)
    expect(stdout).toContain('audit.yaml:1: models[0]: expected a folder but received "model", where nothing is.')
  })

  it('lets a plan name what is on another machine, and says how much it did not look for', () => {
    expect(validate('--without-data', 'audit.yaml')).toEqual({
      status: 0,
      stdout: 'ok     audit.yaml (plan audit, 3 paths not looked for)\n',
      stderr: '',
    })
  })

  it('still refuses what is written wrong, and only that', () => {
    const { status, stdout } = validate('--without-data', 'misspelt.yaml')
    expect(status).toBe(2)
    expect(stdout).toMatch(/^misspelt\.yaml:3: probes\[0\]: expected .*denigration.*\n$/)
  })

  it("leaves files alone that hold none of Probity's keys, if asked to", () => {
    expect(validate('workflow.yaml').status).toBe(2)
    expect(validate('--skip-others', 'workflow.yaml')).toMatchObject({
      status: 0,
      stdout: "skip   workflow.yaml (none of Probity's keys)\n",
    })
  })

  it('checks many files at once and says of each what it is, or the line of its faults', () => {
    const files = ['policies/loose.yaml', 'audit.yaml', 'workflow.yaml']
    const { status, stdout } = validate('--without-data', '--skip-others', ...files)
    expect(status).toBe(2)
    expect(stdout).toMatch(/^policies\/loose\.yaml:2: alpha: expected .+ but received 2/m)
    expect(stdout).toMatch(/^ok {5}audit\.yaml \(plan audit/m)
    expect(stdout).toMatch(/^skip {3}workflow\.yaml/m)
    const { files: results } = JSON.parse(validate('--json', '--without-data', '--skip-others', ...files).stdout) as {
      files: { file: string; valid: boolean }[]
    }
    expect(results.map(({ file, valid }) => [file, valid])).toEqual(files.map((file, index) => [file, index > 0]))
  })
})
