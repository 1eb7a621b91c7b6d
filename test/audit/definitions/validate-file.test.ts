import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { PACKAGE_ROOT } from '../../../src/audit/definitions/locate.js'
import { validateFile } from '../../../src/audit/definitions/validate-file.js'
import { sampleAudit } from './sample-audit.js'

const folder = mkdtempSync(join(tmpdir(), 'probity-validate-'))
afterAll(() => rmSync(folder, { recursive: true }))

function written(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

describe('validateFile', () => {
  it.each([
    ['label-sets/clip-paper-child.yaml', { kind: 'label-set', id: 'clip-paper-child' }],
    ['probes/denigration.yaml', { kind: 'probe', id: 'denigration' }],
    ['policies/default.yaml', { kind: 'policy', id: 'default' }],
    ['templates/portraits.yaml', { kind: 'template-family', id: 'portraits' }],
    ['grids/neutral-alternatives.yaml', { kind: 'grid', id: 'neutral-alternatives' }],
  ])('knows what %s is', (file, valid) => {
    expect(validateFile(join(PACKAGE_ROOT, file))).toEqual(valid)
  })

  it('knows a label set outside its folder by its keys', () => {
    const file = written('fewer.yaml', 'id: fewer\nextends: clip-paper\nremove: [gorilla]\n')
    expect(validateFile(file)).toEqual({ kind: 'label-set', id: 'fewer' })
  })

  it('knows a complete plan', () => {
    mkdirSync(join(folder, 'model'))
    written('labels.csv', 'x')
    const file = written('audit.yaml', 'models: [model]\ndataset: { format: csv, labels: labels.csv, images: . }\n')
    expect(validateFile(file)).toEqual({ kind: 'plan', id: 'audit' })
  })

  it('knows a saved audit', () => {
    const audit = sampleAudit()
    expect(validateFile(written('audit.json', JSON.stringify(audit)))).toEqual({ kind: 'audit', id: audit.auditId })
  })

  it('goes by the folder when keys do not tell', () => {
    mkdirSync(join(folder, 'probes'))
    expect(() => validateFile(written('probes/only-an-id.yaml', 'id: only-an-id\n'))).toThrow(
      /: question: expected text/,
    )
  })

  it('refuses a mapping of something else, and what is no mapping', () => {
    const file = written('other.yaml', 'colour: red\n')
    expect(() => validateFile(file)).toThrow(
      `${file}:1: expected a label set, a probe, a policy, a template family, a grid, an embeddings.yaml, a signoff.yaml or a plan but received a mapping with none of their keys`,
    )
    expect(() => validateFile(written('list.yaml', '- a\n'))).toThrow(/ but received no mapping$/)
  })

  it('refuses a file that is not there', () => {
    expect(() => validateFile('nowhere.yaml')).toThrow(
      'nowhere.yaml: expected a YAML file but received a path where nothing is. Check the path.',
    )
    expect(() => validateFile('nowhere.json')).toThrow(
      'nowhere.json: expected a saved audit.json but received a path where nothing is. Give the path that probity audit printed.',
    )
  })
})
