import { spawnSync } from 'node:child_process'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MAIN, probity, temporaryFolder, testEnvironment } from './run-cli.js'

describe('the command line', () => {
  it('teaches with examples in the help of every command', () => {
    for (const command of [
      [],
      ['demo'],
      ['audit'],
      ['report'],
      ['publish'],
      ['verify'],
      ['list'],
      ['show'],
      ['validate'],
      ['model', 'check'],
    ]) {
      const { status, stdout } = probity([...command, '--help'])
      expect(status).toBe(0)
      expect(stdout).toMatch(/Examples?:/)
    }
  })

  it('refuses an option and a subcommand that do not exist, with the nearest', () => {
    expect(probity(['audit', '--modle', 'x'])).toMatchObject({ status: 2 })
    expect(probity(['audti']).stderr).toMatch(/did you mean audit/i)
  })

  it('ends with its own exit code where nobody reads what it prints', () => {
    const policy = join(temporaryFolder(), 'policy.yaml')
    const shipped = readFileSync(join(import.meta.dirname, '../../policies/default.yaml'), 'utf8')
    const limit = 'limits: [{ id: sample, kind: minimum-sample, images: 100000 }]'
    writeFileSync(policy, shipped.replace('id: default', 'id: policy').replace(/^limits: \[\].*$/m, limit))
    const code = (reader: string): number | null =>
      spawnSync('bash', ['-o', 'pipefail', '-c', `"$0" "$1" policy lint "$2" --audits 20 ${reader}`, process.execPath, MAIN, policy], { env: testEnvironment() }).status // prettier-ignore
    expect([code(''), code('| true'), code('| head -1'), code('2>&1 | true')]).toEqual([1, 1, 1, 1])
  })

  it('loads no native module and no statistics for help, so that it answers at once', () => {
    const { own, packages } = loadedWith('cli/program.js')
    expect(own.filter((file) => file.startsWith('cli/commands/')).length).toBeGreaterThan(18)
    expect(packages).toEqual(['commander'])
    const words = /^audit\/(types\/(device|dtype)|definitions\/probe-starters)\.js$/ // these hold words alone
    expect(own.filter((file) => file.startsWith('audit/') && !words.test(file))).toEqual([])
  })

  it('loads nothing that reads tables or YAML, checks schemas or decides verdicts to write a report again', () => {
    const rooms = ['audit/audit-file/read-result.js', 'audit/audit-file/audit-id.js', 'audit/signoff-place.js', 'audit/write-reports.js'] // prettier-ignore
    const { own, packages } = loadedWith(...rooms)
    expect(packages).toEqual(['d3-scale'])
    expect(own.filter((file) => /^audit\/(dataset|findings|statistics|measures|model)\//.test(file))).toEqual([])
  })

  it('lists what is shipped, for people and for machines', () => {
    const { stdout } = probity(['list', '--json'])
    const shipped = JSON.parse(stdout) as Record<string, { id: string }[]>
    expect(shipped['label-sets'].map(({ id }) => id)).toEqual(
      readdirSync(join(import.meta.dirname, '../../label-sets'))
        .filter((name) => name.endsWith('.yaml'))
        .map((name) => name.replace(/\.yaml$/, ''))
        .sort(),
    )
    expect(shipped['probes'].map(({ id }) => id)).toContain('denigration')
    expect(probity(['list', 'label-sets']).stdout).toContain('clip-paper-child')
  })

  it('shows a definition with extends resolved', () => {
    const found = JSON.parse(probity(['show', 'clip-paper-child', '--json']).stdout) as {
      definition: { labels: { id: string }[] }
    }
    expect(found.definition.labels).toHaveLength(22)
    expect(probity(['show', 'denigration']).stdout).toContain('race x gender x age')
    const mistyped = probity(['show', 'clip-papr'])
    expect(mistyped.status).toBe(2)
    expect(mistyped.stderr).toContain('Did you mean "clip-paper"?')
  })

  it('validates what is shipped', () => {
    const folder = join(import.meta.dirname, '../..')
    const { status, stdout } = probity(
      ['validate', 'probes/denigration.yaml', 'label-sets/clip-paper.yaml', 'policies/default.yaml', '--json'],
      { cwd: folder },
    )
    expect(status).toBe(0)
    expect((JSON.parse(stdout) as { files: { kind: string }[] }).files.map(({ kind }) => kind)).toEqual([
      'probe',
      'label-set',
      'policy',
    ])
  })

  it('examines the machine', () => {
    const { status, stdout } = probity(['doctor', '--json'])
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ healthy: true })
  })
})

/** What a module of `dist/` and whatever it imports load before anything is asked of them: what is loaded, not how long it takes; the figures are in bench/RESULTS.md. */
function loadedWith(...modules: readonly string[]): { own: readonly string[]; packages: readonly string[] } {
  const dist = join(import.meta.dirname, '../../dist')
  const own = new Set<string>()
  const packages = new Set<string>()
  const follow = (file: string): void => {
    if (own.has(file)) return
    own.add(file)
    for (const [, target] of readFileSync(join(dist, file), 'utf8').matchAll(/^(?:import|export) .*from '([^']+)'/gm))
      if (target.startsWith('.')) follow(join(file, '..', target))
      else if (!target.startsWith('node:')) packages.add(target)
  }
  modules.forEach(follow)
  return { own: [...own], packages: [...packages] }
}
