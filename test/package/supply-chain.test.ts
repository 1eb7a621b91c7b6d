import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../e2e/run-cli.js'

const ROOT = join(import.meta.dirname, '../..')
const SCRIPT = join(import.meta.dirname, 'supply-chain.mjs')
const NOWHERE = 'http://127.0.0.1:9' // where no registry is
type Entry = Record<string, unknown>
type Project = { lock: { lockfileVersion: number; packages: Record<string, Entry> }; manifest: { scripts: Record<string, string>; dependencies: Record<string, string>; devDependencies: Record<string, string>; allowScripts: object } } // prettier-ignore

/** A copy of what the check reads of this project, with something changed in it. */
function project(change: (project: Project) => void = () => {}): string {
  const folder = temporaryFolder()
  const parsed = (name: string): unknown => JSON.parse(readFileSync(join(ROOT, name), 'utf8'))
  const copy = { lock: parsed('package-lock.json'), manifest: parsed('package.json') } as Project
  change(copy)
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(copy.lock))
  writeFileSync(join(folder, 'package.json'), JSON.stringify(copy.manifest))
  for (const name of ['.npmrc', 'NOTICE', 'docs/decisions'])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true })
  return folder
}

function check(folder: string, ...more: string[]): { status: number | null; stdout: string } {
  return spawnSync(process.execPath, [SCRIPT, '--root', folder, '--registry', NOWHERE, ...more], { encoding: 'utf8' })
}

const entry = ({ lock }: Project, name: string): Entry => lock.packages[`node_modules/${name}`] ?? {}

describe('the supply chain of this project', () => {
  it('holds in all that can be checked without a network; what cannot is said, and is not "passed"', () => {
    const { status, stdout } = check(project())
    expect(stdout).not.toContain('FAULT')
    expect(stdout).toMatch(/^NOT CHECKED {2}advisories: the advisory service did not answer \(.+\)$/m)
    expect(stdout).toMatch(/^NOT CHECKED {2}signatures: /m)
    expect(stdout).toContain('Not passed: advisories and signatures could not be checked.')
    expect(status).toBe(3)
  })

  it('is no release where something could not be checked', () => {
    expect(check(project(), '--local', '--release').status).toBe(1)
  })
})

