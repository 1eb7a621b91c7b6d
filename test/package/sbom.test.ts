import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type AnySchema } from 'ajv'
import formats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../e2e/run-cli.js'

const ROOT = join(import.meta.dirname, '../..')
const SCRIPT = join(import.meta.dirname, 'sbom.mjs')
type Component = { name: string; version: string; scope: string; purl: string; licenses: object[]; hashes: { alg: string; content: string }[]; components?: { name: string }[] } // prettier-ignore
type Bom = { metadata: Record<string, unknown>; components: Component[]; dependencies: { ref: string; dependsOn: string[] }[] } // prettier-ignore
const manifest = read('package.json') as { dependencies: Record<string, string>; version: string }

function read(name: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, name), 'utf8'))
}

function write(environment: Record<string, string> = {}): string {
  const file = join(temporaryFolder(), 'probity.cdx.json')
  execFileSync(process.execPath, [SCRIPT, file], { env: { ...process.env, ...environment }, stdio: 'ignore' })
  return readFileSync(file, 'utf8')
}

/** What is wrong with a bill of materials by the schema of CycloneDX 1.5. */
function faultsOf(bom: unknown): readonly unknown[] {
  const ajv = new Ajv({ strict: false, allErrors: true })
  formats.default(ajv)
  ajv.addFormat('iri-reference', true) // looser than a URI
  ajv.addFormat('idn-email', true)
  const schema = (name: string): AnySchema => read(`test/fixtures/schemas/cyclonedx-${name}.json`) as AnySchema
  const at = (file: string): string => `http://cyclonedx.org/schema/${file}.SNAPSHOT.schema.json` // as 1.5 refers to them
  ajv.addSchema(schema('spdx'), at('spdx')).addSchema(schema('jsf'), at('jsf-0.82'))
  const validate = ajv.compile(schema('1.5'))
  void validate(bom)
  return validate.errors ?? []
}

describe('the bill of materials', () => {
  const text = write()
  const bom = JSON.parse(text) as Bom

  it('is valid CycloneDX 1.5, and the schema would say if it were not', () => {
    expect(faultsOf(bom)).toEqual([])
    expect(faultsOf({ ...bom, components: [{ ...bom.components[0], licenses: [{ license: { id: 'Mine' } }] }] })).not.toEqual([]) // prettier-ignore
    expect(faultsOf({ ...bom, specVersion: 1.5 })).not.toEqual([])
  })

  it('names every dependency of package.json in its version, also where a tool uses it as well', () => {
    for (const [name, version] of Object.entries(manifest.dependencies))
      expect(bom.components).toContainEqual(expect.objectContaining({ name, version }))
    expect(bom.dependencies.find(({ ref }) => ref === `probity@${manifest.version}`)?.dependsOn).toHaveLength(
      Object.keys(manifest.dependencies).length,
    )
  })

  it('names no tool, each package once, with licence and SHA-512, and leads to each from Probity', () => {
    const names = bom.components.map(({ name }) => name)
    for (const tool of ['vitest', 'typescript', 'eslint']) expect(names).not.toContain(tool)
    const refs = bom.components.map(({ name, version }) => `${name}@${version}`)
    expect(new Set(refs).size).toBe(refs.length)
    for (const { licenses, hashes } of bom.components) {
      expect(licenses).toHaveLength(1)
      expect(hashes[0]?.content).toMatch(/^[0-9a-f]{128}$/)
    }
    const asked = new Map(bom.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]))
    const reached = new Set<string>()
    const visit = (ref: string): void => {
      if (reached.has(ref)) return
      reached.add(ref)
      asked.get(ref)?.forEach(visit)
    }
    visit(`probity@${manifest.version}`)
    expect(refs.filter((ref) => !reached.has(ref))).toEqual([])
  })

  it('names the libraries inside libvips, which advisories are about', () => {
    const inside = bom.components.flatMap(({ components }) => components ?? []).map(({ name }) => name)
    expect(inside).toEqual(expect.arrayContaining(['vips', 'webp', 'png', 'mozjpeg', 'heif']))
  })

  it('is the same bytes when it is written again, and has a time only where one is given', () => {
    expect(write()).toBe(text)
    expect(text).not.toMatch(/serialNumber|timestamp/)
    const dated = JSON.parse(write({ SOURCE_DATE_EPOCH: '1790000000' })) as Bom
    expect(dated.metadata['timestamp']).toBe('2026-09-21T14:13:20.000Z')
    expect(faultsOf(dated)).toEqual([])
  })
})