describe('the supply chain does not hold with', () => {
  it.each<[string, (project: Project) => void, string]>([
    ['a package without a hash', (all) => void delete entry(all, 'yaml')['integrity'], 'node_modules/yaml has no SHA-512'], // prettier-ignore
    ['a weak hash', (all) => (entry(all, 'yaml')['integrity'] = 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk='), 'node_modules/yaml has no SHA-512'], // prettier-ignore
    ['a package from elsewhere', (all) => (entry(all, 'yaml')['resolved'] = 'https://evil.example/yaml.tgz'), 'comes from https://evil.example/yaml.tgz'], // prettier-ignore
    ['a package from the registry over http', (all) => (entry(all, 'yaml')['resolved'] = 'http://registry.npmjs.org/yaml.tgz'), 'comes from http://'], // prettier-ignore
    ['a package from git', (all) => (entry(all, 'yaml')['resolved'] = 'git+ssh://git@github.com/a/b.git#0123'), 'comes from git+ssh://'], // prettier-ignore
    ['a folder in place of a package', (all) => Object.assign(entry(all, 'yaml'), { link: true, resolved: '../yaml' }), 'is a link to a folder'], // prettier-ignore
    ['a range of versions', ({ manifest }) => (manifest.dependencies['yaml'] = '^2.9.1'), 'yaml is "^2.9.1", not an exact version'], // prettier-ignore
    ['a dependency that the lockfile does not know', ({ manifest }) => (manifest.dependencies['left-pad'] = '1.3.0'), 'do not agree on left-pad'], // prettier-ignore
    ['a dependency that nobody decided on', (all) => ([all.manifest.dependencies, all.lock.packages['']?.['dependencies'] as Record<string, string>].forEach((list) => (list['left-pad'] = '1.3.0'))), 'no page of docs/decisions names left-pad'], // prettier-ignore
    ['a dependency that is a word of any page', (all) => ([all.manifest.dependencies, all.lock.packages['']?.['dependencies'] as Record<string, string>].forEach((list) => (list['images'] = '3.2.4'))), 'no page of docs/decisions names images'], // prettier-ignore
    ['an old lockfile', ({ lock }) => (lock.lockfileVersion = 2), 'lockfileVersion is 2, not 3'],
    ['a new install script', (all) => (entry(all, 'yaml')['hasInstallScript'] = true), 'yaml has an install script and is not listed'], // prettier-ignore
    ['an install script of our own', ({ manifest }) => (manifest.scripts['postinstall'] = 'node x.js'), 'a script "postinstall"'], // prettier-ignore
    ['a script that npm would run', ({ manifest }) => (manifest.allowScripts = {}), 'does not forbid the install script of onnxruntime-node'], // prettier-ignore
    ['a licence that is not on the list', (all) => (entry(all, 'yaml')['license'] = 'GPL-3.0-only'), 'yaml has the licence GPL-3.0-only'], // prettier-ignore
    ['a licence of tools in what ships', (all) => (entry(all, 'yaml')['license'] = 'MPL-2.0'), 'yaml has the licence MPL-2.0'], // prettier-ignore
    ['a library of the LGPL that is not sharp’s', (all) => (entry(all, 'yaml')['license'] = 'LGPL-3.0-or-later'), 'yaml has the licence LGPL-3.0-or-later'], // prettier-ignore
    ['one licence of two that is not', (all) => (entry(all, 'yaml')['license'] = 'MIT AND (GPL-2.0-only OR AGPL-3.0-only)'), 'yaml has the licence MIT AND'], // prettier-ignore
    ['no licence', (all) => void delete entry(all, 'yaml')['license'], 'yaml has the licence (none)'],
    ['a licence in words', (all) => (entry(all, 'yaml')['license'] = 'SEE LICENSE IN LICENSE.txt'), 'yaml has the licence SEE LICENSE'], // prettier-ignore
    ['an expression that is cut', (all) => (entry(all, 'yaml')['license'] = '(MIT OR'), 'yaml has the licence (MIT OR'],
    ...[
      ['handlebars', '4.7.9'],
      ['sharp', '0.35.3'],
      ['onnxruntime-node', '1.29.9'],
      ['simple-statistics', '7.11.0'],
      ['yaml', '2.9.1-rc.1'],
    ].map(
      // prettier-ignore
      ([name = '', version = '']): [string, (project: Project) => void, string] => [`${name} ${version}`, (all) => (entry(all, name)['version'] = version), `node_modules/${name} is ${version}, older than`], // prettier-ignore
    ),
  ])('%s', (_, change, message) => {
    const { status, stdout } = check(project(change), '--local')
    expect([status, stdout]).toEqual([1, expect.stringContaining(message)])
  })

  it.each(['MIT', '(MIT OR GPL-3.0-only)', 'MIT AND (ISC OR GPL-2.0-only)'])(
    'no fault with the licence %s',
    (license) => {
      expect(
        check(
          project((all) => (entry(all, 'yaml')['license'] = license)),
          '--local',
        ).status,
      ).toBe(3)
    },
  )

  it('a NOTICE that leaves out the library under the LGPL', () => {
    const folder = project()
    writeFileSync(join(folder, 'NOTICE'), 'nothing')
    expect(check(folder, '--local').stdout).toContain('NOTICE does not name libvips')
  })
})

describe('an advisory service that answers', () => {
  const advisory = (severity: string): object[] => [{ id: 1, url: 'https://github.com/advisories/GHSA-x', title: 'bad', severity, vulnerable_versions: '<99', cwe: [], cvss: { score: 9, vectorString: null } }] // prettier-ignore
  /** The check against a registry on this machine that knows one advisory. */
  async function checkedWith(advisories: Record<string, object[]>): Promise<{ status: number | null; stdout: string }> {
    const server = createServer((request, response) => {
      const isBulk = request.url === '/-/npm/v1/security/advisories/bulk'
      response.writeHead(isBulk ? 200 : 404, { 'content-type': 'application/json' })
      response.end(JSON.stringify(isBulk ? advisories : {}))
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    const registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const folder = project()
    mkdirSync(join(folder, 'node_modules'))
    const child = spawn(process.execPath, [SCRIPT, '--root', folder, '--registry', registry])
    let stdout = ''
    child.stdout.on('data', (text: Buffer) => (stdout += text.toString()))
    const status = await new Promise<number | null>((ended) => child.on('close', ended))
    server.close()
    return { status, stdout }
  }

  it('and knows of nothing is taken at its word', async () => {
    expect((await checkedWith({})).stdout).toMatch(/^ok {11}advisories: none that is high or critical/m)
  })

  it('stops a release for what is high in what ships, and mentions what is in a tool', async () => {
    const { status, stdout } = await checkedWith({ handlebars: advisory('high'), vitest: advisory('critical') })
    expect([status, stdout]).toEqual([1, expect.stringMatching(/FAULT {8}advisories[^]+high: handlebars/)])
    expect(stdout).toMatch(/for your attention: critical: vitest .*a tool/)
  })
})
